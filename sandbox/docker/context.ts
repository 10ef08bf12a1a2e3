import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { problem } from "../judge.ts";
import type { Problem } from "../judge.ts";
import { at, UNKNOWN } from "../values.ts";
import type { Properties } from "../values.ts";

const IGNORED = new Set([".git", "node_modules", ".sandbox", ".pulumi"]);
const REMOTE = /^(https?:|git@|git:|ssh:|docker-image:|oci-layout:|target:)/;

/** What the builder would refuse before it starts: a context or a Dockerfile that is not there. */
export function contextProblems(inputs: Properties): Problem[] {
  const location = text(inputs, ["context", "location"]);
  if (location === undefined || REMOTE.test(location)) return [];
  if (!existsSync(location)) return [problem(["context", "location"], "must be a folder or an address that exists", location, "correct the path; it is relative to the folder of Pulumi.yaml")];
  const dockerfile = text(inputs, ["dockerfile", "location"]) ?? join(location, "Dockerfile");
  if (text(inputs, ["dockerfile", "inline"]) !== undefined || existsSync(dockerfile)) return [];
  return [problem(["dockerfile", "location"], "must be a file that exists", dockerfile, "correct the path, or give dockerfile.inline")];
}

/** One hash over what a build reads: names, modes and contents of the context's files, and the Dockerfile. */
export function contextHash(inputs: Properties): string {
  const hash = createHash("sha256");
  const location = text(inputs, ["context", "location"]) ?? "";
  hash.update(text(inputs, ["dockerfile", "inline"]) ?? "");
  const dockerfile = text(inputs, ["dockerfile", "location"]);
  if (dockerfile !== undefined && existsSync(dockerfile)) hash.update(readFileSync(dockerfile));
  if (location === "" || REMOTE.test(location)) hash.update(location);
  else hashPath(location, isAbsolute(location) ? "" : ".", hash);
  return hash.digest("hex");
}

function hashPath(path: string, name: string, hash: ReturnType<typeof createHash>): void {
  if (!existsSync(path)) return;
  const facts = statSync(path);
  if (!facts.isDirectory()) {
    hash.update(`${name}\0${facts.mode & 0o111}\0`).update(readFileSync(path));
    return;
  }
  for (const entry of readdirSync(path).sort()) if (!IGNORED.has(entry)) hashPath(join(path, entry), `${name}/${entry}`, hash);
}

function text(inputs: Properties, path: string[]): string | undefined {
  const value = at(inputs, path);
  return typeof value === "string" && value !== UNKNOWN && value !== "" ? value : undefined;
}
