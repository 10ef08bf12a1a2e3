import type { KubernetesObject } from "../api.ts";

/** What `pulumi stack export --show-secrets` writes, as far as it is read here. */
export interface Export {
  deployment: { resources?: { type: string; urn: string; inputs?: unknown }[] };
}

/** An object that a program declares, with the name by which the program knows it. */
export interface Declared {
  urn: string;
  object: KubernetesObject;
}

/** The mark of a secret in an exported state. */
const SECRET = "4dabf18193072939515e22adb298388d";

/** The Kubernetes objects that an exported stack declares, as its program sent them. */
export function declaredObjects({ deployment }: Export): Declared[] {
  const all = (deployment.resources ?? []).filter(({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:yaml") && !type.startsWith("kubernetes:helm"));
  return all.map(({ inputs, urn }) => ({ urn, object: opened(inputs) })).filter((each): each is Declared => isObject(each.object));
}

/** A value with its secrets in plain text, which is how a provider gets them. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET in value && "plaintext" in value) return opened(JSON.parse(String(value.plaintext)));
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("__")).map(([key, each]) => [key, opened(each)]));
}

function isObject(value: unknown): value is KubernetesObject {
  return typeof value === "object" && value !== null && "apiVersion" in value && "kind" in value && "metadata" in value;
}
