import { describe, expect, test } from "@jest/globals";
import { serviceLevel } from "../../../components/delivery/service-level.ts";
import type { AuditEvent } from "../../../operations/audit/events.ts";
import { reportJson } from "../../../operations/drift/json.ts";
import type { DriftReport } from "../../../operations/drift/report.ts";
import { SEVERITIES } from "../../../operations/drift/types.ts";
import type { ReleaseRun } from "../../../operations/metrics/releaseRuns.ts";
import { askLevels } from "../../../operations/report/askLevels.ts";
import { attentionOf } from "../../../operations/report/attention.ts";
import { readFindings } from "../../../operations/report/findings.ts";
import { levelQueries, levelsOf } from "../../../operations/report/levels.ts";
import { rolloutsOf } from "../../../operations/report/rollouts.ts";
import type { ReportModel } from "../../../operations/report/types.ts";
import type { PolicyReport } from "../../../policy/types.ts";
import { settings, WATCHED } from "../../delivery/service-fixtures.ts";
import { ago, level, model, NOW, service, system } from "./fixtures.ts";

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

describe("findings of a report", () => {
  test("are read from drift, worst first, with values, reason and next step", () => {
    const at = { where: "https://github.com/acme/shop/settings", since: ago(9), type: "github", seenBy: "github" as const, next: { reconcile: "run it", adopt: { none: "x" }, ignore: "y" } };
    const excused = { ...at, what: "github:Repository/till", change: "changed" as const, reason: "we know" };
    const told: DriftReport = {
      stack: "production", checked: ago(1), resources: 9, ignored: [excused], owned: [excused, excused],
      findings: [
        { ...at, severity: "benign", what: "github:Repository/shop", field: "description", change: "changed", declared: "a", live: "b".repeat(90), because: "it is a text" },
        { ...at, severity: "hostile", what: "github:RepositoryEnvironment/shop:production", change: "missing", because: "anybody can deploy" },
      ],
    };
    expect(readFindings(JSON.parse(reportJson(told)))).toEqual({
      stack: "production", at: ago(1), excused: 1,
      list: [
        { severity: "hostile", urgency: "act", where: "github:RepositoryEnvironment/shop:production", address: at.where, since: at.since, what: "is gone; anybody can deploy", next: "run it" },
        { severity: "benign", urgency: "none", where: "github:Repository/shop", address: at.where, since: at.since, what: `description was changed: declared a, live ${"b".repeat(79)}…; it is a text`, next: "run it" },
      ],
    });
  });

  test("are read from the policies, the resource's name once", () => {
    const finding = { policy: "probes", severity: "mandatory" as const, urn: "u", type: "t", resource: "shop-ra", message: "shop-ra: spec has no probe; add one" };
    const exempted = { ...finding, exempt: { reason: "soon gone", until: "2026-12-01" } };
    const told: PolicyReport = { findings: [finding], exempted: [exempted, exempted], unused: [], resources: 3, policies: 9 };
    expect(readFindings({ stack: "production", at: ago(1), ...told })).toEqual({
      stack: "production", at: ago(1), excused: 2, list: [{ severity: "mandatory", urgency: "act", where: "shop-ra", what: "probes: spec has no probe; add one" }],
    });
  });

  test("have an urgency for each severity of drift and of the policies", () => {
    const severities = ["mandatory", "advisory", ...SEVERITIES];
    const found = readFindings(severities.map((severity) => ({ severity, name: severity })));
    expect(Object.fromEntries((found?.list ?? []).map(({ severity, urgency }) => [severity, urgency]))).toEqual({ mandatory: "act", advisory: "look", hostile: "act", risky: "look", benign: "none" });
  });

  test("are kept where they are of another program or cannot be read", () => {
    expect(readFindings([{ name: "shop", message: "is odd", severity: "weird" }, { no: "name" }, 7, null])?.list).toEqual([
      { severity: "weird", urgency: "look", where: "shop", what: "is odd", since: undefined, next: undefined },
      { severity: "not graded", urgency: "look", where: "not said", what: '{"no":"name"}', since: undefined, next: undefined },
      { severity: "not graded", urgency: "look", where: "not said", what: "7", since: undefined, next: undefined },
      { severity: "not graded", urgency: "look", where: "not said", what: "nothing", since: undefined, next: undefined },
    ]);
    expect(readFindings([{ name: "constructor", what: "toString", severity: "valueOf", change: "hasOwnProperty" }])?.list).toEqual([{ severity: "valueOf", urgency: "look", where: "toString", what: "hasOwnProperty" }]);
    for (const none of [{}, { findings: "none" }, "text", 3, null]) expect(readFindings(none)).toBeUndefined();
  });
});

