import type { ImageSettings } from "../images/image-settings.ts";
import type { RevisionSpecification } from "../kubernetes/specification.ts";
import type { TrafficSettings } from "../kubernetes/traffic-settings.ts";
import type { ObservabilitySettings } from "../observability/service-level.ts";
import type { Strategy } from "./release-types.ts";
import type { RolloutSettings } from "./rollout-settings.ts";

/** A repository of the owner that this stack declares, or one that another stack or nobody declares. */
export type RepositoryReference = string | { external: string };

/** One service as the configuration describes it: an image, how its pods run, how requests reach them, how a new revision takes over. */
export interface ServiceSettings extends RevisionSpecification {
  repository: RepositoryReference;
  /** A namespace that the stack declares. */
  namespace: string;
  image: ImageSettings;
  strategy: Strategy;
  traffic: TrafficSettings;
  observability: ObservabilitySettings;
  rollout: RolloutSettings;
}

/** The name of the service's repository. */
export function repositoryName({ repository }: Pick<ServiceSettings, "repository">): string {
  return typeof repository === "string" ? repository : repository.external;
}

/** The part of a service's settings that belongs to its revision: a change of it is a release. */
export function specificationOf(settings: ServiceSettings): RevisionSpecification {
  const { repository, namespace, image, strategy, traffic, observability, rollout, ...specification } = settings;
  const { metrics } = observability;
  // Absent where there are none: a key without a value would be another revision.
  return metrics === undefined ? specification : { ...specification, metrics: { port: metrics.port, path: metrics.path } };
}
