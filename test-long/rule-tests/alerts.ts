import type { AlertRule } from "../../components/observability/alert.ts";
import { factor } from "../../components/observability/burn-rates.ts";
import type { RecordedMetric } from "../../components/observability/recorded.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case } from "./document.ts";
import { constant, seriesOf } from "./series.ts";

type Series = Record<string, string>;
type Labels = Record<string, string>;

/** Steps of half a minute, longer than any alert of these waits. */
const STEPS = 400;

export function seconds(duration: string): number {
  const [, count = "0", unit = "s"] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  return Number(count) * { s: 1, m: 60, h: 3600, d: 86_400 }[unit as "s" | "m" | "h" | "d"];
}

/** The same series of a service whose name begins alike and of another namespace, bad as can be: they must not matter. */
export function withStrangers({ namespace, service }: ServiceLevel, series: Series): Series {
  const strange = Object.entries(series).flatMap(([name, values]): [string, string][] => [
    [name.replaceAll(`"${service}`, `"${service}-api`), values],
    [name.replaceAll(`"${namespace}"`, '"elsewhere"'), values],
  ]);
  return { ...Object.fromEntries(strange), ...series };
}

/** Fires in the first world once it has lasted, and not before; in the others never, not even at the `end`. `begins` is when the world does. */
export function lasting(rule: AlertRule, level: ServiceLevel, fires: Series, expected: Case["expected"], quiet: Record<string, Series>, end: number, begins = 0): Case[] {
  const wait = begins + seconds(rule.for);
  const loud = withStrangers(level, fires);
  const silent = Object.fromEntries(Object.entries(fires).map(([name]) => [name, constant("_", 2)]));
  return [
    { title: "fires when it has lasted", series: loud, at: wait, expected },
    ...(rule.for === "0s" ? [] : [{ title: "waits until it has lasted", series: loud, at: wait - 30, expected: [] }]),
    ...Object.entries(quiet).map(([title, series]) => ({ title, series: { ...loud, ...series }, at: end, expected: [] })),
    { title: "no data of its own", series: { ...loud, ...silent }, at: end, expected: [] },
  ];
}

export function limitCases(rule: AlertRule, level: ServiceLevel): Case[] {
  const { errorPercent, p95Milliseconds, successPercent } = level.limits;
  const [metric, traffic, window, limit, worse] = ((): [RecordedMetric, RecordedMetric, number, number, number] => {
    if (rule.alert.endsWith("ErrorRateHigh")) return ["slipway:error_ratio:rate5m", "slipway:requests:rate5m", 300, errorPercent / 100, 1.02];
    if (rule.alert.endsWith("LatencyHigh")) return ["slipway:latency_milliseconds:p95_rate5m", "slipway:requests:rate5m", 300, p95Milliseconds, 1.02];
    return ["slipway:success_ratio:rate30m", "slipway:requests:rate30m", 1800, successPercent / 100, 0.98];
  })();
  const [mine, other] = rule.labels.role === "stable" ? ["ra", "rb"] : ["rb", "ra"];
  const name = (what: RecordedMetric, revision = mine): string => seriesOf(what, { namespace: level.namespace, service: level.service, revision });
  const bad = limit * worse;
  const few = (share: number): string => constant((level.minimumRequests * share) / window, STEPS);
  const fires = {
    [name(metric)]: constant(bad, STEPS), [name(metric, other)]: constant(bad, STEPS),
    [name(traffic)]: few(1.01), [name(traffic, other)]: few(50),
    [name("slipway:stable_requests:sum1h", "ra")]: constant(100, STEPS),
  };
  // Strangers' stable revision is called as this service's canary is.
  const strange = Object.keys(withStrangers(level, { [name("slipway:stable_requests:sum1h", "rb")]: "" })).slice(0, 2);
  const crossed = Object.fromEntries(strange.map((stranger) => [stranger, constant(100, STEPS)]));
  const only = mine === "ra" ? [{ labels: { revision: "ra" }, value: bad }] : [{ labels: { revision: "rb" }, value: bad }];
  const cases = lasting(rule, level, { ...fires, [name(traffic, other)]: few(0) }, only, {
    "at the limit": { [name(metric)]: constant(limit, STEPS) },
    "too few requests": { [name(traffic)]: few(0.99) },
    "not a number": { [name(metric)]: constant("NaN", STEPS) },
  }, seconds(rule.for) + 300);
  // With enough requests the other revision is still another alert's.
  return [...cases.map((each) => ({ ...each, series: { ...each.series, ...crossed } })), { title: "the other role is another alert's", series: { ...withStrangers(level, { ...fires, [name(metric)]: constant(limit, STEPS) }), ...crossed }, at: seconds(rule.for) + 300, expected: [] }];
}

