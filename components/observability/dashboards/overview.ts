import { share } from "../alert.ts";
import { connectionRate, failureRatio, latency, requestRate, revisionsSeen, sentRate, trafficShare } from "../queries.ts";
import type { Subject } from "../queries.ts";
import { cpuUse, memoryUse, readyPods, restarts, runningImages } from "../saturation.ts";
import type { LimitSettings, ServiceLevel } from "../service-level.ts";
import { speaks } from "../speaks.ts";
import type { DashboardDescription } from "./document.ts";
import type { Panel, Row } from "./panel-kinds.ts";
import { dashboardUid } from "./uid.ts";

const BY_REVISION = "{{destination_version}}";
const BY_POD = "{{pod}}";

/** How a service does: requests, versions and saturation. It names no revision, so a release does not change it. */
export function overview(level: ServiceLevel): DashboardDescription {
  const { namespace, service } = level;
  return {
    uid: dashboardUid(namespace, service),
    title: `${service} overview`,
    description: `Requests, versions and saturation of ${service} in ${namespace}, by revision.`,
    tags: [namespace, service],
    variables: [{ name: "revision", label: "Revision", query: revisionsSeen(level, speaks(level)), several: true }],
    rows: overviewRows(level),
  };
}

/** Requests where the service speaks HTTP or gRPC, connections where it speaks TCP. */
function overviewRows(level: ServiceLevel): Row[] {
  const { namespace, service } = level;
  const subject: Subject = { service, namespace, window: "$__rate_interval", revisions: "$revision" };
  const { http, tcp } = speaks(level);
  return [
    ...(http ? [requests(subject, level.limits)] : []),
    ...(tcp ? [connections(subject)] : []),
    versions(subject, http),
    saturation(subject),
  ];
}

function requests(subject: Subject, limits: LimitSettings): Row {
  return {
    title: "Requests, by revision",
    panels: [
      {
        kind: "time series",
        title: "Rate",
        description: "Requests a second that each revision answered.",
        unit: "reqps",
        queries: [{ expression: requestRate(subject), legend: BY_REVISION }],
      },
      {
        kind: "time series",
        title: "Failures",
        description: "Share of the requests that failed: HTTP 5xx, or a gRPC status that is the server's fault. Empty means no metrics, not no failures.",
        unit: "percentunit",
        queries: [{ expression: failureRatio(subject), legend: BY_REVISION }],
        thresholds: [{ from: share(limits.errorPercent), colour: "red" }],
      },
      {
        kind: "time series",
        title: "Duration",
        description: "The time within which half, 95 % and 99 % of the requests are answered.",
        unit: "ms",
        queries: [0.5, 0.95, 0.99].map((quantile) => ({
          expression: latency(subject, quantile),
          legend: `p${Math.round(quantile * 100)} ${BY_REVISION}`,
        })),
        thresholds: [{ from: limits.p95Milliseconds, colour: "red" }],
      },
    ],
  };
}

function versions(subject: Subject, http: boolean): Row {
  const split: Panel = {
    kind: "time series",
    title: "Share of the traffic",
    description: "The split as the requests meet it; compare it with the weights of the release.",
    unit: "percentunit",
    queries: [{ expression: trafficShare(subject), legend: BY_REVISION }],
    stacked: true,
  };
  const images: Panel = {
    kind: "time series",
    title: "Pods by image",
    description: "The images that run, whatever was asked for.",
    unit: "short",
    queries: [{ expression: runningImages(subject), legend: "{{image_spec}}" }],
    stacked: true,
  };
  return { title: "Versions", panels: http ? [split, images] : [images] };
}

function connections(subject: Subject): Row {
  return {
    title: "Connections, by revision",
    panels: [
      {
        kind: "time series",
        title: "Opened",
        description: "Connections opened a second on the ports that speak plain TCP.",
        unit: "cps",
        queries: [{ expression: connectionRate(subject), legend: BY_REVISION }],
      },
      {
        kind: "time series",
        title: "Sent",
        description: "Bytes a second sent on the ports that speak plain TCP.",
        unit: "Bps",
        queries: [{ expression: sentRate(subject), legend: BY_REVISION }],
      },
    ],
  };
}

function saturation(subject: Subject): Row {
  return {
    title: "Saturation, by pod",
    panels: [
      {
        kind: "time series",
        title: "CPU of the request",
        description: "Above 100 % the pod lives on what its neighbours leave.",
        unit: "percentunit",
        queries: [{ expression: cpuUse(subject), legend: BY_POD }],
        thresholds: [{ from: 1, colour: "red" }],
      },
      {
        kind: "time series",
        title: "Memory of the limit",
        description: "At 100 % the kernel kills the container.",
        unit: "percentunit",
        queries: [{ expression: memoryUse(subject), legend: BY_POD }],
        thresholds: [{ from: 1, colour: "red" }],
      },
      {
        kind: "time series",
        title: "Pods",
        description: "Pods that are ready, and restarts.",
        unit: "short",
        queries: [
          { expression: readyPods(subject), legend: "ready" },
          { expression: restarts(subject), legend: `restarts of ${BY_POD}` },
        ],
      },
    ],
  };
}
