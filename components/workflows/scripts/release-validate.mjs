// Validates what people typed: the release is published, the baseline is older, and no check of the release's commit has failed.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { api, paginate, repo } from "./lib/github.mjs";
import { table } from "./lib/markdown.mjs";
import { publishedVersions, wayBack } from "./lib/releases.mjs";

const SEMVER = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const GOOD = ["success", "neutral", "skipped"];

const version = input("VERSION", SEMVER, "a version such as 1.2.3").replace(/^v/, "");
const baseline = optional("BASELINE") === "" ? "" : input("BASELINE", SEMVER, "a version such as 1.2.2").replace(/^v/, "");
const prefix = input("TAG_PREFIX", /^[\w.-]{0,40}$/, "the part before the version in a tag");

const { previous, problem } = wayBack(version, await publishedVersions(prefix), baseline, prefix);
if (problem) fail(problem);
const { sha } = await api("GET", `${repo()}/commits/${encodeURIComponent(prefix + version)}`).catch((error) => fail(`the commit of ${prefix}${version} could not be read: ${error.message}`));
const bad = [];
// This run's own checks are among them where it was started on the tag: what has not ended says nothing yet.
for await (const { name, status, conclusion } of paginate(`${repo()}/commits/${sha}/check-runs?per_page=100`)) {
  if (status === "completed" && !GOOD.includes(conclusion)) bad.push(`${name} (${conclusion})`);
}
if (bad.length > 0) fail(`checks of ${prefix}${version} did not pass: ${bad.join(", ")}; release a commit whose checks pass`);
summary(table(["Release", "Commit", "Baseline"], [[version, sha, previous]]));
setOutput("baseline", previous);
