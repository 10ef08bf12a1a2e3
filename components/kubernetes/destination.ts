import type { ConsistentHash, DestinationRuleSpec, TrafficPolicy } from "./istio.ts";
import { revisionSelector } from "./labels.ts";
import type { TrafficSettings } from "./traffic-settings.ts";

/** The name by which every workload of the cluster calls the service. */
export function clusterHost(service: string, namespace: string): string {
  return `${service}.${namespace}.svc.cluster.local`;
}

/** How every revision is called, or undefined where the mesh's own way is wanted. */
export function trafficPolicy({ affinity, outlierDetection }: TrafficSettings): TrafficPolicy | undefined {
  if (affinity.kind !== "pod" && outlierDetection === undefined) return undefined;
  return {
    ...(affinity.kind === "pod" && { loadBalancer: { consistentHash: consistentHash(affinity.by) } }),
    ...(outlierDetection && {
      outlierDetection: {
        consecutive5xxErrors: outlierDetection.consecutiveErrors,
        interval: `${outlierDetection.intervalSeconds}s`,
        baseEjectionTime: `${outlierDetection.ejectionSeconds}s`,
        maxEjectionPercent: outlierDetection.maxEjectionPercent,
      },
    }),
  };
}

/**
 * The subset of one revision, as a rule of its own: Istio merges rules of one host, so that a subset is there before a route names it
 * and goes after no route does, which one shared rule could not do within one update.
 */
export function subsetRule(service: string, host: string, id: string): DestinationRuleSpec {
  return { host, subsets: [{ name: id, labels: revisionSelector(service, id) }] };
}

function consistentHash(by: Extract<TrafficSettings["affinity"], { kind: "pod" }>["by"]): ConsistentHash {
  if ("cookie" in by) return { httpCookie: { name: by.cookie, ttl: `${by.ttlSeconds}s` } };
  if ("header" in by) return { httpHeaderName: by.header };
  return { useSourceIp: by.sourceIp };
}
