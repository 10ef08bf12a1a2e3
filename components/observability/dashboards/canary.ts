import { share } from "../alert.ts";
import { answeredShare, excess, otherRevisions, shareOfAllowedErrors, stableRevision } from "../comparison-queries.ts";
import { MINIMUM_SAMPLES, REGRESSION } from "../gate-limits.ts";
import { indicators } from "../indicators.ts";
import { recorded } from "../recorded.ts";
import type { RecordedMetric } from "../recorded.ts";
import type { ServiceLevel } from "../service-level.ts";
import { speaks } from "../speaks.ts";
import { CANDIDATE, connections, pods, STABLE, traffic } from "./canary-traffic.ts";
import type { DashboardDescription } from "./document.ts";
import { releaseMarks } from "./marks.ts";
import type { Panel, Query, Row, Threshold } from "./panel-kinds.ts";
import { serviceReferences } from "./references.ts";
import { dashboardUid } from "./uid.ts";

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
    rows: [...(http ? [now(level), enough(level), indicatorsOverTime(level), latencies(level)] : []), traffic(level, http), ...(tcp ? [connections(level)] : []), pods(level)],
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
  const longer = excess(level, "slipway:latency_milliseconds:p95_rate5m", CANDIDATE, STABLE);
  return {
    title: "Enough to judge by, and worse than the stable revision",
    panels: [
      { kind: "stat", title: "Requests so far", description: `Requests that the candidate answered within the time range; the gate wants ${MINIMUM_SAMPLES} at each weight.`, unit: "short", queries: [{ expression: soFar }], base: "orange", thresholds: [{ from: MINIMUM_SAMPLES, colour: "green" }] },
      { kind: "stat", title: "Requests in 5 minutes", description: `Below ${minimumRequests} the alerts say nothing.`, unit: "short", queries: [{ expression: `${recorded(level, "slipway:requests:rate5m", { revision: CANDIDATE })} * 300` }], base: "orange", thresholds: [{ from: minimumRequests, colour: "green" }] },
      {
        kind: "stat", title: "Error rate, of what is allowed", description: `100 % is the stable revision's error rate and ${REGRESSION.percent} % more, and ${REGRESSION.points} percentage points: the gate takes a candidate above it back, once it is sure.`, unit: "percentunit",
        queries: [{ expression: shareOfAllowedErrors(level, CANDIDATE, STABLE) }], thresholds: atMost(1),
      },
      { kind: "stat", title: "p95, longer by", description: `How much longer the candidate's p95 is than the stable revision's; ${REGRESSION.percent} % at most.`, unit: "percentunit", queries: [{ expression: longer }], thresholds: atMost(share(REGRESSION.percent)) },
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
      { kind: "time series", title: "Success rate, 30 minutes", description: "The line is the gate's limit; a candidate below it is taken back.", unit: "percentunit", queries: both(level, "slipway:success_ratio:rate30m"), base: "red", thresholds: [{ from: share(successPercent), colour: "green" }], max: 1, softMin: share(successPercent) },
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
