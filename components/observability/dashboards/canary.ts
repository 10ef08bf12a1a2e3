import { share } from "../alert.ts";
import { answeredShare, excess, otherRevisions, stableRevision } from "../comparison-queries.ts";
import { indicators } from "../indicators.ts";
import { recorded } from "../recorded.ts";
import type { RecordedMetric } from "../recorded.ts";
import type { ServiceLevel } from "../service-level.ts";
import { speaks } from "../speaks.ts";
import { CANDIDATE, connections, STABLE, traffic } from "./canary-traffic.ts";
import type { DashboardDescription } from "./document.ts";
import { releaseMarks } from "./marks.ts";
import type { Panel, Query, Row, Threshold } from "./panel-kinds.ts";
import { serviceReferences } from "./references.ts";
import { dashboardUid } from "./uid.ts";

/** By how much a candidate may be worse than the stable revision, as a share: the gate's limit. */
const REGRESSION = 0.15;
const REVISION_LABEL = '/revision="([^"]+)"/';

/** The candidate beside the stable revision, against what the gate of a rollout allows. */
export function canary(level: ServiceLevel): DashboardDescription {
  const { namespace, service } = level;
  const uid = dashboardUid(namespace, service, "canary");
  const { http, tcp } = speaks(level);
  return {
    uid,
    title: `${service} canary`,
    description: `The candidate of ${service} in ${namespace} beside the stable revision, with the limits that its rollout has to keep. Without a candidate in the time range its panels have no data.`,
    tags: [namespace, service],
    variables: [
      { name: "candidate", label: "Candidate", query: `query_result(${otherRevisions(level)})`, pattern: REVISION_LABEL },
      { name: "stable", label: "Stable", query: `query_result(${stableRevision(level)})`, pattern: REVISION_LABEL },
    ],
    rows: [...(http ? [now(level), enough(level), indicatorsOverTime(level), latencies(level)] : []), traffic(level, http), ...(tcp ? [connections(level)] : [])],
    references: serviceReferences(level, uid),
    annotations: releaseMarks(level),
  };
}

/** The same of both revisions, by a recorded series. */
function both(level: ServiceLevel, metric: RecordedMetric): Query[] {
  return [
    { expression: recorded(level, metric, { revision: CANDIDATE }), legend: `candidate ${CANDIDATE}` },
    { expression: recorded(level, metric, { revision: STABLE }), legend: `stable ${STABLE}` },
  ];
}

function atMost(from: number): readonly Threshold[] {
  return [{ from, colour: "red" }];
}

function now(level: ServiceLevel): Row {
  const { limits: { errorPercent, p95Milliseconds, successPercent } } = level;
  return {
    title: "As it is now",
    panels: [
      { kind: "stat", title: "Share of the traffic", description: "What each revision answers; compare it with the weights of the release.", unit: "percentunit", queries: [{ expression: answeredShare(level, CANDIDATE), legend: "candidate" }, { expression: answeredShare(level, STABLE), legend: "stable" }] },
      { kind: "stat", title: "Error rate", description: `Failed share of the requests over 5 minutes; ${errorPercent} % at most.`, unit: "percentunit", queries: both(level, "slipway:error_ratio:rate5m"), thresholds: atMost(share(errorPercent)) },
      { kind: "stat", title: "p95", description: `19 of 20 requests are answered within this time, over 5 minutes; ${p95Milliseconds} ms at most.`, unit: "ms", queries: both(level, "slipway:latency_milliseconds:p95_rate5m"), thresholds: atMost(p95Milliseconds) },
      { kind: "stat", title: "Success rate", description: `Share of the requests that succeed, over 30 minutes; ${successPercent} % at least.`, unit: "percentunit", queries: both(level, "slipway:success_ratio:rate30m"), base: "red", thresholds: [{ from: share(successPercent), colour: "green" }] },
    ],
  };
}

function enough(level: ServiceLevel): Row {
  const { minimumRequests } = level;
  const soFar = indicators(level).requests({ window: "$__range", by: "service", revisions: CANDIDATE });
  const worse = (metric: RecordedMetric): Query[] => [{ expression: excess(level, metric, CANDIDATE, STABLE) }];
  return {
    title: "Enough to judge by, and worse than the stable revision by",
    panels: [
      { kind: "stat", title: "Requests so far", description: "Requests that the candidate answered within the time range.", unit: "short", queries: [{ expression: soFar }] },
      { kind: "stat", title: "Requests in 5 minutes", description: `Fewer than ${minimumRequests} say nothing: alerts stay silent, and the gate waits.`, unit: "short", queries: [{ expression: `${recorded(level, "slipway:requests:rate5m", { revision: CANDIDATE })} * 300` }], base: "orange", thresholds: [{ from: minimumRequests, colour: "green" }] },
      { kind: "stat", title: "Error rate, worse by", description: "How much higher the candidate's error rate is; 15 % at most. No data while the stable revision has no failure.", unit: "percentunit", queries: worse("slipway:error_ratio:rate5m"), thresholds: atMost(REGRESSION) },
      { kind: "stat", title: "p95, worse by", description: "How much longer the candidate's p95 is; 15 % at most.", unit: "percentunit", queries: worse("slipway:latency_milliseconds:p95_rate5m"), thresholds: atMost(REGRESSION) },
    ],
  };
}

function indicatorsOverTime(level: ServiceLevel): Row {
  const { limits: { errorPercent, successPercent } } = level;
  return {
    title: "Requests",
    panels: [
      { kind: "time series", title: "Rate", description: "Requests a second; the candidate's follow its weight.", unit: "reqps", queries: both(level, "slipway:requests:rate5m") },
      { kind: "time series", title: "Error rate, 5 minutes", description: "The line is the gate's limit; a candidate above it is taken back.", unit: "percentunit", queries: both(level, "slipway:error_ratio:rate5m"), thresholds: atMost(share(errorPercent)) },
      { kind: "time series", title: "Success rate, 30 minutes", description: "The line is the gate's limit; a candidate below it is taken back.", unit: "percentunit", queries: both(level, "slipway:success_ratio:rate30m"), base: "red", thresholds: [{ from: share(successPercent), colour: "green" }], max: 1 },
    ],
  };
}

function latencies(level: ServiceLevel): Row {
  const { limits: { p95Milliseconds } } = level;
  const panel = (title: string, of: string, metric: RecordedMetric): Panel => ({ kind: "time series", title, description: `${of} of the requests are answered within this time, over 5 minutes.`, unit: "ms", queries: both(level, metric) });
  return {
    title: "Duration",
    panels: [
      panel("p50", "Half", "slipway:latency_milliseconds:p50_rate5m"),
      { ...panel("p95 and its limit", "95 %", "slipway:latency_milliseconds:p95_rate5m"), thresholds: atMost(p95Milliseconds) },
      panel("p99", "99 %", "slipway:latency_milliseconds:p99_rate5m"),
    ],
  };
}
