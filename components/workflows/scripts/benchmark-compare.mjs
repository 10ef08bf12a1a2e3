// Judges what was measured, tells the pull request, and fails on a regression. A pull request from a fork has a token that
// cannot comment: its report is on the run's page alone.
import { readFileSync } from "node:fs";
import { fail, input, summary, warn } from "./lib/actions.mjs";
import { judge, recent, report } from "./lib/benchmarks.mjs";
import { readRecords } from "./lib/branch-file.mjs";
import { upsertComment } from "./lib/github.mjs";

const result = input("RESULT", /^(success|failure|cancelled|skipped)$/, "the result of a job");
const measured = input("MEASURED", /^(true|false)?$/, "true or false");
const maxPercent = Number(input("MAX_REGRESSION_PERCENT", /^\d{1,3}(\.\d+)?$/, "a number of per cent"));
const number = input("PULL_REQUEST", /^[1-9]\d*$/, "the number of a pull request");
const branch = input("HISTORY_BRANCH", /^[\w./-]{1,100}$/, "the name of a branch");
const file = input("FILE", /\S/, "a path");

if (result !== "success") fail(`measuring ended with ${result}; its log says why`);
if (measured === "false") summary("The change touches nothing that the benchmarks measure.");
else await tell();

async function tell() {
  const { base, change, rounds } = JSON.parse(readFileSync(file, "utf8"));
  const rows = judge(new Map(base), new Map(change), { maxPercent });
  const records = await readRecords({ branch, path: "benchmarks.jsonl" });
  const body = rows.length === 0 ? "There are no benchmarks." : report(rows, { maxPercent, history: recent(records), runs: rounds });
  summary(body);
  await upsertComment({ number, marker: "benchmark regression", body }).catch(withoutComment);
  const regressions = rows.filter(({ verdict }) => verdict === "regression").map(({ name }) => name);
  if (regressions.length > 0) fail(`slower by more than ${maxPercent} %: ${regressions.join(", ")}`);
}

function withoutComment(error) {
  if (error.status !== 403) throw error;
  warn("the token of this run may not comment; the report is on the run's page");
}
