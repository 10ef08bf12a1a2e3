import { revisionLabels, revisionSelector, serviceLabels } from "./labels.ts";

/** What the objects of some pods are called, and how they find their pods. */
export interface Naming {
  /** Name of the Deployment and of what belongs to it: ConfigMap, Secret, autoscaler. */
  name: string;
  /** On all of these objects. */
  labels: Record<string, string>;
  podLabels: Record<string, string>;
  /** Immutable in a Deployment, so it holds nothing that may change in place. */
  selector: Record<string, string>;
}

/** The label that Flagger rewrites in its copy of the pods; it knows `app`, `name` and `app.kubernetes.io/name`, and takes the one that the selector has. */
const COPIED_LABEL = "name";

/** Pods of one revision among several: `<service>-<id>`. */
export function revisionNaming(service: string, id: string): Naming {
  const labels = revisionLabels(service, id);
  return { name: `${service}-${id}`, labels, podLabels: labels, selector: revisionSelector(service, id) };
}

/**
 * The pods that a controller takes its copy of, one revision after the other. `app` and `version` stay as they are in the copy, so the mesh's policies and metrics hold
 * for both; were `app` in the selector, Flagger would rewrite it, and neither would find the pods that serve.
 */
export function controlledNaming(service: string, id: string): Naming {
  const selector = { [COPIED_LABEL]: service };
  return { name: service, labels: serviceLabels(service), podLabels: { ...revisionLabels(service, id), ...selector }, selector };
}

/** Name of the controller's copy, the workload that serves. */
export function primaryOf(service: string): string {
  return `${service}-primary`;
}

/** Selects the pods of the controller's copy. */
export function primarySelector(service: string): Record<string, string> {
  return { [COPIED_LABEL]: primaryOf(service) };
}
