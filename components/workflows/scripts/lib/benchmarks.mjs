// Go's benchmarks: what a run printed, what two lists of runs say, and how a pull request is told.
import { compare, median } from "./compare.mjs";
import { table } from "./markdown.mjs";

/** More confidence than this needs more resamples than `compare` draws. */
const MOST_CONFIDENCE = 0.999;

/** Nanoseconds of one operation by benchmark, as `go test -bench` prints them: `BenchmarkAdd-8  1000  1234 ns/op`. */
export function parseGoBench(text) {
  const samples = new Map();
  let folder = "";
  for (const line of text.split("\n")) {
    folder = /^pkg: (\S+)$/.exec(line.trim())?.[1] ?? folder;
    const [, name, nanoseconds] = /^(Benchmark\S*?)(?:-\d+)?\s+\d+\s+([\d.]+(?:e[+-]?\d+)?) ns\/op/.exec(line) ?? [];
    const value = Number(nanoseconds);
    if (name === undefined || !(value > 0)) continue;
    const key = folder === "" ? name : `${folder} ${name}`;
    samples.set(key, [...(samples.get(key) ?? []), value]);
  }
  return samples;
}

/**
 * One row a benchmark. The more benchmarks there are, the surer each accusation has to be, so that a pull request which
 * changes nothing is blamed in one of twenty runs at most.
 * @param {ReadonlyMap<string, readonly number[]>} base
 * @param {ReadonlyMap<string, readonly number[]>} change
 * @param {{ maxPercent: number }} options
 */
export function judge(base, change, { maxPercent }) {
  const known = [...change.keys()].filter((name) => base.has(name));
  const confidence = Math.min(MOST_CONFIDENCE, 1 - 0.05 / Math.max(1, known.length));
  return [...new Set([...change.keys(), ...base.keys()])].map((name) => {
    const [before, after] = [base.get(name), change.get(name)];
    if (!before) return { name, verdict: "new", after: median(after) };
    if (!after) return { name, verdict: "gone", before: median(before) };
    return { name, before: median(before), after: median(after), ...compare(before, after, { thresholdPercent: maxPercent, confidence }) };
  });
}

const ORDER = ["regression", "unclear", "improvement", "same", "new", "gone"];

/** Markdown for people: the worst first, and what the default branch took in the merges before. */
export function report(rows, { maxPercent, history = new Map(), runs }) {
  const regressions = rows.filter(({ verdict }) => verdict === "regression").length;
  const sorted = [...rows].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const head = regressions === 0 ? `No benchmark is slower by more than ${maxPercent} %.` : `**${regressions} of ${rows.length} benchmarks are slower by more than ${maxPercent} %.**`;
  const cells = sorted.map((row) => [row.name, duration(row.before), duration(row.after), change(row), duration(history.get(row.name)), row.verdict]);
  return [
    "### Benchmarks",
    "",
    head,
    "",
    table(["Benchmark", "Base", "Change", "Difference", "Recent merges", "Verdict"], cells),
    "",
    `Medians of ${runs} runs a side, in turns on one machine; the interval of the difference is a bootstrap. "unclear" is beyond the limit and within chance.`,
  ].join("\n");
}

/** Median of the last merges by benchmark; other machines measured them, so they inform and judge nothing. */
export function recent(records, count = 30) {
  const samples = new Map();
  for (const { medians = [] } of records.slice(-count)) {
    for (const [name, value] of medians) samples.set(name, [...(samples.get(name) ?? []), value]);
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

function change({ changePercent, low, high }) {
  if (changePercent === undefined) return "";
  return `${signed(changePercent)} % (${signed(low)} to ${signed(high)} %)`;
}

function signed(number) {
  return `${number > 0 ? "+" : ""}${number.toFixed(1)}`;
}

function duration(nanoseconds) {
  if (nanoseconds === undefined) return "";
  const [unit, size] = [["s", 1e9], ["ms", 1e6], ["µs", 1e3]].find(([, size]) => nanoseconds >= size) ?? ["ns", 1];
  return `${Number((nanoseconds / size).toPrecision(4))} ${unit}`;
}
