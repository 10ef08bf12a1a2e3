import { share } from "../alert.ts";
import { objectives } from "../objectives.ts";
import { recorded } from "../recorded.ts";
import { readyPods } from "../saturation.ts";
import type { ServiceLevel } from "../service-level.ts";
import { speaks } from "../speaks.ts";
import { firingCount } from "./firing.ts";
import type { Panel, Row } from "./panel-kinds.ts";
import { dashboardUid } from "./uid.ts";

/** The first look: one number for each question. */
export function now(level: ServiceLevel): Row {
  const { http } = speaks(level);
  const all = [...(http ? requests(level) : [connections(level)]), ready(level), alerts(level), ...budget(level)];
  return { title: "Now", panels: all.map((panel) => ({ ...panel, width: 24 / all.length })) };
}

function requests(level: ServiceLevel): Panel[] {
  const { limits: { errorPercent, p95Milliseconds } } = level;
  return [
    { kind: "stat", title: "Requests", description: "Requests a second, over 5 minutes.", unit: "reqps", queries: [{ expression: recorded(level, "slipway:service_requests:rate5m") }] },
    {
      kind: "stat", title: "Failed", description: `Failed share of the requests over 5 minutes; ${errorPercent} % at most.`, unit: "percentunit",
      queries: [{ expression: recorded(level, "slipway:service_error_ratio:rate5m") }], thresholds: [{ from: share(errorPercent), colour: "red" }],
    },
    {
      kind: "stat", title: "p95", description: `19 of 20 requests are answered within this time, over 5 minutes; ${p95Milliseconds} ms at most.`, unit: "ms",
      queries: [{ expression: recorded(level, "slipway:service_latency_milliseconds:p95_rate5m") }], thresholds: [{ from: p95Milliseconds, colour: "red" }],
    },
  ];
}

function connections(level: ServiceLevel): Panel {
  return { kind: "stat", title: "Connections opened", description: "Connections opened a second, over 5 minutes.", unit: "cps", queries: [{ expression: recorded(level, "slipway:service_connections:rate5m") }] };
}

function ready(level: ServiceLevel): Panel {
  return { kind: "stat", title: "Pods ready", description: "Pods that can answer.", unit: "short", queries: [{ expression: readyPods({ ...level, window: "5m" }) }], base: "red", thresholds: [{ from: 1, colour: "green" }] };
}

function alerts(level: ServiceLevel): Panel {
  return { kind: "stat", title: "Alerts", description: "Pages and tickets that fire now; the table below names them, and what is only for information.", unit: "short", queries: [{ expression: firingCount(level) }], thresholds: [{ from: 1, colour: "red" }], noValue: "none" };
}

/** The least that is left of any budget. */
function budget(level: ServiceLevel): Panel[] {
  const { namespace, service, windowDays } = level;
  if (objectives(level).length === 0) return [];
  return [{
    kind: "stat", title: "Budget left", description: `What is left of the error budget of ${windowDays} days, of the objective that has least.`, unit: "percentunit",
    queries: [{ expression: `min(${recorded(level, `slipway:error_budget:remaining${windowDays}d`)})` }],
    base: "red", thresholds: [{ from: 0, colour: "orange" }, { from: 0.25, colour: "green" }],
    links: [{ title: "Service levels", uid: dashboardUid(namespace, service, "levels") }],
  }];
}
