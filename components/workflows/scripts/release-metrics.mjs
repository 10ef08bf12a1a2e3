// Collects the day's figures, keeps them on a branch, and keeps one issue open for as long as something is unusual.
import { writeFileSync } from "node:fs";
import { input, summary, warn } from "./lib/actions.mjs";
import { findings } from "./lib/anomaly.mjs";
import { appendRecord, readRecords } from "./lib/branch-file.mjs";
import { channelFigures, movesBy, versionDownloads } from "./lib/channel-figures.mjs";
import { closeIssue, upsertIssue } from "./lib/github.mjs";
import { table } from "./lib/markdown.mjs";
import { PACKAGE } from "./lib/npm.mjs";
import { ciHealth, githubDownloads, npmDownloads, perDay } from "./lib/release-figures.mjs";

const name = input("PACKAGE", PACKAGE, "the name of an npm package");
const defaultBranch = input("DEFAULT_BRANCH", /^[^\s\p{Cc}]{1,244}$/u, "the name of a branch");
const branch = input("HISTORY_BRANCH", /^[\w./-]{1,100}$/, "the name of a branch");
const keepDays = Number(input("KEEP_DAYS", /^[1-9]\d{0,3}$/, "a number of days"));
const minimumDays = Number(input("MINIMUM_DAYS", /^[1-9]\d{0,2}$/, "a number of days"));
const threshold = Number(input("THRESHOLD", /^\d+(\.\d+)?$/, "a number of deviations"));
const label = input("LABEL", /^[^,\p{Cc}]{1,50}$/u, "the name of a label");
const file = input("FILE", /\S/, "a path");

const place = { branch, path: "release-metrics.jsonl" };
const date = new Date().toISOString().slice(0, 10);
const records = await readRecords(place);
const today = await figures();
const found = findings(records, today, { minimumDays, threshold });
const kept = await appendRecord(place, today, { key: "date", keep: keepDays, message: `Record the release metrics of ${date}` });
writeFileSync(file, kept.map((record) => `${JSON.stringify(record)}\n`).join(""));

const report = table(["Figure", "Today", "Usual", "Deviations", "Verdict"], found.map(row));
summary(report);
await tell();

/** A source that does not answer is missing from the record; the others are worth keeping. */
async function figures() {
  const [npm, total, health] = await Promise.all([known(npmDownloads(name)), known(githubDownloads()), known(ciHealth(defaultBranch, date))]);
  const github = total === undefined ? undefined : perDay(total, date, records);
  return { date, npmDownloads: npm, githubDownloads: github, githubDownloadsTotal: total, ...health, ...(await channelsToday()) };
}

/** Recorded for the dashboards; nothing of it is called unusual. */
async function channelsToday() {
  const moved = (workflow) => known(movesBy(workflow, date));
  const [downloads, promotions, rollbacks] = await Promise.all([known(versionDownloads(name)), moved("promote-release.yml"), moved("rollback-release.yml")]);
  return { channels: await known(channelFigures(name, downloads)), promotions, rollbacks };
}

async function known(figure) {
  return await figure.catch((error) => warn(`not recorded: ${error.message}`));
}

function row({ title, value, usual, score, verdict, days }) {
  if (verdict === "unknown") return [title, value, "", "", `${days} of ${minimumDays} days known`];
  return [title, value, usual, score.toFixed(1), verdict];
}

/** Nothing that could be judged proves nothing: the issue stays as it is. */
async function tell() {
  const marker = `release metrics of ${name}`;
  const unusual = found.filter(({ verdict }) => verdict === "anomaly").map(({ title }) => title);
  if (unusual.length > 0) {
    const text = [`On ${date} these were far from usual: ${unusual.join("; ")}.`, "", report, "", "This issue is updated daily and closes itself when every figure is usual again."].join("\n");
    await upsertIssue({ marker, title: `Unusual release metrics of ${name}`, body: text, labels: [label] });
  } else if (found.some(({ verdict }) => verdict === "normal")) {
    await closeIssue({ marker, comment: `Every figure of ${date} is usual again.` });
  }
}
