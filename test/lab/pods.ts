import type { Pod } from "../../lab/agent/pod.ts";

/** A pod of a revision, as the ReplicaSet controller makes it. */
export function pod(name: string, change: { owner?: string; deleted?: boolean; container?: Partial<Pod["spec"]["containers"][0]> } = {}): Pod {
  const { container, deleted, owner } = change;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name, namespace: "shop", uid: `uid-${name}`, creationTimestamp: "2026-01-01T00:00:00Z", labels: { app: "shop", version: "v1" },
      ...(owner !== undefined && { ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: owner, uid: owner, controller: true }] }),
      ...(deleted && { deletionTimestamp: "2026-01-01T00:01:00Z" }),
    },
    spec: { serviceAccountName: "shop", containers: [{ name: "shop", image: "ghcr.io/acme/shop@sha256:aa", ports: [{ name: "http", containerPort: 8080 }], ...container }] },
  };
}
