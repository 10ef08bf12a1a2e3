// Compares the benchmarks of a change with those of its base, both measured on this machine. A slower one is a warning.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input } from "./lib/actions.mjs";
import { compare, median } from "./lib/compare.mjs";
import { tell } from "./lib/findings.mjs";
import { count, listed } from "./lib/pull-request.mjs";

const results = input("RESULTS", /^[^/\n][^\n]*$/, "the path of the results");
const thresholdPercent = Number(input("WARN_PERCENT", /^\d+(\.\d+)?$/, "a number of per cent"));

const base = samplesOf(join(process.env.RUNNER_TEMP ?? "", "base.json"));
const change = samplesOf(results);
if (change.size === 0) fail(`${results}: has no benchmark; write pytest-benchmark's JSON`);

const slower = [...change].flatMap(([name, samples]) => {
  const before = base.get(name);
  if (!before) return [];
  const { verdict, changePercent, low, high } = compare(before, samples, { thresholdPercent });
  return verdict === "regression" ? [`${name} takes ${changePercent.toFixed(1)} % longer (95 % sure of ${low.toFixed(1)} to ${high.toFixed(1)} %), now ${milliseconds(median(samples))}`] : [];
});
const known = [...change.keys()].filter((name) => base.has(name)).length;
const text = slower.length > 0 ? listed(slower, 5) : `${count(known, "benchmark")} compared with the base, none slower by more than ${thresholdPercent} %; ${change.size - known} new`;
tell([{ check: "Benchmarks", level: slower.length > 0 ? "warn" : "pass", text }]);

/** Seconds of each round, by benchmark; a base without benchmarks has none. */
function samplesOf(file) {
  if (!existsSync(file)) return new Map();
  const { benchmarks = [] } = JSON.parse(readFileSync(file, "utf8"));
  return new Map(benchmarks.map(({ fullname, stats }) => [fullname, stats.data ?? [stats.median]]));
}

function milliseconds(seconds) {
  return `${(seconds * 1000).toPrecision(3)} ms`;
}
