import type { Documents } from "../documents.ts";
import { sha256 } from "../identity.ts";
import type { Configuration } from "../kinds.ts";
import { fillPath } from "../template.ts";
import type { Properties } from "../values.ts";

/** Where Grafana is, without a slash at its end. */
export function addressOf({ url }: Configuration): string {
  return typeof url === "string" ? url.replace(/\/+$/, "") : "";
}

/** Path of the document with this uid. */
export function placeOf(kind: "folders" | "dashboards", uid: string): string {
  return fillPath(`grafana/${kind}/{uid}`, { uid });
}

/** The provider's id: the organisation's number and the uid. */
export function idOf({ orgId = "1" }: Properties, uid: string): string {
  return `${String(orgId)}:${uid}`;
}

/** The path that an id leads to. */
export function found(documents: Documents, kind: "folders" | "dashboards", id: string): string | undefined {
  const path = placeOf(kind, id.slice(id.indexOf(":") + 1));
  return documents.read(path) === undefined ? undefined : path;
}

/** A uid as Grafana makes one, for an object that brings none. */
export function madeUid(seed: string): string {
  return sha256(seed).slice(0, 14);
}
