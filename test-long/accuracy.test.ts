import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { LATENCY_BOUNDS_MS } from "../components/kubernetes/mesh-annotations.ts";
import { estimatedSeries } from "../components/observability/estimated-series.ts";
import { objectives } from "../components/observability/objectives.ts";
import { recorded } from "../components/observability/recorded.ts";
import type { RecordedMetric } from "../components/observability/recorded.ts";
import { exactQuantile, failedShare, readLog, slowerShare, within } from "./accuracy/log.ts";
import type { Logged } from "./accuracy/log.ts";
import { SCENARIOS } from "./accuracy/scenarios.ts";
import { until } from "./accuracy/until.ts";
import { startWorld } from "./accuracy/world.ts";
import type { World } from "./accuracy/world.ts";

type Name = keyof typeof SCENARIOS;

/** So long that the first scrapes have left the window of five minutes. */
const RUNS_SECONDS = 320;
const RESTART_SECONDS = 150;
const WINDOWS = { "5m": 300, "30m": 1800, "1h": 3600, "2h": 7200, "6h": 21_600 } as const;
const NAMES: Name[] = ["healthy", "failing", "slow"];
const folder = mkdtempSync(join(tmpdir(), "slipway-accuracy-"));
const unanswered: Record<string, number> = {};
let world: World;

beforeAll(async () => {
  world = await startWorld(folder, Object.values(SCENARIOS));
  await elapsed(RESTART_SECONDS);
  await world.restart("failing", "canary");
  await elapsed(RUNS_SECONDS);
  Object.assign(unanswered, await world.endLoad());
});

afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true });
});

/** Waits until the rules have looked at the moment, so many seconds after the first scrapes. */
async function elapsed(seconds: number): Promise<void> {
  await until(`${seconds} s of load`, seconds + 60, async () => {
    const newest = await Promise.all(NAMES.map((name) => world.prometheus.newest(recorded(SCENARIOS[name].level, "slipway:objective_events:rate5m", { objective: "latency" }))));
    return newest.every(([sample]) => sample !== undefined && sample.at > world.began + seconds) || undefined;
  });
}

/** The recorded value, and what the app's own log has in the same window. */
async function compared(name: Name, metric: RecordedMetric, seconds: number, more: { revision?: string; objective?: string } = {}): Promise<{ value: number; log: Logged[] }> {
  const [sample, ...others] = await world.prometheus.newest(recorded(SCENARIOS[name].level, metric, { ...more }));
  if (sample === undefined || others.length > 0) throw new Error(`${metric} of ${name}: ${others.length + (sample === undefined ? 0 : 1)} series`);
  // A longer window than the metrics are old holds what they saw.
  const seen = Math.min(seconds, sample.at - world.began);
  return { value: sample.value, log: within(readLog(world.logOf(name)), sample.at, seen, more.revision) };
}

/** Within one per cent; and 0 is 0. */
function expectEqual(what: string, value: number, exact: number): void {
  const apart = exact === 0 ? value : Math.abs(value / exact - 1);
  expect({ what, value, exact, near: apart <= (exact === 0 ? 0 : 0.01) }).toEqual({ what, value, exact, near: true });
}

const revisions = NAMES.flatMap((name) => (["stable", "canary"] as const).map((revision) => [name, revision] as const));

describe("each revision's rules say what its own log says, within 1 %:", () => {
  test.each(revisions)("requests and failures of %s, %s", async (name, revision) => {
    const requests = await compared(name, "slipway:requests:rate5m", 300, { revision });
    expectEqual("requests a second", requests.value, requests.log.length / 300);
    const errors = await compared(name, "slipway:errors:rate5m", 300, { revision });
    expectEqual("failures a second", errors.value, errors.log.filter(({ failed }) => failed).length / 300);
    const ratio = await compared(name, "slipway:error_ratio:rate5m", 300, { revision });
    expectEqual("error ratio", ratio.value, failedShare(ratio.log));
    const success = await compared(name, "slipway:success_ratio:rate30m", 1800, { revision });
    expectEqual("success ratio", success.value, 1 - failedShare(success.log));
  });

  test.each(revisions.filter(([name, revision]) => `${name} ${revision}` !== "slow canary"))("p95 of %s, %s", async (name, revision) => {
    const { log, value } = await compared(name, "slipway:latency_milliseconds:p95_rate5m", 300, { revision });
    expectEqual("p95", value, exactQuantile(log, 0.95));
  });

  test("where a bucket's requests do not spread evenly, p95 is known to its bucket, and the share above a bound still within 1 %", async () => {
    const { log, value } = await compared("slow", "slipway:latency_milliseconds:p95_rate5m", 300, { revision: "canary" });
    const exact = exactQuantile(log, 0.95);
    const bucket = (milliseconds: number): number => LATENCY_BOUNDS_MS.findIndex((bound) => milliseconds <= bound);
    expect([bucket(value), bucket(exact), Math.abs(value / exact - 1) > 0.05]).toEqual([LATENCY_BOUNDS_MS.indexOf(2500), LATENCY_BOUNDS_MS.indexOf(2500), true]);
    const good = objectives({ ...SCENARIOS.slow.level, objectives: { latency: { percent: 99, milliseconds: 2000 } } })[0]?.failureRatio({ window: "5m", by: "revision", revisions: "canary" }) ?? "";
    const [slower] = await world.prometheus.ask(good);
    expectEqual("share above 2000 ms", slower?.value ?? Number.NaN, slowerShare(within(readLog(world.logOf("slow")), slower?.at ?? 0, 300, "canary"), 2000));
  });
});

