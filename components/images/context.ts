import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { dockerIgnore } from "./dockerignore.ts";

/**
 * SHA-256 over the files of a build context that BuildKit would send: names, kinds, the executable bit, contents; not times or owners.
 * The Dockerfile counts though it may be ignored. 64 hexadecimal digits.
 * @throws Error `<path>: <what is wrong>, got <value>; <what to do>` when the folder or its Dockerfile cannot be read
 */
export async function contextHash(path: string, folder: string, dockerfile: string): Promise<string> {
  const ignored = await ignoreText(folder, dockerfile);
  const includes = dockerIgnore(ignored);
  const hash = createHash("sha256").update(await readable(`${path}.dockerfile`, join(folder, dockerfile)));
  const files = await filesBelow(folder);
  for (const file of files.filter(includes)) await addFile(hash, folder, file);
  return hash.digest("hex");
}

/** `<Dockerfile>.dockerignore` goes before `.dockerignore`, as with BuildKit. */
async function ignoreText(folder: string, dockerfile: string): Promise<string> {
  return await textOrNothing(join(folder, `${dockerfile}.dockerignore`)) ?? await textOrNothing(join(folder, ".dockerignore")) ?? "";
}

async function textOrNothing(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function readable(path: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isAbsent(error)) throw new Error(`${path}: is not a file that can be read, got ${JSON.stringify(file)}; write a path inside the source`);
    throw error;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length)).sort();
}

async function addFile(hash: Hash, folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  const stat = await lstat(path);
  if (stat.isSymbolicLink()) {
    hash.update(`\0link\0${file}\0${await readlink(path)}`);
    return;
  }
  if (!stat.isFile()) return;
  hash.update(`\0${(stat.mode & 0o100) === 0 ? "file" : "program"}\0${file}\0${stat.size}\0`);
  for await (const chunk of createReadStream(path)) hash.update(chunk);
}

function isAbsent(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR";
}
