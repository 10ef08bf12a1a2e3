// Looks at what a pull request changes: how much it is, and whether the changelog says so.
import { input, optional } from "./lib/actions.mjs";
import { tell } from "./lib/findings.mjs";
import { api, paginate, repo } from "./lib/github.mjs";
import { judgeChangelog, judgeSize } from "./lib/pull-request.mjs";

const number = input("PULL_REQUEST", /^[1-9]\d*$/, "the number of a pull request");
const warnLines = Number(input("WARN_LINES", /^[1-9]\d{0,5}$/, "a number of lines"));
const changelog = optional("CHANGELOG");

const files = [];
for await (const file of paginate(`${repo()}/pulls/${number}/files?per_page=100`)) files.push(file);
const size = judgeSize(files, { warnLines, ignore: lines("IGNORE") });
tell(changelog === "" ? [size] : [size, judgeChangelog(files, { file: changelog, paths: lines("CHANGELOG_PATHS"), skipped: await isSkipped() })]);

async function isSkipped() {
  const label = optional("CHANGELOG_SKIP_LABEL");
  if (label === "") return false;
  const { labels } = await api("GET", `${repo()}/pulls/${number}`);
  return labels.some(({ name }) => name === label);
}

function lines(name) {
  return optional(name).split("\n").filter((line) => line !== "");
}
