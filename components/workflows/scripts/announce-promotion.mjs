// Says on GitHub that a version moved on: in its release, or in the issue on channels where the version has no release.
import { input, summary } from "./lib/actions.mjs";
import { api, repo, upsertIssue } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";
import { PACKAGE, VERSION } from "./lib/npm.mjs";
import { noteRelease, releaseOf } from "./lib/release-note.mjs";
import { parseVersion } from "./lib/version.mjs";

const name = input("PACKAGE", PACKAGE, "the name of an npm package");
const version = input("VERSION", VERSION, "a version");
const from = input("FROM_CHANNEL", /^(canary|beta)$/, "canary or beta");
const to = input("TO_CHANNEL", /^(beta|latest)$/, "beta or latest");
const run = `${process.env.GITHUB_SERVER_URL}/${process.env.GITHUB_REPOSITORY}/actions/runs/${process.env.GITHUB_RUN_ID}`;
const today = new Date().toISOString().slice(0, 10);
const note = `In channel ${to} since ${today}, promoted from ${from} by ${plain(process.env.GITHUB_ACTOR ?? "")} ([run](${run})).`;

const release = await releaseOf(version);
const url = release ? await annotate(release) : await comment();
summary(`Told in ${url}.`);

async function annotate(found) {
  const isFinal = parseVersion(version).prerelease === undefined;
  const flags = to === "latest" && isFinal ? { prerelease: false, make_latest: "true" } : {};
  const { html_url: address } = await noteRelease(found, { marker: `channel ${to}`, note, ...flags });
  return address;
}

async function comment() {
  const body = `Every promotion of ${name} that has no release of its own is told below. Versions go from canary to beta to latest.`;
  const { number } = await upsertIssue({ marker: `channels of ${name}`, title: `Channels of ${name}`, body });
  const { html_url: address } = await api("POST", `${repo()}/issues/${number}/comments`, { body: `${name} ${version}: ${note}` });
  return address;
}