describe("the rules of the whole service say what the log says, within 1 %:", () => {
  test.each(NAMES)("requests, failures and p95 of %s", async (name) => {
    const requests = await compared(name, "slipway:service_requests:rate5m", 300);
    expectEqual("requests a second", requests.value, requests.log.length / 300);
    for (const window of ["5m", "30m", "2h", "6h"] as const) {
      const { log, value } = await compared(name, `slipway:service_requests:increase${window}`, WINDOWS[window]);
      expectEqual(`requests in ${window}`, value, log.length);
    }
    const ratio = await compared(name, "slipway:service_error_ratio:rate5m", 300);
    expectEqual("error ratio", ratio.value, failedShare(ratio.log));
    const p95 = await compared(name, "slipway:service_latency_milliseconds:p95_rate5m", 300);
    if (name !== "slow") expectEqual("p95", p95.value, exactQuantile(p95.log, 0.95));
  });

  test.each(NAMES.flatMap((name) => (["5m", "30m", "1h", "2h", "6h"] as const).map((window) => [name, window] as const)))("burn rates of %s over %s", async (name, window) => {
    for (const { budget, name: objective } of objectives(SCENARIOS[name].level)) {
      const { log, value } = await compared(name, `slipway:burn_rate:rate${window}`, WINDOWS[window], { objective });
      expectEqual(`burn rate of ${objective}`, value, (objective === "availability" ? failedShare(log) : slowerShare(log, 1000)) / budget);
    }
  });
});

test("the callers' own counters are there, as many as the service's, and count for nothing", async () => {
  const [both] = await world.prometheus.ask('sum by (destination_app) (increase(istio_requests_total{destination_app="failing"}[5m])) / on () sum(increase(istio_requests_total{reporter="destination",destination_app="failing"}[5m]))');
  expect(both?.value).toBeCloseTo(2, 6);
});

test("the stable revision is the one with most requests, and a canary's alerts fire where it fails or is slow, and nowhere else", async () => {
  for (const name of NAMES) expect((await world.prometheus.ask(recorded(SCENARIOS[name].level, "slipway:stable_requests:sum1h"))).map(({ labels }) => labels["revision"])).toEqual(["stable"]);
  const firing = await world.prometheus.ask('count by (alertname, service) (ALERTS{alertstate="firing",alertname=~"SlipwayCanary(ErrorRate|Latency)High"})');
  expect(firing.map(({ labels: { alertname, service } }) => `${service} ${alertname}`).sort()).toEqual([
    "failing SlipwayCanaryErrorRateHigh", "slow SlipwayCanaryLatencyHigh",
  ]);
});

test("the rules record as many series as is said beforehand", async () => {
  const [count] = await world.prometheus.ask('count({__name__=~"slipway:.+",service="failing"})');
  expect(count?.value).toBe(estimatedSeries(SCENARIOS.failing.level, { revisions: 2, pods: 1 }).recorded);
});

test("only the revision that was killed left calls unanswered, and its counters did start again", async () => {
  expect(Object.keys(unanswered)).toEqual(["failing canary"]);
  const [resets] = await world.prometheus.ask('max(resets(istio_request_duration_milliseconds_count{reporter="destination",destination_app="failing",destination_version="canary"}[5m]))');
  expect(resets?.value).toBe(1);
});
