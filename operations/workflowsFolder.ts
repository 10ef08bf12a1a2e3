import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../toolchain/problem.ts";

/** Remembers what was written here, so that the next run may replace it and nothing else. */
const LIST = ".slipway-files.json";

/** Hash of the texts that a file of ours may have, by path. */
type Known = Record<string, string[]>;

/**
 * Makes a folder hold these files and no others. It may be new, empty, or what an earlier run wrote and nobody has touched.
 * @throws Problem when something else is there: nothing is written then
 */
export function fillFolder(folder: string, files: Readonly<Record<string, string>>): void {
  const present = filesIn(folder);
  const known = knownFiles(folder);
  const foreign = present.filter((path) => !isOurs(folder, path, known));
  const [first] = foreign;
  if (first !== undefined) {
    const others = foreign.length === 1 ? "" : ` and ${foreign.length - 1} more`;
    throw new Problem(`--out: ${folder} holds ${first}${others}, which this command did not write; choose an empty folder`);
  }
  mkdirSync(folder, { recursive: true });
  const made: Known = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, [hash(text)]]));
  // Both lists first: a run that is cut off leaves files that the next one knows.
  remember(folder, Object.fromEntries([...new Set([...Object.keys(known), ...Object.keys(made)])].map((path) => [path, [...(known[path] ?? []), ...(made[path] ?? [])]])));
  for (const path of present) if (!Object.hasOwn(files, path)) rmSync(join(folder, path));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  remember(folder, made);
}

/** Every file below, links included and not followed; none where there is no folder. */
function filesIn(folder: string): string[] {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) throw new Problem(`--out: ${folder} is not a folder; name one that is new or empty`);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return paths.filter((path) => path !== LIST).sort();
}

function isOurs(folder: string, path: string, known: Known): boolean {
  const hashes = Object.hasOwn(known, path) ? known[path] : undefined;
  return hashes !== undefined && lstatSync(join(folder, path)).isFile() && hashes.includes(hash(readFileSync(join(folder, path), "utf8")));
}

function knownFiles(folder: string): Known {
  const file = join(folder, LIST);
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return {};
  try {
    const list: unknown = JSON.parse(readFileSync(file, "utf8"));
    const entries = typeof list === "object" && list !== null ? Object.entries(list) : [];
    return Object.fromEntries(entries.filter(([, hashes]) => Array.isArray(hashes)).map(([path, hashes]) => [path, hashes.map(String)]));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function remember(folder: string, known: Known): void {
  writeFileSync(join(folder, LIST), `${JSON.stringify(known, undefined, 2)}\n`);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
