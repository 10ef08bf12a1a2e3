import * as z from "zod";

/** An object as the cluster holds it. Of Secrets the values are gone before anything looks at them: only their keys are left. */
export const liveObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
    ownerReferences: z.array(z.unknown()).default([]),
  }),
});

export type LiveObject = z.infer<typeof liveObject>;

/** One namespace with everything in it that the configuration may have a word for. */
export interface LiveNamespace {
  namespace: LiveObject;
  objects: readonly LiveObject[];
}

/** Where namespaces are read from: a cluster, or the documents of the embedded cloud. */
export interface ClusterReader {
  /** Undefined where there is no such namespace. @throws Problem where the cluster cannot be read */
  read(namespace: string): Promise<LiveNamespace | undefined>;
}

/** Kinds that are looked at, as `kubectl get` names them. */
export const KINDS = [
  "deployments.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch", "services", "serviceaccounts", "configmaps", "secrets", "persistentvolumeclaims",
  "resourcequotas", "limitranges", "networkpolicies.networking.k8s.io", "ingresses.networking.k8s.io", "horizontalpodautoscalers.autoscaling", "poddisruptionbudgets.policy",
  "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io", "virtualservices.networking.istio.io", "destinationrules.networking.istio.io",
  "gateways.networking.istio.io", "serviceentries.networking.istio.io", "sidecars.networking.istio.io", "peerauthentications.security.istio.io",
  "authorizationpolicies.security.istio.io", "requestauthentications.security.istio.io", "prometheusrules.monitoring.coreos.com", "servicemonitors.monitoring.coreos.com",
  "podmonitors.monitoring.coreos.com", "alertmanagerconfigs.monitoring.coreos.com", "canaries.flagger.app",
] as const;

/** `Deployment/shop`: how an object is named where people read of it, and in the list of what the configuration covers. */
export function nameOf({ kind, metadata }: LiveObject): string {
  return `${kind}/${metadata.name}`;
}

/** The object of a kind and a name. */
export function find({ objects }: Pick<LiveNamespace, "objects">, kind: string, name: string): LiveObject | undefined {
  return objects.find((object) => object.kind === kind && object.metadata.name === name);
}

/** Takes the values out of a Secret, and leaves its keys. */
export function withoutValues(object: LiveObject): LiveObject {
  if (object.kind !== "Secret") return object;
  const { data, stringData: _, ...rest } = object;
  const keys = typeof data === "object" && data !== null ? Object.keys(data) : [];
  return { ...rest, data: Object.fromEntries(keys.map((key) => [key, ""])) };
}
