import { describe, expect, test } from "@jest/globals";
import { serviceLevel } from "../../../components/delivery/service-level.ts";
import type { AuditEvent } from "../../../operations/audit/events.ts";
import type { ReleaseRun } from "../../../operations/metrics/releaseRuns.ts";
import { askLevels } from "../../../operations/report/askLevels.ts";
import { levelQueries, levelsOf } from "../../../operations/report/levels.ts";
import { rolloutsOf } from "../../../operations/report/rollouts.ts";
import { settings, WATCHED } from "../../delivery/service-fixtures.ts";
import { ago, NOW } from "./fixtures.ts";

describe("rollouts of a report", () => {
  const event = (hours: number, name: string, more: Partial<AuditEvent> = {}): AuditEvent => ({ at: ago(hours), event: name, service: "shop", revision: "rb", ...more });
  const run = (change: Partial<ReleaseRun> = {}): ReleaseRun => ({ service: "shop", revision: "rb", startedAt: NOW - 5 * 3600, ...change });

  test("are read from the audit log with each weight on the way", () => {
    expect(rolloutsOf([event(5, "started"), event(5, "stage", { weight: 10 }), event(4, "gate"), event(3, "stage", { weight: 100 }), event(2, "baking"), event(1, "done")], [])).toEqual([
      { service: "shop", revision: "rb", startedAt: ago(5), endedAt: ago(1), outcome: "done", reason: undefined, source: "audit log", steps: [{ at: ago(5), weight: 10 }, { at: ago(3), weight: 100 }, { at: ago(1), weight: 100 }] },
    ]);
  });

  test("go on with a driver that takes over, and are others after their end", () => {
    const [second, first] = rolloutsOf([event(9, "started"), event(8, "failed"), event(7, "started"), event(6, "rolled-back", { reason: "errors" }), event(5, "started"), event(4, "held", { reason: "approval" })], []);
    expect([first?.outcome, first?.reason, first?.startedAt, first?.endedAt]).toEqual(["rolled back", "errors", ago(9), ago(6)]);
    expect([second?.outcome, second?.reason, second?.startedAt, second?.endedAt]).toEqual(["going on", "held: approval", ago(5), undefined]);
  });

  test("end as the history says where their driver left", () => {
    const log = [event(5, "started"), event(5, "stage", { weight: 10 })];
    expect(rolloutsOf(log, [run({ completedAt: NOW - 3600 })])).toMatchObject([{ outcome: "done", endedAt: ago(1), source: "audit log" }]);
    expect(rolloutsOf(log, [run({ cancelledAt: NOW - 3600 })])).toMatchObject([{ outcome: "replaced", endedAt: ago(1) }]);
    expect(rolloutsOf(log, [run()])).toMatchObject([{ outcome: "going on", endedAt: undefined }]);
  });

  test("of the history alone are listed without their way, newest first", () => {
    const runs = [run({ revision: "ra", startedAt: NOW - 90_000, rejectedAt: NOW - 89_000, restoredAt: NOW - 88_200 }), run()];
    expect(rolloutsOf([], runs)).toEqual([
      { service: "shop", revision: "rb", startedAt: ago(5), outcome: "going on", steps: [], source: "history" },
      { service: "shop", revision: "ra", startedAt: ago(25), endedAt: ago(24.5), outcome: "rolled back", steps: [], source: "history" },
    ]);
  });
});

describe("service levels of a report", () => {
  const levels = [serviceLevel("shop", settings()), serviceLevel("till", settings({ observability: { ...WATCHED, windowDays: 28, objectives: {} } }))];
  const QUERIES = ["slipway:error_budget:remaining28d", "slipway:error_budget:remaining30d", "slipway:burn_rate:rate1h", "slipway:service_requests:rate5m", "slipway:service_error_ratio:rate5m", "slipway:service_latency_milliseconds:p95_rate5m"];

  test("need one query for each recorded series, however many services there are", () => {
    expect(levelQueries(levels)).toEqual(QUERIES);
    expect(levelQueries([])).toEqual([]);
  });

  test("are those of the service's own namespace, and unknown without a series", () => {
    const labels = { namespace: "shop", service: "shop", objective: "availability" };
    const answers = { "slipway:error_budget:remaining30d": [{ labels: { ...labels, namespace: "other" }, value: 0.1 }, { labels, value: 0.7 }], "slipway:service_requests:rate5m": [{ labels, value: 3 }] } as const;
    expect(levelsOf(levels, answers)).toEqual([
      { service: "shop", namespace: "shop", now: { requests: 3, errorRatio: undefined, p95Milliseconds: undefined }, objectives: [{ name: "availability", promise: "99.5 % of the requests succeed", windowDays: 30, remaining: 0.7, burn: undefined }] },
      { service: "till", namespace: "shop", now: { requests: undefined, errorRatio: undefined, p95Milliseconds: undefined }, objectives: [] },
    ]);
  });

  test("are unknown as a whole when one answer is missing", async () => {
    const asked: string[] = [];
    const answering = (bad: string) => ({
      instant: async (query: string, at: number) => {
        asked.push(query);
        return query === bad ? { status: 503, body: "overloaded" } : { status: 200, body: JSON.stringify({ status: "success", data: { resultType: "vector", result: [{ metric: { service: "shop" }, value: [at, "0.5"] }] } }) };
      },
      range: () => Promise.reject(new Error("no report asks for a range")),
    });
    expect(await askLevels(levels, answering("slipway:burn_rate:rate1h"), NOW)).toEqual({ kind: "unknown", why: "Prometheus gave no answer (HTTP 503: overloaded); look whether it runs and has the stack's rules" });
    expect(asked).toEqual(QUERIES);
    expect(await askLevels(levels, answering(""), NOW)).toEqual({ kind: "found", value: Object.fromEntries(QUERIES.map((query) => [query, [{ labels: { service: "shop" }, value: 0.5 }]])) });
  });
});
