import { fields, list } from "../kubernetes/manifest.ts";
import type { Fields } from "../kubernetes/manifest.ts";

/** Why a live object is not ready yet; [] when it is. Only Deployments are waited for. */
export function notReady(live: Fields): string[] {
  if (live["kind"] !== "Deployment" || live["apiVersion"] !== "apps/v1") return [];
  const [metadata, spec, status] = [fields(live["metadata"]), fields(live["spec"]), fields(live["status"])];
  const wanted = count(spec["replicas"] ?? 1);
  const [updated, available, all] = [count(status["updatedReplicas"]), count(status["availableReplicas"]), count(status["replicas"])];
  // A status of the generation before says nothing of this one.
  const seen = count(status["observedGeneration"]) >= count(metadata["generation"]);
  if (seen && spec["paused"] === true) return [];
  if (seen && updated >= wanted && available >= wanted && all === updated) return [];
  const conditions = list(status["conditions"]).map(fields).filter(({ type, status: state }) => type === "ReplicaFailure" ? state === "True" : state === "False");
  return [
    `timed out waiting for Deployment ${JSON.stringify(metadata["name"])} to become ready: ${available} of ${wanted} pods are available, ${updated} are of this template`,
    ...conditions.map(({ message, reason }) => `[${String(reason)}] ${String(message)}`),
  ];
}

/** True where the object carries the annotation with the value "true". */
export function isOn(object: Fields, annotation: string): boolean {
  return fields(fields(object["metadata"])["annotations"])[annotation] === "true";
}

function count(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