export function burnCases(rule: AlertRule, level: ServiceLevel): Case[] {
  const { objective = "", long_window: long = "", short_window: short = "" } = rule.labels;
  const spent = { "1h": 0.02, "6h": 0.05, "1d": 0.1, "3d": 0.1 }[long] ?? 0;
  const limit = factor({ days: seconds(long) / 86_400, spent }, level.windowDays);
  const name = (window: string, promise = objective): string => seriesOf(`slipway:burn_rate:rate${window}`, { namespace: level.namespace, service: level.service, objective: promise });
  const requests = seriesOf(`slipway:service_requests:increase${short}`, { namespace: level.namespace, service: level.service });
  const bad = constant(limit * 1.02, STEPS);
  const other = objective === "latency" ? "availability" : "latency";
  const fires = { [name(long)]: bad, [name(short)]: bad, [requests]: constant(level.minimumRequests, STEPS), [name(long, other)]: bad, [name(short, other)]: bad };
  const at = limit * 1.02;
  return lasting(rule, level, fires, [{ labels: {}, value: at }], {
    "the long window is at the limit": { [name(long)]: constant(limit, STEPS) },
    "the short window is at the limit: it is over": { [name(short)]: constant(limit, STEPS) },
    "too few requests": { [requests]: constant(level.minimumRequests - 1, STEPS) },
    "the long window is not a number": { [name(long)]: constant("NaN", STEPS) },
    "the short window is not a number": { [name(short)]: constant("NaN", STEPS) },
  }, seconds(rule.for) + 300);
}

/** Over days, hour by hour. */
export function exhaustedCases(rule: AlertRule, level: ServiceLevel): { cases: Case[]; evaluation: number } {
  const { objective = "" } = rule.labels;
  const hours = level.windowDays * 24 + 48;
  const budget = objective === "latency" ? 1 - (level.objectives.latency?.percent ?? 0) / 100 : 1 - (level.objectives.availability ?? 0) / 100;
  const needed = Math.max(level.minimumRequests, Math.ceil(Number((1 / budget).toPrecision(9))));
  const mine = (what: string, other: Labels = {}): string => seriesOf(what, { namespace: level.namespace, service: level.service, objective, ...other });
  const left = `slipway:error_budget:remaining${level.windowDays}d`;
  const events = "slipway:objective_events:rate5m";
  // Before the window there were requests enough; within it as many as `share` of those that are needed, no sample on its edge.
  const requests = (share: number): string => `0x46 9 _ ${(needed * share) / 30 / (hours - 48)}x${hours - 49}`;
  const world = (value: number | "NaN", share: number): Series => withStrangers(level, {
    [mine(left)]: constant(value, hours), [mine(events)]: requests(share),
    [mine(left, { objective: "other" })]: constant(-1, hours), [mine(events, { objective: "other" })]: constant(needed, hours),
  });
  const strange = (text: string): string => text.replaceAll(level.service, `${level.service}-api`);
  const other = { [strange(mine(left))]: constant(-1, hours), [strange(mine(events))]: constant(needed, hours) };
  const at = hours * 3600;
  const one = (title: string, series: Series, expected: Case["expected"] = []): Case => ({ title, series: { ...series, ...other }, step: 3600, at, expected });
  return { evaluation: 3600, cases: [
    one("overdrawn", world(-0.1, 1.01), [{ labels: {}, value: -0.1 }]),
    one("used up exactly", world(0, 1.01), [{ labels: {}, value: 0 }]),
    one("a little is left", world(0.01, 1.01)),
    one("fewer requests than one failure may be of", world(-0.1, 0.99)),
    one("not a number", world("NaN", 1.01)),
    one("no data", {}),
  ] };
}
