import type { Disruption, Scaling } from "./specification.ts";

/** Spec of an autoscaling/v2 HorizontalPodAutoscaler. */
export interface AutoscalerSpec {
  scaleTargetRef: { apiVersion: "apps/v1"; kind: "Deployment"; name: string };
  minReplicas: number;
  maxReplicas: number;
  metrics: { type: "Resource"; resource: { name: "cpu"; target: { type: "Utilization"; averageUtilization: number } } }[];
  behavior: { scaleDown: { stabilizationWindowSeconds: number } };
}

/** The autoscaler of a Deployment, or undefined where the number of pods is fixed. */
export function autoscaler(deployment: string, scaling: Scaling): AutoscalerSpec | undefined {
  if (scaling.kind === "fixed") return undefined;
  const target = { type: "Utilization" as const, averageUtilization: scaling.cpuPercent };
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
    minReplicas: scaling.min,
    maxReplicas: scaling.max,
    metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
  };
}

/** The half of a PodDisruptionBudget that says how much may go. */
export function budget(disruption: Disruption): { maxUnavailable: number | string } | { minAvailable: number | string } {
  switch (disruption.kind) {
    case "max-unavailable":
      return { maxUnavailable: disruption.pods };
    case "min-available":
      return { minAvailable: disruption.pods };
    default:
      return disruption satisfies never;
  }
}
