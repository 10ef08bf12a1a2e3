import { createHash } from "node:crypto";

const LONGEST_UID = 40;

/** The dashboards of a service beside its overview. */
export type ServiceDashboard = "canary" | "levels";

/** Names the dashboard for ever, so that links survive every update: at most 40 characters, as Grafana asks. */
export function dashboardUid(namespace: string, service: string, kind?: ServiceDashboard): string {
  return shortened(`slipway-${namespace}-${service}${kind === undefined ? "" : `-${kind}`}`);
}

/** The dashboard of a namespace as a whole. A namespace's name holds no underscore, so that no service's dashboard has the same. */
export function namespaceUid(namespace: string, kind: string): string {
  return shortened(`slipway-${namespace}_${kind}`);
}

function shortened(uid: string): string {
  return uid.length <= LONGEST_UID ? uid : `slipway-${createHash("sha256").update(uid).digest("hex").slice(0, 24)}`;
}
