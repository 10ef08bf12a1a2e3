import type { ServiceLevel } from "../service-level.ts";
import { stackMetric } from "../stack-metrics.ts";
import type { StackMetricName } from "../stack-metrics.ts";
import { endedReleases, fourKeys, freshness } from "./delivery-panels.ts";
import type { DashboardDescription } from "./document.ts";
import type { Row } from "./panel-kinds.ts";
import { serviceReferences } from "./references.ts";
import { dashboardUid } from "./uid.ts";

/** How a service is delivered: the release in flight, DORA's four keys, and what became of the releases. */
export function delivery(level: ServiceLevel): DashboardDescription {
  const { namespace, service } = level;
  const uid = dashboardUid(namespace, service, "delivery");
  const matchers = { stack: "$stack", namespace, service };
  return {
    uid,
    title: `${service} delivery`,
    description: `Releases of ${service} in ${namespace}: the one in flight, how often, how fast and how well they end. Written by slipway metrics.`,
    tags: [namespace, service],
    variables: [{ name: "stack", label: "Stack", query: `label_values(slipway_release_stage{namespace="${namespace}",service="${service}"}, stack)` }],
    rows: [inFlight(matchers), fourKeys("slipway_delivery", matchers), { title: "Over time", panels: [endedReleases(matchers), weights(matchers)] }],
    references: serviceReferences(level, uid),
    from: "now-30d",
    refresh: "5m",
  };
}

function inFlight(matchers: Record<string, string>): Row {
  const since = (name: StackMetricName): string => `time() - ${stackMetric(name, matchers)}`;
  return {
    title: "Now",
    panels: [
      {
        kind: "stat", title: "Release", description: "Settled: one revision serves. Rollout: a candidate is on its way. Held: somebody or something has to decide.", unit: "none",
        queries: [{ expression: `max by (stage) (${stackMetric("slipway_release_stage", matchers)} == 1)`, legend: "{{stage}}" }], named: true,
      },
      {
        kind: "stat", title: "Candidate's weight", description: "Share of the requests that the record gives to the candidate.", unit: "percentunit",
        queries: [{ expression: stackMetric("slipway_release_weight_ratio", { ...matchers, role: "candidate" }), legend: "{{revision}}" }], noValue: "none in flight",
      },
      {
        kind: "stat", title: "Candidate's age", description: "Since it was first recorded. Yellow after a day, red after a week.", unit: "s",
        queries: [{ expression: since("slipway_release_candidate_start_timestamp_seconds"), legend: "{{revision}}" }],
        thresholds: [{ from: 86_400, colour: "yellow" }, { from: 604_800, colour: "red" }], noValue: "none in flight",
      },
      {
        kind: "stat", title: "Last success", description: "Since a release last reached all traffic.", unit: "s",
        queries: [{ expression: since("slipway_release_last_success_timestamp_seconds") }], noValue: "none known",
      },
      {
        kind: "stat", title: "Last rejection", description: "Since a revision was last rejected.", unit: "s",
        queries: [{ expression: since("slipway_release_last_rejection_timestamp_seconds") }], noValue: "none recorded",
      },
      freshness({ stack: "$stack" }),
    ],
  };
}

function weights(matchers: Record<string, string>): Row["panels"][number] {
  return {
    kind: "time series", title: "Weights", description: "Share of the requests that the record gives to each revision.", unit: "percentunit", stacked: true, max: 1,
    queries: [{ expression: `sum by (revision) (${stackMetric("slipway_release_weight_ratio", matchers)})`, legend: "{{revision}}" }],
  };
}
