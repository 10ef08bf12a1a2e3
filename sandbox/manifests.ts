import type { Manifest } from "./kubernetes/index.ts";
import { at, isProperties } from "./values.ts";
import type { Properties, Revealed, Value } from "./values.ts";

/** Fields that only the API server writes: no person declares them, so no drift is seen in them. */
const SERVER_FIELDS = new Set(["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"]);

export function toManifest(body: Properties): Manifest {
  const metadata = isProperties(body["metadata"]) ? body["metadata"] : {};
  const { name, namespace, ...others } = metadata;
  return {
    ...body,
    apiVersion: String(body["apiVersion"]),
    kind: String(body["kind"]),
    metadata: { ...(typeof name === "string" ? { name } : {}), ...(typeof namespace === "string" ? { namespace } : {}), ...others },
  };
}

export function fromManifest(manifest: Manifest): Properties {
  const value = toValue(manifest);
  return isProperties(value) ? value : {};
}

/** Plain data as values; what YAML has no word for (undefined, functions) is left out. */
function toValue(data: unknown): Value {
  if (typeof data === "string" || typeof data === "number" || typeof data === "boolean") return data;
  if (Array.isArray(data)) return data.map(toValue);
  if (typeof data !== "object" || data === null) return null;
  return Object.fromEntries(Object.entries(data).filter(([, child]) => child !== undefined).map(([key, child]) => [key, toValue(child)]));
}

export function withoutServerFields(body: Properties): Properties {
  const { status: _status, ...rest } = body;
  if (!isProperties(rest["metadata"])) return rest;
  return { ...rest, metadata: Object.fromEntries(Object.entries(rest["metadata"]).filter(([key]) => !SERVER_FIELDS.has(key))) };
}

/** `apps/v1` → `apps`, `v1` → ``. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** The name the API server has for a kind: `deployments.apps`, `networkpolicies.networking.k8s.io`, `services`. */
export function resourceName(apiVersion: string, kind: string): string {
  const lower = kind.toLowerCase();
  const plural = /(s|x|ch)$/.test(lower) ? `${lower}es` : /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  const group = groupOf(apiVersion);
  return group === "" ? plural : `${plural}.${group}`;
}

/** Takes every secret value out of a text. */
export function redact(reason: string, { plain, secrets }: Revealed): string {
  return secrets.flatMap((path) => strings(at(plain, path))).reduce((text, value) => (value === "" ? text : text.replaceAll(value, "[secret]")), reason);
}

function strings(value: Value | undefined): string[] {
  if (typeof value === "string") return [value, JSON.stringify(value).slice(1, -1)];
  if (Array.isArray(value)) return value.flatMap(strings);
  return isProperties(value) ? Object.values(value).flatMap(strings) : [];
}
