import type { Subject } from "./queries.ts";

/** CPU used, as a share of what each pod requested; above 1 it lives on what others leave. */
export function cpuUse(subject: Subject): string {
  const used = `sum by (pod) (rate(container_cpu_usage_seconds_total{${container(subject)}}[${subject.window}]))`;
  return `${used} / sum by (pod) (kube_pod_container_resource_requests{${container(subject)},resource="cpu"})`;
}

/** Memory used, as a share of each pod's limit; at 1 the kernel kills it. */
export function memoryUse(subject: Subject): string {
  const used = `sum by (pod) (container_memory_working_set_bytes{${container(subject)}})`;
  return `${used} / sum by (pod) (kube_pod_container_resource_limits{${container(subject)},resource="memory"})`;
}

/** Pods that are ready. */
export function readyPods(subject: Subject): string {
  return `sum(kube_pod_container_status_ready{${container(subject)}})`;
}

/** Restarts within the window, by pod; only those that restarted at all. */
export function restarts(subject: Subject): string {
  return `sum by (pod) (increase(kube_pod_container_status_restarts_total{${container(subject)}}[${subject.window}])) > 0`;
}

/** Pods by the image that they run: the versions that are really there. */
export function runningImages(subject: Subject): string {
  return `count by (image_spec) (kube_pod_container_info{${container(subject)}})`;
}

/** A service's container has the service's name, which no prefix of another service can be mistaken for. */
function container({ namespace, service }: Subject): string {
  return `namespace="${namespace}",container="${service}"`;
}
