/** What a namespace as a whole has, asks for and uses. `resource` is Kubernetes' name of it. */

/** Resources whose amounts are bytes. */
const BYTES = ".*(memory|storage)";

/** Of each resource, what the namespace's quota allows or what counts towards it; of bytes alone, or of what is counted. */
export function quota(namespace: string, type: "hard" | "used", only?: "bytes" | "counts"): string {
  const resources = only === undefined ? "" : `,resource${only === "bytes" ? "=~" : "!~"}"${BYTES}"`;
  return `max by (resource) (kube_resourcequota{namespace="${namespace}",type="${type}"${resources}})`;
}

/** Share of the quota, 0 – 1, that is used up. */
export function quotaShare(namespace: string, only?: "bytes" | "counts"): string {
  return `${quota(namespace, "used", only)} / (${quota(namespace, "hard", only)} > 0)`;
}

/** What one resource may use up. */
export function quotaOf(namespace: string, resource: string): string {
  return `max(kube_resourcequota{namespace="${namespace}",type="hard",resource="${resource}"})`;
}

/** Cores or bytes that all containers ask for (requests) or may take (limits). */
export function asked(namespace: string, what: "requests" | "limits", resource: "cpu" | "memory"): string {
  return `sum(kube_pod_container_resource_${what}{namespace="${namespace}",resource="${resource}"})`;
}

/** Cores in use, by container. */
export function cpuInUse(namespace: string, window: string): string {
  return `sum by (container) (rate(container_cpu_usage_seconds_total{${containers(namespace)}}[${window}]))`;
}

/** Bytes in use, by container. */
export function memoryInUse(namespace: string): string {
  return `sum by (container) (container_memory_working_set_bytes{${containers(namespace)}})`;
}

/** Pods by phase. */
export function podsByPhase(namespace: string): string {
  return `sum by (phase) (kube_pod_status_phase{namespace="${namespace}"}) > 0`;
}

/** Containers that are ready, by name. */
export function readyByContainer(namespace: string): string {
  return `sum by (container) (kube_pod_container_status_ready{namespace="${namespace}"})`;
}

/** Pods of each autoscaler as a share of those that it may have; one that has no choice is left out. */
export function autoscalerShare(namespace: string): string {
  const by = (metric: string): string => `max by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_${metric}{namespace="${namespace}"})`;
  return `${by("status_current_replicas")} / ${by("spec_max_replicas")} and on (horizontalpodautoscaler) ${by("spec_max_replicas")} > ${by("spec_min_replicas")}`;
}

/** Share of the scheduler's periods, 0 – 1, in which containers were held back by their CPU limit, by container. */
export function throttledByContainer(namespace: string, window: string): string {
  const periods = (metric: string): string => `sum by (container) (increase(container_cpu_cfs_${metric}_total{${containers(namespace)}}[${window}]))`;
  return `${periods("throttled_periods")} / (${periods("periods")} > 0)`;
}

/** Restarts within the window, by container; only of those that restarted at all. */
export function restartsByContainer(namespace: string, window: string): string {
  return `sum by (container) (increase(kube_pod_container_status_restarts_total{namespace="${namespace}"}[${window}])) > 0`;
}

/** Without the sums that cAdvisor adds for a pod as a whole, and without the container that only holds its network. */
function containers(namespace: string): string {
  return `namespace="${namespace}",container!="",container!="POD"`;
}
