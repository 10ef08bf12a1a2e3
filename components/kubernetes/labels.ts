/** The label by which the mesh, its metrics and every selector know a service's pods. */
export const SERVICE_LABEL = "app";

/** The label that tells one revision's pods from another's; Istio reports it as `destination_version`. */
export const REVISION_LABEL = "version";

/** On everything that belongs to a service. */
export function serviceLabels(service: string): Record<string, string> {
  return {
    [SERVICE_LABEL]: service,
    "app.kubernetes.io/name": service,
    "app.kubernetes.io/managed-by": "slipway",
  };
}

/** On everything that belongs to one revision of a service. */
export function revisionLabels(service: string, id: string): Record<string, string> {
  return { ...serviceLabels(service), [REVISION_LABEL]: id, "slipway.dev/revision": id };
}

/** Selects the pods of all revisions. Selectors are immutable, so they hold nothing that may change. */
export function serviceSelector(service: string): Record<string, string> {
  return { [SERVICE_LABEL]: service };
}

/** Selects the pods of one revision. */
export function revisionSelector(service: string, id: string): Record<string, string> {
  return { [SERVICE_LABEL]: service, [REVISION_LABEL]: id };
}
