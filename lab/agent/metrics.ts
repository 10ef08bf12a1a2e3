import { mainContainer } from "./pod.ts";
import type { Pod } from "./pod.ts";
import type { Health } from "./pod-status.ts";

/** What kube-state-metrics would say of the pods, in Prometheus' text format. */
export function metrics(pods: readonly { pod: Pod; health: Health }[]): string {
  const series = (name: string, kind: "counter" | "gauge", of: (health: Health) => number) => [
    `# TYPE ${name} ${kind}`,
    ...pods.map(({ health, pod }) => `${name}{namespace="${pod.metadata.namespace ?? ""}",pod="${pod.metadata.name}",container="${mainContainer(pod).name}"} ${of(health)}`),
  ];
  return `${[
    ...series("kube_pod_container_status_restarts_total", "counter", ({ restarts }) => restarts),
    ...series("kube_pod_container_status_ready", "gauge", ({ ready }) => Number(ready)),
  ].join("\n")}\n`;
}
