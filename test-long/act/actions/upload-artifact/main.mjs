// Keeps files in a folder of the test. One path keeps what lies under it; several keep what lies under their common folder.
import { cpSync, existsSync, globSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fail, input, record, setOutput } from "./common.mjs";

const name = input("name", "artifact");
const patterns = input("path").split("\n").map((line) => line.trim()).filter(Boolean);
const excluded = patterns.filter((each) => each.startsWith("!")).flatMap((each) => globSync(each.slice(1)).map((path) => resolve(path)));
const wanted = patterns.filter((each) => !each.startsWith("!"));
const found = wanted.flatMap((each) => (existsSync(each) ? [each] : globSync(each))).map((path) => resolve(path)).filter((path) => !excluded.includes(path));
record({ files: found.map((path) => relative(process.cwd(), path)).sort() });
if (found.length === 0) {
  const message = `No files were found with the provided path: ${wanted.join(", ")}`;
  if (input("if-no-files-found", "warn") === "error") fail(message);
  console.log(message);
  process.exit(0);
}
const target = join(process.env.ACT_ARTIFACTS, name);
if (existsSync(target)) {
  if (input("overwrite", "false") !== "true") fail(`an artifact named ${name} exists already`);
  rmSync(target, { recursive: true });
}
mkdirSync(target, { recursive: true });
const base = wanted.length === 1 && found.length === 1 ? (statSync(found[0]).isDirectory() ? found[0] : dirname(found[0])) : common(found);
for (const path of found) cpSync(path, join(target, relative(base, path)), { recursive: true });
setOutput("artifact-id", "1");
setOutput("artifact-digest", "0".repeat(64));

function common(paths) {
  const parts = paths.map((path) => dirname(path).split(sep));
  const shared = (parts[0] ?? []).filter((part, at) => parts.every((each) => each[at] === part));
  return shared.join(sep) || sep;
}
