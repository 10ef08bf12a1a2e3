import { share } from "../alert.ts";
import { connectionRate, failureRate, failureRatio, latency, requestRate, revisionsSeen, sentRate, trafficShare } from "../queries.ts";
import type { Subject } from "../queries.ts";
import { cpuUse, memoryUse, readyPods, restarts, runningImages } from "../saturation.ts";
import type { ServiceLevel } from "../service-level.ts";
import { speaks } from "../speaks.ts";
import { autoscaler, cpuThrottled } from "../workload-queries.ts";
import type { DashboardDescription } from "./document.ts";
import { firingTable } from "./firing.ts";
import { releaseMarks } from "./marks.ts";
import { now } from "./overview-now.ts";
import type { Panel, Row, Threshold } from "./panel-kinds.ts";
import { serviceReferences } from "./references.ts";
import { dashboardUid } from "./uid.ts";

const WINDOW = "$__rate_interval";
const BY_REVISION = "{{destination_version}}";
const BY_POD = "{{pod}}";
const WHOLE: readonly Threshold[] = [{ from: 1, colour: "red" }];

/** How a service does: requests, versions and saturation. It names no revision, so a release does not change it. */
export function overview(level: ServiceLevel): DashboardDescription {
  const { namespace, service } = level;
  const uid = dashboardUid(namespace, service);
  return {
    uid,
    title: `${service} overview`,
    description: `Requests, versions and saturation of ${service} in ${namespace}, by revision.`,
    tags: [namespace, service],
    variables: [{ name: "revision", label: "Revision", query: revisionsSeen(level, speaks(level)), several: true }],
    rows: overviewRows(level),
    references: serviceReferences(level, uid),
    annotations: releaseMarks(level),
  };
}

/** Requests where the service speaks HTTP or gRPC, connections where it speaks TCP. */
function overviewRows(level: ServiceLevel): Row[] {
  const { namespace, service } = level;
  const subject: Subject = { service, namespace, window: WINDOW, revisions: "$revision" };
  const { http, tcp } = speaks(level);
  return [
    now(level),
    ...(http ? [requests(subject, level)] : []),
    ...(tcp ? [connections(subject)] : []),
    versions(subject, http),
    saturation(subject),
    pods(subject, level),
    { title: "Alerts", panels: [firingTable(level)] },
  ];
}

function requests(subject: Subject, { limits: { errorPercent, p95Milliseconds } }: ServiceLevel): Row {
  return {
    title: "Requests, by revision",
    panels: [
      { kind: "time series", title: "Rate", description: "Requests a second that each revision answered.", unit: "reqps", queries: [{ expression: requestRate(subject), legend: BY_REVISION }] },
      {
        kind: "time series", title: "Failures", description: "Share of the requests that failed: HTTP 5xx, or a gRPC status that is the server's fault. Empty means no metrics, not no failures.",
        unit: "percentunit", queries: [{ expression: failureRatio(subject), legend: BY_REVISION }], thresholds: [{ from: share(errorPercent), colour: "red" }],
      },
      {
        kind: "time series", title: "Duration", description: "The time within which half, 95 % and 99 % of the requests are answered.", unit: "ms",
        queries: [0.5, 0.95, 0.99].map((quantile) => ({ expression: latency(subject, quantile), legend: `p${Math.round(quantile * 100)} ${BY_REVISION}` })),
        thresholds: [{ from: p95Milliseconds, colour: "red" }],
      },
    ],
  };
}

function connections(subject: Subject): Row {
  return {
    title: "Connections, by revision",
    panels: [
      { kind: "time series", title: "Opened", description: "Connections opened a second on the ports that speak plain TCP.", unit: "cps", queries: [{ expression: connectionRate(subject), legend: BY_REVISION }] },
      { kind: "time series", title: "Sent", description: "Bytes a second sent on the ports that speak plain TCP.", unit: "Bps", queries: [{ expression: sentRate(subject), legend: BY_REVISION }] },
    ],
  };
}

function versions(subject: Subject, http: boolean): Row {
  const split: Panel = { kind: "time series", title: "Share of the traffic", description: "The split as the requests meet it; compare it with the weights of the release.", unit: "percentunit", queries: [{ expression: trafficShare(subject), legend: BY_REVISION }], stacked: true, max: 1 };
  const images: Panel = { kind: "time series", title: "Pods by image", description: "The images that run, whatever was asked for.", unit: "short", queries: [{ expression: runningImages(subject), legend: "{{image_spec}}" }], stacked: true };
  const failures: Panel = {
    kind: "time series", title: "Failures, by status", description: "HTTP status, and gRPC status where there is one. Empty where nothing fails.", unit: "reqps",
    queries: [{ expression: failureRate({ ...subject, by: "status" }), legend: "{{response_code}} {{grpc_response_status}}" }],
  };
  return { title: "Versions", panels: http ? [split, images, failures] : [images] };
}

function saturation(subject: Subject): Row {
  return {
    title: "Saturation, by pod",
    panels: [
      { kind: "time series", title: "CPU of the request", description: "Above 100 % the pod lives on what its neighbours leave.", unit: "percentunit", queries: [{ expression: cpuUse(subject), legend: BY_POD }], thresholds: WHOLE },
      { kind: "time series", title: "Memory of the limit", description: "At 100 % the kernel kills the container.", unit: "percentunit", queries: [{ expression: memoryUse(subject), legend: BY_POD }], thresholds: WHOLE },
      {
        kind: "time series", title: "Held back by the CPU limit", description: "Share of the scheduler's periods in which the pod had to wait; above 25 % it answers late.", unit: "percentunit",
        queries: [{ expression: cpuThrottled(subject, WINDOW), legend: BY_POD }], thresholds: [{ from: 0.25, colour: "red" }],
      },
    ],
  };
}

function pods(subject: Subject, level: ServiceLevel): Row {
  const ready: Panel = {
    kind: "time series", title: "Pods", description: "Pods that are ready, and restarts in an hour.", unit: "short",
    queries: [{ expression: readyPods(subject), legend: "ready" }, { expression: restarts({ ...subject, window: "1h" }), legend: `restarts of ${BY_POD}` }],
  };
  const scaling: Panel = {
    kind: "time series", title: "Autoscalers", description: "Pods that each revision's autoscaler has, and those that it may have.", unit: "short",
    queries: [
      { expression: autoscaler(level, "status_current_replicas"), legend: "{{horizontalpodautoscaler}}" },
      { expression: autoscaler(level, "spec_max_replicas"), legend: "most of {{horizontalpodautoscaler}}" },
    ],
  };
  return { title: "Pods", panels: level.maxReplicas === undefined ? [ready] : [ready, scaling] };
}
