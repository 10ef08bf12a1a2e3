// Gives back what the stand-in of upload-artifact kept: one by its name, or all that match, each in a folder or merged.
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { fail, input, record } from "./common.mjs";

const store = process.env.ACT_ARTIFACTS;
const target = join(process.env.GITHUB_WORKSPACE, input("path", "."));
mkdirSync(target, { recursive: true });
record();
const name = input("name");
if (name !== "") {
  if (!existsSync(join(store, name))) fail(`Unable to download artifact(s): Artifact not found for name: ${name}`);
  cpSync(join(store, name), target, { recursive: true });
} else {
  const all = existsSync(store) ? readdirSync(store).sort() : [];
  const merged = input("merge-multiple", "false") === "true";
  for (const each of all.filter((each) => matchesGlob(each, input("pattern", "*")))) cpSync(join(store, each), merged ? target : join(target, each), { recursive: true });
}
