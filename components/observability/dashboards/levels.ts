import { factor, pairs } from "../burn-rates.ts";
import type { Pair } from "../burn-rates.ts";
import { objectives } from "../objectives.ts";
import type { Objective } from "../objectives.ts";
import { recorded } from "../recorded.ts";
import type { ServiceLevel } from "../service-level.ts";
import type { DashboardDescription } from "./document.ts";
import { firingTable } from "./firing.ts";
import { releaseMarks } from "./marks.ts";
import type { Panel, Row, Threshold } from "./panel-kinds.ts";
import { serviceReferences } from "./references.ts";
import { dashboardUid } from "./uid.ts";

/** Of a budget that is left, 0 – 1. */
const LEFT: readonly Threshold[] = [{ from: 0, colour: "orange" }, { from: 0.25, colour: "yellow" }, { from: 0.5, colour: "green" }];

/** What the service promises, how it keeps it, and how fast its error budgets go; nothing where it promises nothing. */
export function levels(level: ServiceLevel): DashboardDescription | undefined {
  const { namespace, service, windowDays } = level;
  const promised = objectives(level);
  if (promised.length === 0) return undefined;
  const uid = dashboardUid(namespace, service, "levels");
  return {
    uid,
    title: `${service} service levels`,
    description: `Objectives of ${service} in ${namespace} over ${windowDays} days, what is left of their error budgets, and how fast these go.`,
    tags: [namespace, service],
    rows: [...promised.flatMap((objective) => [budget(level, objective), burnRates(level, objective)]), { title: "Alerts", panels: [firingTable(level)] }],
    references: serviceReferences(level, uid),
    annotations: releaseMarks(level),
    from: "now-7d",
    refresh: "5m",
  };
}

function budget(level: ServiceLevel, { budget: allowed, name, promise, target }: Objective): Row {
  const { windowDays } = level;
  const labels = { objective: name };
  const left = recorded(level, `slipway:error_budget:remaining${windowDays}d`, labels);
  const burned = recorded(level, "slipway:burn_rate:rate1d", labels);
  return {
    title: `${name}: ${promise}`,
    panels: [
      { kind: "gauge", title: `Budget of ${name}`, description: `What is left of the budget of ${windowDays} days; below 0 it is overdrawn and the promise broken.`, unit: "percentunit", queries: [{ expression: left }], min: 0, max: 1, base: "red", thresholds: LEFT, width: 4, height: 8 },
      {
        kind: "stat", title: `Kept, ${name}`, description: `Share of the requests of ${windowDays} days that kept the promise; ${target} % at least.`, unit: "percentunit", decimals: target > 99.9 ? 3 : 2,
        queries: [{ expression: `1 - (1 - ${left}) * ${allowed}` }], base: "red", thresholds: [{ from: Number((target / 100).toPrecision(12)), colour: "green" }], width: 4, height: 8,
      },
      {
        kind: "stat", title: `Lasts, ${name}`, description: "Days until the budget is used up, if it goes on as in the last day. No data while nothing fails.", unit: "d", decimals: 1, noValue: "no end in sight",
        queries: [{ expression: `clamp_min(${left}, 0) * ${windowDays} / (${burned} > 0)` }], base: "red", thresholds: [{ from: 3, colour: "orange" }, { from: 7, colour: "green" }], width: 4, height: 8,
      },
      { kind: "time series", title: `Budget over time, ${name}`, description: "A steep fall is an incident, a slow one a fault that is always there.", unit: "percentunit", queries: [{ expression: left, legend: "left of the budget" }], max: 1, base: "red", thresholds: [{ from: 0, colour: "green" }], width: 12 },
    ],
  };
}

function burnRates(level: ServiceLevel, objective: Objective): Row {
  return { title: `Burn rates of ${objective.name}: 1 uses the budget up exactly in ${level.windowDays} days`, panels: pairs(level, objective).map((pair) => burning(level, objective, pair)) };
}

/** An alert fires while both lines are above the limit. */
function burning(level: ServiceLevel, { name }: Objective, pair: Pair): Panel {
  const limit = factor(pair, level.windowDays);
  return {
    kind: "time series",
    title: `${name}, ${pair.long} and ${pair.short}`,
    description: `Alerts (${pair.severity}) while both lines are above ${limit}, by which ${Math.round(pair.spent * 100)} % of the budget goes in ${pair.long}.`,
    unit: "none",
    queries: [pair.long, pair.short].map((window) => ({ expression: recorded(level, `slipway:burn_rate:rate${window}`, { objective: name }), legend: window })),
    thresholds: [{ from: limit, colour: pair.severity === "page" ? "red" : "orange" }],
  };
}
