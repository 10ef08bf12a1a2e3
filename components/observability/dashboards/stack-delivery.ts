import { stackMetric } from "../stack-metrics.ts";
import type { StackMetricName } from "../stack-metrics.ts";
import { endedReleases, fourKeys, freshness } from "./delivery-panels.ts";
import type { DashboardDescription } from "./document.ts";
import type { Panel, Row } from "./panel-kinds.ts";
import { stackUid } from "./uid.ts";

const BY_SERVICE = "namespace, service";

/** How everything of a stack is delivered: what is in flight, DORA's four keys, and each service's part. */
export function stackDelivery(stack: string): DashboardDescription {
  const matchers = { stack, namespace: "~$namespace" };
  return {
    uid: stackUid(stack, "delivery"),
    title: `${stack} delivery`,
    description: `Releases of every service of stack ${stack}: what is in flight, how often, how fast and how well they end. Written by slipway metrics.`,
    tags: ["stack", stack],
    variables: [{ name: "namespace", label: "Namespace", query: `label_values(slipway_release_stage{stack="${stack}"}, namespace)`, several: true }],
    rows: [
      now(stack, matchers),
      { title: "In flight", panels: [candidates(matchers)] },
      fourKeys("slipway_stack_delivery", { stack }),
      { title: "By service", panels: [services(matchers)] },
      { title: "Over time", panels: [endedReleases(matchers), updates(stack)] },
    ],
    references: [{ title: "Dashboards", tags: ["slipway"], tooltip: "Every dashboard that Slipway delivers" }],
    from: "now-30d",
    refresh: "5m",
  };
}

function now(stack: string, matchers: Record<string, string>): Row {
  const stage = (name: string): string => `sum(${stackMetric("slipway_release_stage", { ...matchers, stage: name })})`;
  return {
    title: "Now",
    panels: [
      { kind: "stat", title: "Rollouts in flight", description: "Releases with a candidate, held ones included.", unit: "short", queries: [{ expression: stage("~rollout|held") }] },
      {
        kind: "stat", title: "Held", description: "Releases that wait for a decision.", unit: "short", queries: [{ expression: stage("held") }],
        base: "text", thresholds: [{ from: 1, colour: "yellow" }],
      },
      freshness({ stack }),
      {
        kind: "stat", title: "Last update", description: "Since an update of the stack last ended.", unit: "s",
        queries: [{ expression: `time() - ${stackMetric("slipway_stack_last_update_timestamp_seconds", { stack })}` }],
      },
    ],
  };
}

/** Both columns have the labels of the candidate's series, so that each candidate is one line. */
function candidates(matchers: Record<string, string>): Panel {
  const labels = `${BY_SERVICE}, revision`;
  return {
    kind: "table", title: "Candidates", description: "Each release in flight with the share of its requests that the record gives to the candidate, and its age.", unit: "short", width: 24, height: 6,
    queries: [
      { expression: `max by (${labels}) (${stackMetric("slipway_release_weight_ratio", { ...matchers, role: "candidate" })})`, legend: "Weight" },
      { expression: `time() - max by (${labels}) (${stackMetric("slipway_release_candidate_start_timestamp_seconds", matchers)})`, legend: "Age" },
    ],
    labels: { namespace: "Namespace", service: "Service", revision: "Revision" },
    units: { Weight: "percentunit", Age: "s" },
    noValue: "no release is in flight",
  };
}

function services(matchers: Record<string, string>): Panel {
  const of = (name: StackMetricName): string => `max by (${BY_SERVICE}) (${stackMetric(name, matchers)})`;
  return {
    kind: "table", title: "Services", description: "The four keys of each service over 30 days, and since when it has had no release that reached all traffic, and no rejection.", unit: "short", width: 24,
    queries: [
      { expression: of("slipway_delivery_deployments"), legend: "Deployments" },
      { expression: of("slipway_delivery_lead_time_seconds"), legend: "Lead time" },
      { expression: of("slipway_delivery_change_failure_ratio"), legend: "Change failures" },
      { expression: of("slipway_delivery_restore_time_seconds"), legend: "Time to restore" },
      { expression: `time() - ${of("slipway_release_last_success_timestamp_seconds")}`, legend: "Last success" },
      { expression: `time() - ${of("slipway_release_last_rejection_timestamp_seconds")}`, legend: "Last rejection" },
    ],
    labels: { namespace: "Namespace", service: "Service" },
    units: { "Lead time": "s", "Change failures": "percentunit", "Time to restore": "s", "Last success": "s", "Last rejection": "s" },
    noValue: "no release is known",
  };
}

function updates(stack: string): Panel {
  return {
    kind: "time series", title: "Updates, a day", description: "Updates of the stack over the day before each point, by result.", unit: "short",
    queries: [{ expression: `sum by (result) (increase(${stackMetric("slipway_stack_updates_total", { stack })}[1d]))`, legend: "{{result}}" }],
  };
}
