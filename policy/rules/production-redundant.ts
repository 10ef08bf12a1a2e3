import type { Complaint, PolicySettings, Resource, StackPolicy } from "../types.ts";
import { at, isUnknown } from "../values.ts";
import { kindOf, namespaceOf, objectName, podsOf, selects } from "../workloads.ts";

const LEAST = 2;

export const productionRedundant: StackPolicy = {
  name: "production-redundant",
  about: "stack",
  severity: "mandatory",
  description: "In production at least two pods of a workload run, and a PodDisruptionBudget keeps one of them",
  reason: "A node that is drained or lost takes the only pod with it",
  judge(resource, { production }, stack) {
    const kind = kindOf(resource);
    if ((kind !== "Deployment" && kind !== "StatefulSet") || !isProduction(namespaceOf(resource), production)) return [];
    const neighbours = stack.filter((other) => namespaceOf(other) === namespaceOf(resource));
    return [...replicas(resource, kind, neighbours), ...budget(resource, neighbours)];
  },
};

function isProduction(namespace: string, { namespaces }: PolicySettings["production"]): boolean {
  return namespaces === undefined || namespaces.includes(namespace);
}

function replicas(resource: Resource, kind: string, neighbours: readonly Resource[]): Complaint[] {
  const scaler = neighbours.find((other) => (
    kindOf(other) === "HorizontalPodAutoscaler" && at(other.properties, "spec", "scaleTargetRef", "kind") === kind && at(other.properties, "spec", "scaleTargetRef", "name") === objectName(resource)
  ));
  const [path, given] = scaler === undefined
    ? ["spec.replicas", at(resource.properties, "spec", "replicas")]
    : [`spec.minReplicas of ${scaler.name}`, at(scaler.properties, "spec", "minReplicas")];
  const least = given ?? 1;
  // None at all is a workload that was put away, which no budget could keep.
  if (isUnknown(least) || least === 0 || (typeof least === "number" && least >= LEAST)) return [];
  return [{ path, wrong: "leaves nothing when one pod is lost", got: least, todo: `set it to ${LEAST} or more` }];
}

function budget(resource: Resource, neighbours: readonly Resource[]): Complaint[] {
  const labels = podsOf(resource)?.labels;
  if (labels === undefined) return [];
  const budgets = neighbours.filter((other) => kindOf(other) === "PodDisruptionBudget" && selects(at(other.properties, "spec", "selector"), labels));
  if (budgets.some(({ properties }) => keepsSome(at(properties, "spec")))) return [];
  const todo = "declare a PodDisruptionBudget for its pods with maxUnavailable 1 or 25%";
  if (budgets.length === 0) return [{ path: "spec.template.metadata.labels", wrong: "are selected by no PodDisruptionBudget", todo }];
  return [{ path: `spec of ${budgets.map(({ name }) => name).join(", ")}`, wrong: "lets all pods be taken at once", todo }];
}

function keepsSome(specification: unknown): boolean {
  const most = at(specification, "maxUnavailable");
  const least = at(specification, "minAvailable");
  return most === undefined ? least !== undefined && least !== 0 && least !== "0%" : most !== "100%";
}
