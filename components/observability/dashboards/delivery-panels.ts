import { DELIVERY_DAYS, stackMetric } from "../stack-metrics.ts";
import { BANDS } from "./delivery-bands.ts";
import type { Panel, Row } from "./panel-kinds.ts";

const DAYS = `${DELIVERY_DAYS} days`;

/** DORA's four keys; `prefix` says whether of one service or of the whole stack. */
export function fourKeys(prefix: "slipway_delivery" | "slipway_stack_delivery", matchers: Record<string, string>): Row {
  return {
    title: `Four keys, ${DAYS}`,
    panels: [
      {
        kind: "stat", title: "Deployments", description: `Releases that reached all traffic in ${DAYS}. Green: one a day or more; blue: one a week; yellow: one a month.`, unit: "short",
        queries: [{ expression: stackMetric(`${prefix}_deployments`, matchers) }], ...BANDS.deployments,
      },
      {
        kind: "stat", title: "Lead time", description: "Median from the commit of the stack's repository to all traffic. Green: below a day; blue: a week; yellow: a month.", unit: "s",
        queries: [{ expression: stackMetric(`${prefix}_lead_time_seconds`, matchers) }], ...BANDS.leadTime, noValue: "no release with a known commit",
      },
      {
        kind: "stat", title: "Change failure rate", description: "Share of the ended releases that were rejected, cancelled ones left out. Green: below 5 %; blue: 10 %; yellow: 15 %.", unit: "percentunit",
        queries: [{ expression: stackMetric(`${prefix}_change_failure_ratio`, matchers) }], ...BANDS.changeFailureRatio, noValue: "no release ended",
      },
      {
        kind: "stat", title: "Time to restore", description: "Median from a rejection to no traffic on the rejected revision. Green: below an hour; blue: a day; yellow: a week.", unit: "s",
        queries: [{ expression: stackMetric(`${prefix}_restore_time_seconds`, matchers) }], ...BANDS.restoreTime, noValue: "nothing was rejected",
      },
    ],
  };
}

/** How old the numbers are: a job that stopped writing them would otherwise look like a quiet week. */
export function freshness(matchers: Record<string, string>): Panel {
  return {
    kind: "stat", title: "Numbers from", description: "How long ago `slipway metrics` wrote them. Red: the job that runs it is broken.", unit: "s",
    queries: [{ expression: `time() - max(${stackMetric("slipway_stack_metrics_timestamp_seconds", matchers)})` }],
    thresholds: [{ from: 7200, colour: "yellow" }, { from: 86_400, colour: "red" }], noValue: "never",
  };
}

/** Ended releases a day, by how they ended. */
export function endedReleases(matchers: Record<string, string>): Panel {
  return {
    kind: "time series", title: "Releases that ended, a day", description: "Completed, rolled back and cancelled, over the day before each point, since the metrics are scraped.", unit: "short",
    queries: [{ expression: `sum by (result) (increase(${stackMetric("slipway_releases_total", matchers)}[1d]))`, legend: "{{result}}" }],
  };
}
