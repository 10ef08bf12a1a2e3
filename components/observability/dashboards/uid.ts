import { createHash } from "node:crypto";

const LONGEST_UID = 40;

/** The dashboards of a service beside its overview. */
export type ServiceDashboard = "canary" | "levels" | "delivery";

/**
 * Names the dashboard for ever, so that links survive every update: at most 40 characters, as Grafana asks. No service's name holds an
 * underscore, so that none can be mistaken for another's second dashboard.
 */
export function dashboardUid(namespace: string, service: string, kind?: ServiceDashboard): string {
  return shortened(`slipway-${namespace}-${service}${kind === undefined ? "" : `_${kind}`}`);
}

/** The dashboard of a namespace as a whole. */
export function namespaceUid(namespace: string, kind: string): string {
  return shortened(`slipway-${namespace}_${kind}`);
}

/** A dashboard of a whole stack, or of one of its repositories. No namespace begins with an underscore. */
export function stackUid(stack: string, ...kind: string[]): string {
  return shortened(`slipway-_${[stack, ...kind].join("_")}`);
}

function shortened(uid: string): string {
  return uid.length <= LONGEST_UID && /^[\w-]+$/.test(uid) ? uid : `slipway-${createHash("sha256").update(uid).digest("hex").slice(0, 24)}`;
}
