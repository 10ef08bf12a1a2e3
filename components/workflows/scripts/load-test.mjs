// Sends requests to one address and fails where it is slower, or errs more often, than it may.
import { fail, input, summary } from "./lib/actions.mjs";
import { table } from "./lib/markdown.mjs";
import { traffic } from "./lib/smoke/load.mjs";

const number = (name) => Number(input(name, /^\d{1,6}(\.\d+)?$/, "a number"));
const url = input("URL", /^https?:\/\/[^\s@]+$/, "a web address");
const limits = { p95: number("P95_MS"), errors: number("ERROR_PERCENT") };

const measured = await traffic(url, { requests: number("REQUESTS"), concurrency: number("CONCURRENCY"), seconds: number("LONGEST_SECONDS"), headers: {}, status: 200, timeoutMs: 10_000 });
const errors = 100 - measured.successRate;
const rows = [
  ["Requests", measured.requests, ""],
  ["Requests a second", measured.perSecond.toFixed(1), ""],
  ["Not answered with 200, %", errors.toFixed(2), limits.errors],
  ["Median, ms", measured.p50.toFixed(0), ""],
  ["95th percentile, ms", measured.p95.toFixed(0), limits.p95],
  ["99th percentile, ms", measured.p99.toFixed(0), ""],
];
for (const [name, value, limit] of rows) console.log(`${name}: ${value}${limit === "" ? "" : ` (limit ${limit})`}`);
summary(`## Load test\n\n${table(["", "Measured", "Limit"], rows)}`);

const wrong = [
  ...(errors > limits.errors ? [`${errors.toFixed(2)} % were not answered with 200 (${measured.errors.join(", ")}), at most ${limits.errors} % may`] : []),
  ...(measured.p95 > limits.p95 ? [`the 95th percentile is ${measured.p95.toFixed(0)} ms, at most ${limits.p95} ms is wanted`] : []),
];
if (wrong.length > 0) fail(`load test: ${wrong.join("; ")}`);
