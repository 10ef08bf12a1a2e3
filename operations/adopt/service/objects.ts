import { find } from "../namespace/objects.ts";
import type { LiveNamespace, LiveObject } from "../namespace/objects.ts";

/** The label that tells one revision's objects from another's; only the program writes it. */
const REVISION = "slipway.dev/revision";
const MANAGED = "app.kubernetes.io/managed-by";

/** A revision's objects: Deployment, and what is named as it. */
export interface LiveRevision {
  id: string;
  deployment: LiveObject;
  configuration?: LiveObject | undefined;
  files?: LiveObject | undefined;
  autoscaler?: LiveObject | undefined;
  budget?: LiveObject | undefined;
}

/** A service that Slipway made: its address, its traffic, and the pods of its revisions. */
export interface LiveService {
  name: string;
  address: LiveObject;
  routes: LiveObject;
  gateway?: LiveObject | undefined;
  policy?: LiveObject | undefined;
  callers?: LiveObject | undefined;
  network?: LiveObject | undefined;
  monitor?: LiveObject | undefined;
  rules?: LiveObject | undefined;
  revisions: LiveRevision[];
}

/** The services of a namespace that have the form which the program gives them: revisions by label, and routes among them. */
export function servicesIn(live: LiveNamespace): LiveService[] {
  const addresses = live.objects.filter(({ kind, metadata }) => kind === "Service" && metadata.labels[MANAGED] === "slipway");
  return addresses.flatMap((address) => {
    const { name } = address.metadata;
    const routes = find(live, "VirtualService", name);
    const revisions = revisionsOf(live, name);
    if (routes === undefined || revisions.length === 0) return [];
    return [{
      name, address, routes, revisions,
      gateway: find(live, "Gateway", name), policy: find(live, "DestinationRule", name), callers: find(live, "AuthorizationPolicy", name),
      network: find(live, "NetworkPolicy", name), monitor: find(live, "ServiceMonitor", name), rules: find(live, "PrometheusRule", `service-${name}`),
    }];
  });
}

function revisionsOf(live: LiveNamespace, service: string): LiveRevision[] {
  const deployments = live.objects.filter(({ kind, metadata }) => kind === "Deployment" && metadata.labels["app"] === service && metadata.name === `${service}-${metadata.labels[REVISION] ?? ""}`);
  return deployments.map((deployment) => {
    const { labels, name } = deployment.metadata;
    return {
      id: labels[REVISION] ?? "", deployment,
      configuration: find(live, "ConfigMap", name), files: find(live, "ConfigMap", `${name}-files`),
      autoscaler: find(live, "HorizontalPodAutoscaler", name), budget: find(live, "PodDisruptionBudget", name),
    };
  });
}

/** Names of everything that the configuration of a service covers. */
export function coveredBy({ name, revisions }: LiveService): string[] {
  const own = ["Service", "VirtualService", "Gateway", "DestinationRule", "AuthorizationPolicy", "PeerAuthentication", "NetworkPolicy", "ServiceAccount", "ServiceMonitor"].map((kind) => `${kind}/${name}`);
  const pods = revisions.flatMap(({ deployment: { metadata } }) => [
    ...["Deployment", "ConfigMap", "Secret", "HorizontalPodAutoscaler", "PodDisruptionBudget", "DestinationRule"].map((kind) => `${kind}/${metadata.name}`), `ConfigMap/${metadata.name}-files`,
  ]);
  return [...own, `PrometheusRule/service-${name}`, ...pods];
}
