// release-mcp-server.mjs <files…>: writes the notes of a release and publishes it with the files; a second run mends the first.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { input, optional, summary } from "./lib/actions.mjs";
import { mcpNotes } from "./lib/mcp-notes.mjs";
import { output, run } from "./lib/process.mjs";
import { compareVersions, parseVersion } from "./lib/version.mjs";

const version = input("VERSION", /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "a version such as 1.2.3");
const prefix = input("TAG_PREFIX", /^([a-z0-9-]+-)?v$/, "the beginning of a version's tag");
const commit = input("GITHUB_SHA", /^[0-9a-f]{40}$/, "a commit");
const folder = input("PACKAGE", /^[\w@./-]+$/, "a folder of the repository");
const tag = `${prefix}${version}`;

const notes = mcpNotes({
  title: input("TITLE", /^[\w .:-]+$/, "the name of the release"),
  server: input("SERVER", /^[A-Za-z0-9_-]+$/, "the name of an MCP server"),
  image: input("IMAGE", /^[a-z0-9.-]+(\/[a-z0-9._-]+)+$/, "an image without a tag"),
  digest: input("DIGEST", /^sha256:[0-9a-f]{64}$/, "the digest of an image"),
  platforms: input("PLATFORMS", /^linux\/(amd64|arm64)(,linux\/(amd64|arm64))*$/, "a list of platforms").split(","),
  identity: input("IDENTITY", /^https:\/\/[\w./@+-]+$/, "the identity of a workflow"),
  documentation: optional("DOCUMENTATION") && input("DOCUMENTATION", /^https:\/\/[^\s()<>]+$/, "a web address"),
  version,
  changes: changes(),
});
const file = join(process.env.RUNNER_TEMP, "notes.md");
writeFileSync(file, notes);
summary(notes);

const text = ["--title", `${process.env.TITLE} ${version}`, "--notes-file", file];
const kind = [`--prerelease=${parseVersion(version).prerelease !== undefined}`, `--latest=${optional("NEWEST") === "true"}`];
if (exists()) {
  run("gh", "release", "edit", tag, ...text, ...kind);
  run("gh", "release", "upload", tag, "--clobber", ...process.argv.slice(2));
} else {
  run("gh", "release", "create", tag, ...process.argv.slice(2), "--target", commit, ...text, ...kind);
}

/** Subjects of the commits that touched the package since the version before. */
function changes() {
  const older = output("git", "tag", "--list", `${prefix}*`).split("\n").map((name) => name.slice(prefix.length)).filter((other) => parseVersion(other) && compareVersions(other, version) < 0);
  const last = older.sort(compareVersions).at(-1);
  const range = last === undefined ? commit : `refs/tags/${prefix}${last}..${commit}`;
  return output("git", "log", "--no-merges", "--format=%s", "--max-count=200", range, "--", folder).split("\n").filter((line) => line !== "");
}

function exists() {
  const tags = output("gh", "release", "list", "--limit", "1000", "--json", "tagName", "--jq", ".[].tagName").split("\n");
  return tags.includes(tag);
}
