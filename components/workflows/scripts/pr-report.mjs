// Sums the checks of a pull request up in one comment, and labels it by the type of its title.
import { input, optional } from "./lib/actions.mjs";
import { rows } from "./lib/findings.mjs";
import { api, repo, upsertComment } from "./lib/github.mjs";
import { table } from "./lib/markdown.mjs";
import { conventional } from "./lib/version.mjs";

const NAMES = { conventions: "Title and commits", changes: "Size and changelog", coverage: "Coverage", benchmarks: "Benchmarks" };

const number = input("PULL_REQUEST", /^[1-9]\d*$/, "the number of a pull request");
const checks = JSON.parse(input("CHECKS", /^\s*\{/, "the needed jobs as JSON"));
const labels = JSON.parse(input("LABELS", /^\{/, "labels by type as JSON"));

const findings = Object.entries(checks).flatMap(([job, { result, outputs }]) => (outputs?.findings ? JSON.parse(outputs.findings) : [unfinished(job, result)]));
await label();
await upsertComment({ number, marker: "pr-checks", body: `${heading()}\n\n${table(["Check", "Result"], rows(findings))}` });

function unfinished(job, result) {
  const check = NAMES[job] ?? job;
  if (result === "skipped") return { check, level: "pass", text: "waits until the pull request is no draft" };
  return { check, level: "fail", text: "did not come to a result; see the job's log" };
}

async function label() {
  const { type } = conventional(optional("TITLE"));
  if (type === undefined || !Object.hasOwn(labels, type)) return;
  await api("POST", `${repo()}/issues/${number}/labels`, { labels: [labels[type]] });
}

function heading() {
  const failed = findings.filter(({ level }) => level === "fail").length;
  const warned = findings.filter(({ level }) => level === "warn").length;
  if (failed > 0) return `**${failed} of ${findings.length} checks ask for a change.**`;
  return warned > 0 ? "**All checks pass; see the warnings.**" : "**All checks pass.**";
}
