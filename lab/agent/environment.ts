import { Refused } from "../api.ts";
import type { Api, KubernetesObject } from "../api.ts";
import type { Container, KeyReference, Reference } from "./pod.ts";

/** Entries of a ConfigMap or Secret, in plain text; undefined where there is no such object. */
export type Read = (kind: "configmaps" | "secrets", name: string) => Promise<Record<string, string> | undefined>;

/** A container that cannot be configured does not start. */
export class ConfigurationError extends Error {}

/** The environment that a container asks for. @throws ConfigurationError naming the first object or key that is missing */
export async function environmentOf(container: Container, read: Read): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { configMapRef, prefix = "", secretRef } of container.envFrom ?? []) {
    const entries = configMapRef ? await whole("configmaps", configMapRef, read) : secretRef ? await whole("secrets", secretRef, read) : {};
    for (const [key, value] of Object.entries(entries)) found[prefix + key] = value;
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    const text = configMapKeyRef ? await one("configmaps", configMapKeyRef, read) : secretKeyRef ? await one("secrets", secretKeyRef, read) : value;
    if (text !== undefined) found[name] = text;
  }
  return found;
}

async function whole(kind: "configmaps" | "secrets", { name, optional }: Reference, read: Read): Promise<Record<string, string>> {
  const entries = await read(kind, name);
  if (entries === undefined && !optional) throw new ConfigurationError(`${kind.slice(0, -1)} "${name}" not found`);
  return entries ?? {};
}

async function one(kind: "configmaps" | "secrets", reference: KeyReference, read: Read): Promise<string | undefined> {
  const value = (await whole(kind, reference, read))[reference.key];
  if (value === undefined && !reference.optional) throw new ConfigurationError(`couldn't find key ${reference.key} in ${kind.slice(0, -1)} ${reference.name}`);
  return value;
}

/** Reads from the API server. */
export function reader(api: Api, namespace: string): Read {
  return async (kind, name) => {
    try {
      const { data = {} } = await api.call<KubernetesObject & { data?: Record<string, string> }>("GET", `/api/v1/namespaces/${namespace}/${kind}/${name}`);
      return kind === "configmaps" ? data : Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]));
    } catch (error) {
      if (error instanceof Refused && error.code === 404) return undefined;
      throw error;
    }
  };
}
