import type { ServiceLevel } from "./service-level.ts";

/** Whose pods. */
type Named = Pick<ServiceLevel, "namespace" | "service" | "controlled">;

type AutoscalerMetric = "status_current_replicas" | "spec_max_replicas" | "spec_min_replicas";

/** Pods whose container waits to be started again after it ended several times. */
export function crashLooping(named: Named): string {
  return `max by (pod) (max_over_time(kube_pod_container_status_waiting_reason{${container(named)},reason="CrashLoopBackOff"}[5m])) == 1`;
}

/** Pods that are not ready and not ended: what was evicted stays listed, and is no trouble. */
export function notReady(named: Named): string {
  const alive = `max by (pod) (kube_pod_status_phase{namespace="${named.namespace}",phase=~"Pending|Running|Unknown"}) == 1`;
  return `min by (pod) (kube_pod_container_status_ready{${container(named)}}) == 0\nand on (pod) ${alive}`;
}

/** 0 where the service has pods and none is ready. */
export function noneReady(named: Named): string {
  return `sum(kube_pod_container_status_ready{${container(named)}}) == 0`;
}

/** How many pods are ready, where at least one is. */
export function someReady(named: Named): string {
  return `sum(kube_pod_container_status_ready{${container(named)}}) > 0`;
}

/** 1 where Prometheus knows no pod of the service. */
export function noPods(named: Named): string {
  return `absent(kube_pod_container_status_ready{${container(named)}})`;
}

/** Deployments that made no progress within their deadline. */
export function rolloutStuck(named: Named): string {
  return `max by (deployment) (kube_deployment_status_condition{${ofRevisions(named, "deployment")},condition="Progressing",status="false"}) == 1`;
}

/** Pods of each autoscaler that has as many as it may; not of one that has no choice. */
export function autoscalerMaxed(named: Named): string {
  const by = (metric: AutoscalerMetric): string => autoscaler(named, metric);
  return `${by("status_current_replicas")} >= ${by("spec_max_replicas")}\nand on (horizontalpodautoscaler) ${by("spec_max_replicas")} > ${by("spec_min_replicas")}`;
}

/** Pods that each autoscaler has, may have, or has to have. */
export function autoscaler(named: Named, metric: AutoscalerMetric): string {
  return `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_${metric}{${ofRevisions(named, "horizontalpodautoscaler")}})`;
}

/** When each revision's Deployment was made, seconds since 1970. */
export function revisionsMade(named: Named): string {
  return `max by (deployment) (kube_deployment_created{${ofRevisions(named, "deployment")}})`;
}

/** Share of the scheduler's periods, 0 – 1, in which the pod was held back by its CPU limit. */
export function cpuThrottled(named: Named, window = "5m"): string {
  const periods = (metric: string): string => `sum by (pod) (increase(container_cpu_cfs_${metric}_total{${container(named)}}[${window}]))`;
  return `${periods("throttled_periods")} / (${periods("periods")} > 0)`;
}

/** Healthy pods of each budget that asks for more. */
export function disruptionBudgetBroken(named: Named): string {
  const by = (metric: string): string => `max by (poddisruptionbudget) (kube_poddisruptionbudget_status_${metric}{${ofRevisions(named, "poddisruptionbudget")}})`;
  return `${by("current_healthy")} < ${by("desired_healthy")}`;
}

/** Restarts of each pod whose container the kernel killed for its memory. */
export function outOfMemory(named: Named): string {
  const killed = `max by (pod) (kube_pod_container_status_last_terminated_reason{${container(named)},reason="OOMKilled"}) == 1`;
  return `sum by (pod) (increase(kube_pod_container_status_restarts_total{${container(named)}}[10m])) > 0\nand on (pod) ${killed}`;
}

/**
 * 0 for each pod whose own metrics cannot be read, 1 where no pod is known to read them from. The sidecar's agent answers for an
 * application that does not: then nothing is left of its answer.
 */
export function applicationMetricsDown({ namespace, service }: Named): string {
  const target = `{namespace="${namespace}",job="${service}"}`;
  const none = (metric: string): string => `min by (pod) (${metric}${target}) == 0`;
  return `${none("up")} or ${none("scrape_samples_post_metric_relabeling")} or absent(up${target})`;
}

/** Pods of one revision that are ready. */
export function readyOf(named: Named, revision: string): string {
  return `sum(kube_pod_container_status_ready{${ofRevision(named, revision)}})`;
}

/** Restarts of one revision's pods within the window. */
export function restartsOf(named: Named, revision: string, window: string): string {
  return `sum(increase(kube_pod_container_status_restarts_total{${ofRevision(named, revision)}}[${window}]))`;
}

/** Cores that one revision's pods use, as a share of what they request. */
export function cpuOf(named: Named, revision: string, window: string): string {
  const of = ofRevision(named, revision);
  return `sum(rate(container_cpu_usage_seconds_total{${of}}[${window}])) / sum(kube_pod_container_resource_requests{${of},resource="cpu"})`;
}

/** A pod's name begins with its Deployment's, `<service>-<id>`. */
function ofRevision(named: Named, revision: string): string {
  return `${container(named)},pod=~"${named.service}-${revision}-.+"`;
}

/** A service's container has the service's name, which no prefix of another service can be mistaken for. */
function container({ namespace, service }: Named): string {
  return `namespace="${namespace}",container="${service}"`;
}

/** Objects of the service's revisions, `<service>-<id>` or a controller's two, and not those of a service whose name begins alike. */
function ofRevisions({ namespace, service, controlled = false }: Named, label: string): string {
  return `namespace="${namespace}",${label}=~"${service}${controlled ? "(-primary)?" : "-r[0-9a-f]{10}"}"`;
}
