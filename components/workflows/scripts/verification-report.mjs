// What the verification of a release found: a table on the run's page, and an issue that is open while the release does not verify.
import { input, optional, summary } from "./lib/actions.mjs";
import { closeIssue, upsertIssue } from "./lib/github.mjs";
import { plain, table } from "./lib/markdown.mjs";

const project = input("PROJECT", /^[\w.-]+$/, "the name of a project");
const label = input("ISSUE_LABEL", /^[^,\p{Cc}]{1,50}$/u, "the name of a label");
const needs = JSON.parse(input("NEEDS", /^\s*\{/, "the results of the jobs"));
const version = optional("VERSION") || optional("REQUESTED") || "the newest version";
const run = `${optional("GITHUB_SERVER_URL")}/${optional("GITHUB_REPOSITORY")}/actions/runs/${optional("GITHUB_RUN_ID")}`;

const results = Object.entries(needs).map(([job, { result }]) => [job, result]);
const failed = results.filter(([, result]) => result === "failure");
const report = table(["Check", "Result"], results);
const marker = `release-verification ${project} ${/^[\w.!+-]{1,100}$/.test(version) ? version : "unknown"}`;
summary(`## ${plain(project)} ${plain(version)}\n\n${report}`);
if (failed.length > 0) {
  const { html_url: url } = await upsertIssue({
    marker,
    title: `${project} ${version} does not verify: ${failed.map(([job]) => job).join(", ")}`.replace(/[\s\p{Cc}]+/gu, " ").slice(0, 250),
    body: [`[This run](${run}) verified the published release ${plain(version)} of ${plain(project)}.`, "", report, "", "The issue is updated by each run, and closed by the first that finds nothing wrong."].join("\n"),
    labels: [label],
  });
  console.log(`Reported in ${url}`);
} else if (results.every(([, result]) => result === "success" || result === "skipped") && results.some(([, result]) => result === "success")) {
  await closeIssue({ marker, comment: `Verified by [this run](${run}).` });
}
