// Keeps what a merge measured on the default branch, so that a slow drift can be seen.
import { readFileSync } from "node:fs";
import { input } from "./lib/actions.mjs";
import { appendRecord } from "./lib/branch-file.mjs";
import { median } from "./lib/compare.mjs";

const branch = input("HISTORY_BRANCH", /^[\w./-]{1,100}$/, "the name of a branch");
const commit = input("GITHUB_SHA", /^[0-9a-f]{40}$/, "a commit");
const file = input("FILE", /\S/, "a path");
const MERGES_KEPT = 1000;

const { change } = JSON.parse(readFileSync(file, "utf8"));
const record = { commit, date: new Date().toISOString().slice(0, 10), medians: change.map(([name, samples]) => [name, median(samples)]) };
await appendRecord({ branch, path: "benchmarks.jsonl" }, record, { key: "commit", keep: MERGES_KEPT, message: `Record the benchmarks of ${commit.slice(0, 7)}` });
