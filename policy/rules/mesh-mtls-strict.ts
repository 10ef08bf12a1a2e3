import type { Complaint, Resource, StackPolicy } from "../types.ts";
import { at, fields, isUnknown } from "../values.ts";
import { kindOf, namespaceOf, podsOf, selects } from "../workloads.ts";

const ROOT = "istio-system";

export const meshMtlsStrict: StackPolicy = {
  name: "mesh-mtls-strict",
  about: "stack",
  severity: "mandatory",
  description: "Pods of the mesh accept nothing but mutual TLS, and nobody calls them without",
  reason: "With PERMISSIVE anybody who reaches the pod's address calls it, whatever the policies for callers say",
  judge(resource, _settings, stack) {
    switch (kindOf(resource)) {
      case "PeerAuthentication": return modes(at(resource.properties, "spec"));
      case "DestinationRule": return plain(at(resource.properties, "spec", "trafficPolicy", "tls", "mode"));
      case "Deployment":
      case "StatefulSet":
      case "DaemonSet": return uncovered(resource, stack);
      default: return [];
    }
  },
};

function modes(specification: unknown): Complaint[] {
  const ports = Object.entries(fields(at(specification, "portLevelMtls"))).map(([port, value]) => [`spec.portLevelMtls.${port}.mode`, at(value, "mode")] as const);
  return [["spec.mtls.mode", at(specification, "mtls", "mode")] as const, ...ports].flatMap(([path, mode]): Complaint[] => (
    mode === "STRICT" || isUnknown(mode) ? [] : [{ path, wrong: "accepts calls without mutual TLS", got: mode, todo: "set it to STRICT" }]
  ));
}

function plain(mode: unknown): Complaint[] {
  if (mode !== "DISABLE" && mode !== "SIMPLE") return [];
  return [{ path: "spec.trafficPolicy.tls.mode", wrong: "calls without the mesh's own identity", got: mode, todo: "set it to ISTIO_MUTUAL, or leave it out" }];
}

function uncovered(resource: Resource, stack: readonly Resource[]): Complaint[] {
  const labels = podsOf(resource)?.labels;
  if (labels === undefined) return [];
  const covered = stack.some((other) => {
    if (kindOf(other) !== "PeerAuthentication") return false;
    const selector = at(other.properties, "spec", "selector");
    const namespace = namespaceOf(other);
    return (namespace === namespaceOf(resource) && selects(selector, labels)) || (namespace === ROOT && selector === undefined);
  });
  return covered ? [] : [{ path: "spec.template.metadata.labels", wrong: "are selected by no PeerAuthentication", todo: "declare one with mode STRICT for its pods or its namespace" }];
}
