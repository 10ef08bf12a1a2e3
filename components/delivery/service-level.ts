import { LATENCY_BOUNDS_MS } from "../kubernetes/mesh-annotations.ts";
import type { ServiceLevel } from "../observability/service-level.ts";
import { controllerOf } from "./engine-settings.ts";
import type { ServiceSettings } from "./service-settings.ts";

/** Bounds of the mesh's latency histogram, for those who know no pods. */
export { LATENCY_BOUNDS_MS as MESH_BOUNDS };

/** Everything from which the service is watched: what it promises, and what its settings say of its pods. */
export function serviceLevel(service: string, { namespace, ports, scaling, observability, rollout }: ServiceSettings): ServiceLevel {
  return {
    ...observability,
    service,
    namespace,
    protocols: ports.map(({ protocol }) => protocol),
    ...(scaling.kind === "auto" && { maxReplicas: scaling.max }),
    ...(controllerOf(rollout) && { controlled: true }),
    bounds: LATENCY_BOUNDS_MS,
  };
}
