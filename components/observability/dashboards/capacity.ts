import { asked, autoscalerShare, cpuInUse, memoryInUse, podsByPhase, quota, quotaOf, quotaShare, readyByContainer, restartsByContainer, throttledByContainer } from "../capacity-queries.ts";
import type { DashboardDescription } from "./document.ts";
import type { Panel, Row } from "./panel-kinds.ts";
import { namespaceUid } from "./uid.ts";

const WINDOW = "$__rate_interval";
const BY_CONTAINER = "{{container}}";

/** What a namespace may take, asks for and uses. */
export function capacity(namespace: string): DashboardDescription {
  return {
    uid: namespaceUid(namespace, "capacity"),
    title: `${namespace} capacity`,
    description: `Quota, CPU, memory, pods and autoscalers of namespace ${namespace}.`,
    tags: [namespace],
    rows: [quotas(namespace), compute(namespace), pods(namespace), trouble(namespace)],
    references: [{ title: "Services", tags: ["slipway", namespace], tooltip: `Every dashboard of namespace ${namespace}` }],
    from: "now-24h",
    refresh: "1m",
  };
}

function quotas(namespace: string): Row {
  return {
    title: "Quota",
    panels: [
      amounts(namespace, "CPU and objects, used and allowed", "short", "counts"),
      amounts(namespace, "Memory, used and allowed", "bytes", "bytes"),
      {
        kind: "time series", title: "Share of the quota", description: "Above 80 % there is no room for a candidate beside the stable revision.", unit: "percentunit",
        queries: [{ expression: quotaShare(namespace), legend: "{{resource}}" }], thresholds: [{ from: 0.8, colour: "yellow" }, { from: 1, colour: "red" }],
      },
    ],
  };
}

function amounts(namespace: string, title: string, unit: "short" | "bytes", only: "counts" | "bytes"): Panel {
  return {
    kind: "table", title, description: "At 100 % the API server refuses new pods, and an autoscaler or a rollout stands still.", unit,
    queries: [{ expression: quota(namespace, "used", only), legend: "Used" }, { expression: quota(namespace, "hard", only), legend: "Allowed" }, { expression: quotaShare(namespace, only), legend: "Share" }],
    labels: { resource: "Resource" }, units: { Share: "percentunit" }, noValue: "no quota",
  };
}

function compute(namespace: string): Row {
  const sums = (resource: "cpu" | "memory"): Panel["queries"] => [
    { expression: asked(namespace, "requests", resource), legend: "requested" },
    { expression: asked(namespace, "limits", resource), legend: "limit" },
    { expression: quotaOf(namespace, `requests.${resource}`), legend: "quota of requests" },
  ];
  return {
    title: "CPU and memory",
    panels: [
      { kind: "time series", title: "CPU, asked for", description: "Cores that the scheduler keeps free, and those that containers may take at most.", unit: "short", queries: sums("cpu"), width: 12 },
      { kind: "time series", title: "CPU, in use", description: "Cores in use, by container; far below what is requested is money for nothing.", unit: "short", queries: [{ expression: cpuInUse(namespace, WINDOW), legend: BY_CONTAINER }], stacked: true, width: 12 },
      { kind: "time series", title: "Memory, asked for", description: "What the scheduler keeps free, and what containers may take before the kernel kills them.", unit: "bytes", queries: sums("memory"), width: 12 },
      { kind: "time series", title: "Memory, in use", description: "What containers hold now, by container.", unit: "bytes", queries: [{ expression: memoryInUse(namespace), legend: BY_CONTAINER }], stacked: true, width: 12 },
    ],
  };
}

function pods(namespace: string): Row {
  return {
    title: "Pods",
    panels: [
      { kind: "time series", title: "Pods by phase", description: "Pending for long: no node has room, or the image cannot be had.", unit: "short", queries: [{ expression: podsByPhase(namespace), legend: "{{phase}}" }], stacked: true },
      { kind: "time series", title: "Ready containers", description: "Containers that are ready, by name.", unit: "short", queries: [{ expression: readyByContainer(namespace), legend: BY_CONTAINER }] },
      {
        kind: "time series", title: "Autoscalers, of their most", description: "At 100 % an autoscaler may not add a pod.", unit: "percentunit", noValue: "no autoscaler has a choice",
        queries: [{ expression: autoscalerShare(namespace), legend: "{{horizontalpodautoscaler}}" }], thresholds: [{ from: 1, colour: "red" }],
      },
    ],
  };
}

function trouble(namespace: string): Row {
  return {
    title: "Trouble",
    panels: [
      {
        kind: "time series", title: "Held back by the CPU limit", description: "Share of the scheduler's periods in which containers had to wait; above 25 % they answer late.", unit: "percentunit",
        queries: [{ expression: throttledByContainer(namespace, WINDOW), legend: BY_CONTAINER }], thresholds: [{ from: 0.25, colour: "red" }],
      },
      { kind: "time series", title: "Restarts in an hour", description: "Restarts by container.", unit: "short", noValue: "nothing restarted", queries: [{ expression: restartsByContainer(namespace, "1h"), legend: BY_CONTAINER }] },
    ],
  };
}
