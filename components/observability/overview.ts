import type { Graph, GraphRow, Limits } from "./graph.ts";
import { connectionRate, failureRatio, latency, requestRate, sentRate, trafficShare } from "./queries.ts";
import type { Subject } from "./queries.ts";
import { cpuUse, memoryUse, readyPods, restarts, runningImages } from "./saturation.ts";

const BY_REVISION = "{{destination_version}}";
const BY_POD = "{{pod}}";

/** What the overview of a service shows, row by row: requests where it speaks HTTP or gRPC, connections where it speaks TCP. */
export function overviewRows(subject: Subject, speaks: { http: boolean; tcp: boolean }, limits: Limits): GraphRow[] {
  return [
    ...(speaks.http ? [requests(subject, limits)] : []),
    ...(speaks.tcp ? [connections(subject)] : []),
    versions(subject, speaks),
    saturation(subject),
  ];
}

function requests(subject: Subject, limits: Limits): GraphRow {
  return {
    title: "Requests, by revision",
    graphs: [
      {
        title: "Rate",
        description: "Requests a second that each revision answered.",
        unit: "reqps",
        queries: [{ expression: requestRate(subject), legend: BY_REVISION }],
      },
      {
        title: "Failures",
        description: "Share of the requests that failed: HTTP 5xx, or a gRPC status that is the server's fault. Empty means no metrics, not no failures.",
        unit: "percentunit",
        queries: [{ expression: failureRatio(subject), legend: BY_REVISION }],
        limit: limits.failureRatio,
      },
      {
        title: "Duration",
        description: "The time within which half, 95 % and 99 % of the requests are answered.",
        unit: "ms",
        queries: [0.5, 0.95, 0.99].map((quantile) => ({
          expression: latency(subject, quantile),
          legend: `p${Math.round(quantile * 100)} ${BY_REVISION}`,
        })),
        limit: limits.p95Milliseconds,
      },
    ],
  };
}

function versions(subject: Subject, speaks: { http: boolean }): GraphRow {
  const share: Graph = {
    title: "Share of the traffic",
    description: "The split as the requests meet it; compare it with the weights of the release.",
    unit: "percentunit",
    queries: [{ expression: trafficShare(subject), legend: BY_REVISION }],
    stacked: true,
  };
  const images: Graph = {
    title: "Pods by image",
    description: "The images that run, whatever was asked for.",
    unit: "short",
    queries: [{ expression: runningImages(subject), legend: "{{image_spec}}" }],
    stacked: true,
  };
  return { title: "Versions", graphs: speaks.http ? [share, images] : [images] };
}

function connections(subject: Subject): GraphRow {
  return {
    title: "Connections, by revision",
    graphs: [
      {
        title: "Opened",
        description: "Connections opened a second on the ports that speak plain TCP.",
        unit: "cps",
        queries: [{ expression: connectionRate(subject), legend: BY_REVISION }],
      },
      {
        title: "Sent",
        description: "Bytes a second sent on the ports that speak plain TCP.",
        unit: "Bps",
        queries: [{ expression: sentRate(subject), legend: BY_REVISION }],
      },
    ],
  };
}

function saturation(subject: Subject): GraphRow {
  return {
    title: "Saturation, by pod",
    graphs: [
      {
        title: "CPU of the request",
        description: "Above 100 % the pod lives on what its neighbours leave.",
        unit: "percentunit",
        queries: [{ expression: cpuUse(subject), legend: BY_POD }],
        limit: 1,
      },
      {
        title: "Memory of the limit",
        description: "At 100 % the kernel kills the container.",
        unit: "percentunit",
        queries: [{ expression: memoryUse(subject), legend: BY_POD }],
        limit: 1,
      },
      {
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
