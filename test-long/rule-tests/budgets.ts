import type { AlertRule } from "../../components/observability/alert.ts";
import { factor } from "../../components/observability/burn-rates.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case, CaseSet } from "./document.ts";
import { evaluationOf, lasting, seconds, withStrangers } from "./lasting.ts";
import { constant, seriesOf } from "./series.ts";
import type { Series } from "./series.ts";

const SPENT: Record<string, number> = { "1h": 0.02, "6h": 0.05, "1d": 0.1, "3d": 0.1 };
const DAY = 86_400;

/** Share of the requests that may fail the objective. */
export function budgetOf({ objectives: { availability = 0, latency } }: ServiceLevel, objective: string): number {
  return 1 - (objective === "latency" ? latency?.percent ?? 0 : availability) / 100;
}

export function burnCases(rule: AlertRule, level: ServiceLevel): Case[] {
  const { objective = "", long_window: long = "", short_window: short = "" } = rule.labels;
  const limit = factor({ days: seconds(long) / DAY, spent: SPENT[long] ?? 0 }, level.windowDays);
  const steps = seconds(rule.for) / 30 + 20;
  const name = (window: string, promise = objective): string => seriesOf(`slipway:burn_rate:rate${window}`, { namespace: level.namespace, service: level.service, objective: promise });
  const requests = seriesOf(`slipway:service_requests:increase${short}`, { namespace: level.namespace, service: level.service });
  const flat = (value: number | "NaN"): string => constant(value, steps);
  const bad = limit * 1.02;
  const other = objective === "latency" ? "availability" : "latency";
  const fires = { [name(long)]: flat(bad), [name(short)]: flat(bad), [requests]: flat(level.minimumRequests), [name(long, other)]: flat(bad), [name(short, other)]: flat(bad) };
  return lasting(rule, level, {
    fires, end: seconds(rule.for) + 300, expected: [{ labels: {}, value: bad }],
    quiet: {
      "the long window is at the limit": { [name(long)]: flat(limit) },
      "the short window is at the limit: it is over": { [name(short)]: flat(limit) },
      "too few requests": { [requests]: flat(level.minimumRequests * 0.999) },
      "the long window is not a number": { [name(long)]: flat("NaN") },
      "the short window is not a number": { [name(short)]: flat("NaN") },
    },
  });
}

/** Over days, hour by hour, looked at once a day; and from its first hour, looked at as often as the time that it waits asks. */
export function exhaustedCases(rule: AlertRule, level: ServiceLevel): CaseSet[] {
  const { objective = "" } = rule.labels;
  const hours = level.windowDays * 24 + 48;
  const needed = Math.max(level.minimumRequests, Math.ceil(Number((1 / budgetOf(level, objective)).toPrecision(9))));
  const mine = (what: string, of: string): string => seriesOf(what, { namespace: level.namespace, service: level.service, objective: of });
  const [left, events] = [`slipway:error_budget:remaining${level.windowDays}d`, "slipway:objective_events:rate5m"];
  // Before the window there were requests enough, as it waits since the day before; within it as many as `share` of those that are needed,
  // no sample on its edge.
  const requests = (share: number): string => `0x46 ${needed} _ ${(needed * share) / 30 / (hours - 48)}x${hours - 49}`;
  const world = (value: number | "NaN", values: string): Series => withStrangers(level, {
    [mine(left, "other")]: constant(-1, hours), [mine(events, "other")]: constant(needed, hours),
    [mine(left, objective)]: constant(value, hours), [mine(events, objective)]: values,
  });
  const own = [mine(left, objective), mine(events, objective)];
  const one = (title: string, series: Series, expected: Case["expected"] = []): Case => ({ title, series, step: 3600, at: hours * 3600, expected });
  const overdrawn = [{ labels: {}, value: -0.1 }];
  const soon = { series: world(-0.1, constant(needed, hours)) };
  const exact = (needed / 30) * 30 === needed ? [one("exactly as many", world(-0.1, `0x${hours - 30} ${needed / 30} _`), overdrawn)] : [];
  return [
    {
      evaluation: DAY,
      cases: [
        one("overdrawn", world(-0.1, requests(1.01)), overdrawn),
        one("used up exactly", world(0, requests(1.01)), [{ labels: {}, value: 0 }]),
        one("a little is left", world(0.01, requests(1.01))),
        one("fewer requests than one failure may be of", world(-0.1, requests(0.99))),
        ...exact,
        one("not a number", world("NaN", requests(1.01))),
        one("no data", Object.fromEntries(Object.entries(world(-0.1, requests(1.01))).filter(([name]) => !own.includes(name)))),
      ],
    },
    {
      evaluation: evaluationOf(rule),
      cases: [
        { ...soon, title: "fires when it has lasted", at: seconds(rule.for), expected: overdrawn },
        { ...soon, title: "waits until it has lasted", at: seconds(rule.for) - evaluationOf(rule), expected: [] },
      ],
    },
  ];
}