describe("what needs somebody", () => {
  const said = (change: Partial<ReportModel>): string[] => attentionOf(model(change)).map(({ section, subject, text, urgency }) => `${urgency} ${section} ${subject}: ${text}`);
  const budget = (remaining: number | undefined, burn = 0) => ({ levels: { kind: "found" as const, value: [level({ objectives: [{ name: "availability", promise: "99 %", windowDays: 30, remaining, burn }] })] } });

  test("is nothing in a stack that is well", () => {
    expect(said({})).toEqual([]);
  });

  test.each([
    ["weights that the cluster does not have", { services: [service({ inCluster: false })] }, ["act services shop: the cluster's weights are not what is recorded; run pulumi up"]],
    ["a release that is held", { services: [service({ stage: "held", held: "Friday" })] }, ["look services shop: is held: Friday"]],
    ["a rejection for seven days", { services: [service({ rejected: [{ revision: "rz", reason: "slow", at: ago(7 * 24) }] })] }, ["look services shop: rz was rejected: slow"]],
    ["no rejection that is older", { services: [service({ rejected: [{ revision: "rz", reason: "slow", at: ago(7 * 24 + 1) }] })] }, []],
    ["a rejected revision that still serves", { services: [service({ rejected: [{ revision: "raaaaaaaaaa", reason: "slow", at: ago(1) }] })] }, ["act services shop: raaaaaaaaaa was rejected and still has traffic; run slipway rollout"]],
    ["an image that a command asked for", { services: [service({ asked: "ghcr.io/acme/shop:v2" })] }, ["look services shop: runs an image that a command asked for, not what the stack's file names"]],
    ["a budget that is used up", budget(0), ["act levels shop: its availability budget of 30 days is used up"]],
    ["a budget that goes too fast", budget(0.9, 14.4), ["act levels shop: its availability budget goes 14 times as fast as it may"]],
    ["a budget of which little is left", budget(0.249), ["look levels shop: 25 % are left of its availability budget"]],
    ["no budget that lasts", budget(0.25, 14.3), []],
    ["no budget without data", budget(undefined), []],
    ["a ruleset that is not enforced", { systems: [system({ rulesets: [{ name: "main", target: "branch", active: false, refs: [], rules: [] }] })] }, ["look systems shop: ruleset main is not enforced"]],
    ["an audit log that was changed", { rollouts: { kind: "found" as const, value: { list: [], older: 0, brokenLines: [4, 9] } } }, ["look rollouts audit log: lines of it were changed or are missing before line 4; compare it with a copy"]],
  ])("is told of %s", (_, change, expected) => {
    expect(said(change)).toEqual(expected);
  });

  test.each([
    ["that nobody protects", { reviewed: false }, ["act systems shop, production: nobody approves what is deployed there"]],
    ["that can be approved by its author or passed by administrators", { selfReview: true, adminsBypass: true }, ["look systems shop, production: people may approve their own deployments", "look systems shop, production: administrators may go past the approval"]],
    ["of which nobody has to approve anything, only where it is for users", { reviewed: false, name: "staging" }, []],
  ])("is told of an environment %s", (_, change, expected) => {
    expect(said({ systems: [system({ environments: system().environments.map((each) => ({ ...each, ...change })) })] })).toEqual(expected);
  });

  test("names urgent findings and counts the others, what is urgent first", () => {
    const finding = (urgency: "act" | "look" | "none", where: string) => ({ severity: urgency, urgency, where, what: "was changed" });
    expect(said({
      services: [service({ stage: "held", held: "Friday" })],
      drift: { kind: "found", value: { excused: 0, list: [finding("act", "a"), finding("look", "b"), finding("look", "c"), finding("none", "d")] } },
      policy: { kind: "found", value: { excused: 0, list: [finding("look", "e")] } },
    })).toEqual(["act drift a: was changed", "look services shop: is held: Friday", "look drift drift: 2 more findings to look at", "look policy policy: 1 more finding to look at"]);
  });
});
