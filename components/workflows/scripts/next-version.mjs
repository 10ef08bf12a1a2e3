// Finds the version that the commits since the last one ask for, and writes it to package.json and package-lock.json.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, setOutput } from "./lib/actions.mjs";
import { nextVersion, withVersion } from "./lib/next-version.mjs";

const asked = input("BUMP_TYPE", /^(auto|major|minor|patch)$/, "auto, major, minor or patch");
const folder = input("DIRECTORY", /^(\.|[\w@-][\w@./-]*)$/, "the folder of package.json");

const { previous, bump, version } = nextVersion(asked);
if (version === "") console.log(`no commit since ${previous === "" ? "the beginning" : `v${previous}`} asks for a version`);
else {
  const files = ["package.json", "package-lock.json"].map((name) => join(folder, name)).filter((file) => existsSync(file));
  if (files.length === 0) fail(`${folder}: has no package.json; name its folder`);
  for (const file of files) writeFileSync(file, withVersion(readFileSync(file, "utf8"), version));
  console.log(`${previous === "" ? "the first version" : `v${previous}`} → v${version} (${bump})`);
  setOutput("files", files.join("\n"));
}
setOutput("version", version);
setOutput("bump", bump);
