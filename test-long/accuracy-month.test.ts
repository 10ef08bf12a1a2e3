import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { objectives } from "../components/observability/objectives.ts";
import { ruleGroups, rulesDocument } from "../components/observability/prometheus-rules.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { DAY, month, MINUTES, QUIET, sharesOf, START, UNSEEN, writeCounters } from "./accuracy/month.ts";
import { startPrometheus } from "./accuracy/prometheus.ts";
import type { Prometheus } from "./accuracy/prometheus.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-accuracy-month-"));
const log = month();
const END = START + MINUTES * 60;
const recordings = ruleGroups(LEVEL).flatMap(({ rules }) => rules).filter((rule) => "record" in rule);
let prometheus: Prometheus;

/** Within an incident, hours after one, and when the month is over: the windows of days never begin or end within one. */
const MOMENTS = { "in an incident": START + (9 * DAY + 170) * 60, "after slow hours": START + (20 * DAY + 1200) * 60, "at the end": END };
const MINUTES_OF: Record<string, number> = { "1h": 60, "2h": 120, "6h": 360, "1d": DAY, "3d": 3 * DAY, "30d": 30 * DAY };

beforeAll(async () => {
  writeCounters(join(folder, "counters.txt"), log, LEVEL);
  mkdirSync(join(folder, "data"));
  promtool("create-blocks-from", "--max-block-duration=54h", "openmetrics", "counters.txt", "data");
  // What the rules would have recorded every 30 seconds: the windows of days are added up from it.
  const objective = recordings.filter(({ record }) => record.startsWith("slipway:objective_"));
  writeFileSync(join(folder, "rules.json"), JSON.stringify(rulesDocument([{ name: "objectives", intervalSeconds: 30, rules: objective }])));
  prometheus = await startPrometheus(folder, {});
  promtool("create-blocks-from", "--max-block-duration=54h", "rules", `--start=${START}`, `--end=${END}`, "--eval-interval=30s", `--url=${prometheus.url}`, "--output-dir=data", "rules.json");
  await prometheus.stop();
  prometheus = await startPrometheus(folder, {});
});

afterAll(async () => {
  await prometheus?.stop();
  rmSync(folder, { recursive: true });
});

/** promtool's `tsdb` commands, in the folder. */
function promtool(...args: string[]): void {
  const { error, status, stderr, stdout } = spawnSync("promtool", ["tsdb", ...args], { cwd: folder, encoding: "utf8" });
  if (error !== undefined) throw new Error(`promtool: cannot be started, got ${error.message}; apt-get install prometheus`);
  if (status !== 0) throw new Error(`promtool tsdb ${args.join(" ")}: exit code ${status}\n${stdout}${stderr}`);
}

/** What the rule of that name says at the moment, reading the month's counters or what was recorded from them. */
async function said(record: string, objective: string | undefined, at: number): Promise<number> {
  const rule = recordings.find((each) => each.record === record && each.labels["objective"] === objective);
  const [sample, ...others] = await prometheus.ask(rule?.expr ?? `absent rule ${record}`, at);
  expect([record, others]).toEqual([record, []]);
  return sample?.value ?? Number.NaN;
}

const promises = objectives(LEVEL).map(({ budget, name }) => ({ budget, name, share: (minutes: number, until: number) => sharesOf(log, until, minutes)[name === "latency" ? "slow" : "failing"] }));

describe.each(Object.entries(MOMENTS))("over a month of days, nights, incidents and restarts, %s", (moment, at) => {
  const windows = ["1h", "2h", "6h", ...(moment === "in an incident" ? [] : ["1d", "3d"])];

  test.each(windows.flatMap((window) => promises.map((promise) => [promise.name, window, promise] as const)))("the burn rate of %s over %s is the log's, within 1 %", async (name, window, { budget, share }) => {
    const exact = share(MINUTES_OF[window] ?? 0, at) / budget;
    expect(Math.abs(await said(`slipway:burn_rate:rate${window}`, name, at) / exact - 1)).toBeLessThan(0.01);
  });

  test.each(["2h", "6h"])("the requests of %s are the log's, within 1 %", async (window) => {
    const { requests } = sharesOf(log, at, MINUTES_OF[window] ?? 0);
    expect(Math.abs(await said(`slipway:service_requests:increase${window}`, undefined, at) / requests - 1)).toBeLessThan(0.01);
  });
});

