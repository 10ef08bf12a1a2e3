// Names the version of this commit for a channel: what the commits since the last release ask for, the run and the commit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, setOutput } from "./lib/actions.mjs";
import { channelVersion } from "./lib/channels.mjs";
import { PACKAGE } from "./lib/npm.mjs";
import { output } from "./lib/process.mjs";
import { parseVersion } from "./lib/version.mjs";

const channel = input("CHANNEL", /^(canary|beta)$/, "canary or beta");
const name = input("PACKAGE", PACKAGE, "the name of an npm package");
const file = join(input("DIRECTORY", /\S/, "a folder"), "package.json");
const run = input("GITHUB_RUN_NUMBER", /^[1-9]\d*$/, "the number of a run");
const sha = input("GITHUB_SHA", /^[0-9a-f]{40}$/, "a commit");

const manifest = JSON.parse(readFileSync(file, "utf8"));
if (manifest.name !== name) fail(`${file}: is package ${JSON.stringify(manifest.name)}, and ${name} is published; correct one of them`);
if (!parseVersion(String(manifest.version))) fail(`${file}: has version ${JSON.stringify(manifest.version)}, which is none; write one such as 1.2.3`);

const tag = output("git", "tag", "--list", "v*", "--merged", sha, "--sort=-version:refname").split("\n").find(isRelease);
const range = tag === undefined ? sha : `${tag}..${sha}`;
const messages = output("git", "log", "--format=%B%x00", range).split("\0").map((message) => message.trim()).filter((message) => message !== "");
const version = channelVersion({ last: tag ?? manifest.version, messages, channel, run, sha });
setOutput("version", version);
console.log(`${name}@${version} after ${tag ?? `${manifest.version} of package.json`} and ${messages.length} commits`);

function isRelease(text) {
  const parsed = parseVersion(text);
  return parsed !== undefined && parsed.prerelease === undefined;
}
