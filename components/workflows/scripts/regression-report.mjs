// Whether a version is slower or larger than its baseline: a table, outputs, and an issue; ends with 1 on a regression.
import { readFileSync } from "node:fs";
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { closeIssue, upsertIssue } from "./lib/github.mjs";
import { plain, table } from "./lib/markdown.mjs";
import { cells, compareAll } from "./lib/regression.mjs";

const file = input("MEASUREMENTS", /^[\w./-]+\.json$/, "the name of a file");
const threshold = Number(input("THRESHOLD", /^\d+(\.\d+)?$/, "a number of per cent"));
const label = input("ISSUE_LABEL", /^[^,\p{Cc}]{1,50}$/u, "the name of a label");
const run = `${optional("GITHUB_SERVER_URL")}/${optional("GITHUB_REPOSITORY")}/actions/runs/${optional("GITHUB_RUN_ID")}`;

const { project, versions, samples } = JSON.parse(readFileSync(file, "utf8"));
const rows = compareAll(samples, threshold);
if (rows.length === 0) fail(`${project}: the two versions have no metric in common; see what was measured`);
const regressions = rows.filter(({ verdict }) => verdict === "regression");
const report = table(["Metric", versions.baseline, versions.current, "Change", "99 % interval", "Verdict"], rows.map(cells));
const marker = `performance-regression ${project} ${versions.current}`;
const between = `${project} ${versions.current} against ${versions.baseline}`;

summary(`## ${plain(between)}\n\n${report}\n\nMedians; a regression is worse by more than ${threshold} % and beyond chance.`);
setOutput("regression_detected", String(regressions.length > 0));
setOutput("report", report);
if (regressions.length === 0) await closeIssue({ marker, comment: `[This run](${run}) found no regression.` });
else {
  const names = regressions.map(({ metric }) => metric).join(", ");
  await upsertIssue({
    marker,
    title: `${project} ${versions.current} is worse than ${versions.baseline}: ${names}`.replace(/[\s\p{Cc}]+/gu, " ").slice(0, 250),
    body: [`[This run](${run}) compared ${plain(between)}; the threshold is ${threshold} %.`, "", report, "", "The issue is updated by each comparison of this version, and closed by the first that finds no regression."].join("\n"),
    labels: [label],
  });
  fail(`${between}: worse by more than ${threshold} % in ${names}; mend it, or raise the threshold`);
}