test("a window of days that begins within an incident is blurred by the five minutes of the recorded rates, as if it lay two and a half earlier", async () => {
  const at = START + (21 * DAY + 600) * 60;
  const latency = promises.find(({ name }) => name === "latency");
  const burn = (late: number): number => (latency?.share(DAY, at - late * 60) ?? 0) / (latency?.budget ?? 0);
  const value = await said("slipway:burn_rate:rate1d", "latency", at);
  expect(Math.abs(value / ((burn(2) + burn(3)) / 2) - 1)).toBeLessThan(0.01);
  expect(Math.abs(value / burn(0) - 1)).toBeLessThan(0.03);
});

test.each(promises.map((promise) => [promise.name, promise] as const))("what is left of the %s budget of 30 days is the log's, within 1 % of the budget", async (name, { budget, share }) => {
  const left = 1 - share(30 * DAY, END) / budget;
  expect(Math.abs(await said("slipway:error_budget:remaining30d", name, END) - left)).toBeLessThan(0.01);
  // Neither untouched nor used up: both would be easy to say.
  expect(Math.abs(left) > 0.05 && left < 0.95).toBe(true);
});

/** What the trap would have said in place of the rule. */
const MINE = `reporter="destination",destination_workload_namespace="${LEVEL.namespace}",destination_app="${LEVEL.service}"`;
const NAIVE = `sum(rate(istio_requests_total{${MINE},response_code=~"5.."}[5m])) / sum(rate(istio_requests_total{${MINE}}[5m]))`;

/** Rules of five minutes that read the counters, by name. */
function counted(which: RegExp): [string, string][] {
  return recordings.filter(({ expr, record }) => record.endsWith("5m") && which.test(record) && expr.includes("istio_")).map(({ expr, labels, record }) => [`${record} ${labels["objective"] ?? ""}`, expr]);
}

describe("where nobody calls, a real Prometheus", () => {
  const at = START + (QUIET.from + 60) * 60;

  test.each(counted(/ratio|burn_rate|latency_milliseconds/))("has nothing to say of %s, not even that it is no number", async (_, expr) => {
    expect(await prometheus.ask(expr, at)).toEqual([]);
  });

  test.each(counted(/requests|errors|events|failures/))("says 0 of %s", async (_, expr) => {
    const samples = await prometheus.ask(expr, at);
    expect(samples.length).toBeGreaterThan(0);
    expect(samples.map(({ value }) => value)).toEqual(samples.map(() => 0));
  });

  test("trap 6: says of a bare division that it is no number, and of `or vector(0)` that it is so as well", async () => {
    for (const query of [NAIVE, `${NAIVE} or vector(0)`]) expect((await prometheus.ask(query, at)).map(({ value }) => value)).toEqual([Number.NaN]);
  });
});

describe("where nobody scrapes, and of a service that is not there, a real Prometheus", () => {
  const at = START + (UNSEEN.from + 30) * 60;
  const stranger = (expr: string): string => expr.replaceAll(`"${LEVEL.service}"`, '"nobody"');

  test.each(counted(/./))("has nothing to say of %s", async (_, expr) => {
    expect(await prometheus.ask(expr, at)).toEqual([]);
    expect(await prometheus.ask(stranger(expr), END)).toEqual([]);
  });

  test("trap 6: says 0 failures of `or vector(0)`, which would pass every gate", async () => {
    expect((await prometheus.ask(`${NAIVE} or vector(0)`, at)).map(({ value }) => value)).toEqual([0]);
  });
});

test("trap 4: without the gRPC statuses a third of the failures are not seen", async () => {
  const at = MOMENTS["in an incident"];
  const [http] = await prometheus.ask(NAIVE.replaceAll("5m", "1h"), at);
  expect((http?.value ?? 0) / sharesOf(log, at, 60).failing).toBeCloseTo(2 / 3, 2);
});
