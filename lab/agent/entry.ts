import type { KubernetesObject } from "../api.ts";
import type { Pod } from "./pod.ts";

/** Where a ready pod answers, as istiod reads it: on loopback, each port of the container at the one that its process got. */
export function workloadEntry(pod: Pod, ports: Readonly<Record<string, number>>): KubernetesObject & { spec: object } {
  const { name, namespace, uid } = pod.metadata;
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "WorkloadEntry",
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      labels: pod.metadata.labels ?? {},
      // Whatever becomes of the agent, the entry goes with its pod.
      ...(uid !== undefined && { ownerReferences: [{ apiVersion: "v1", kind: "Pod", name, uid }] }),
    },
    spec: { address: "127.0.0.1", labels: pod.metadata.labels ?? {}, ports, ...(pod.spec.serviceAccountName && { serviceAccount: pod.spec.serviceAccountName }) },
  };
}
