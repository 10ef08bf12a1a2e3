import type { ContainerLimits, Mesh, NamespaceSettings, PodSecurity, Quota } from "./namespace-settings.ts";

/** The labels that guard a namespace. Warnings and the audit log hold every level to `restricted`. */
export function namespaceLabels({ labels, mesh, podSecurity }: NamespaceSettings): Record<string, string> {
  return {
    ...labels,
    "app.kubernetes.io/managed-by": "slipway",
    ...podSecurityLabels(podSecurity),
    ...meshLabels(mesh),
  };
}

/** The `hard` part of a ResourceQuota, or undefined where the settings say why there is none. */
export function quotaHard(quota: Quota): Record<string, string> | undefined {
  if ("unlimited" in quota) return undefined;
  return {
    "requests.cpu": quota.requests.cpu,
    "requests.memory": quota.requests.memory,
    "limits.memory": quota.limits.memory,
    pods: String(quota.pods),
  };
}

/** The one entry of a LimitRange. */
export function containerLimit({ defaults, max }: ContainerLimits): {
  type: "Container";
  defaultRequest: Record<string, string>;
  default: Record<string, string>;
  max?: Record<string, string>;
} {
  return { type: "Container", defaultRequest: defaults.requests, default: defaults.limits, ...(max && { max }) };
}

function podSecurityLabels({ level }: PodSecurity): Record<string, string> {
  return {
    "pod-security.kubernetes.io/enforce": level,
    "pod-security.kubernetes.io/enforce-version": "latest",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
}

function meshLabels(mesh: Mesh): Record<string, string> {
  if (mesh.kind === "none") return { "istio-injection": "disabled" };
  return mesh.revision === undefined ? { "istio-injection": "enabled" } : { "istio.io/rev": mesh.revision };
}
