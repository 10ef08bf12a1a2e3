import type { Resource } from "./types.ts";
import { at, fields, isUnknown, items, text } from "./values.ts";

/** The pods that a resource makes. */
export interface Pods {
  /** Where the pod's specification stands in the resource. */
  path: string;
  specification: unknown;
  /** Undefined where only the update will tell. */
  labels: Record<string, unknown> | undefined;
}

export interface Container {
  /** Where it stands in the resource. */
  path: string;
  value: Record<string, unknown>;
}

const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  ReplicationController: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  Pod: [],
};

/** A Kubernetes resource's kind; nothing of another provider has one. */
export function kindOf({ type }: Resource): string {
  return type.startsWith("kubernetes:") ? (type.split(":").at(-1) ?? "") : "";
}

export function namespaceOf({ properties }: Resource): string {
  return text(at(properties, "metadata", "namespace")) || "default";
}

export function objectName({ properties }: Resource): string {
  return text(at(properties, "metadata", "name"));
}

export function podsOf(resource: Resource): Pods | undefined {
  const path = TEMPLATES[kindOf(resource)];
  if (path === undefined) return undefined;
  const template = at(resource.properties, ...path);
  const labels = at(template, "metadata", "labels");
  return { path: [...path, "spec"].join("."), specification: at(template, "spec"), labels: isUnknown(labels) ? undefined : fields(labels) };
}

/** Those that run beside each other; with `all`, those that run before them as well. */
export function containersOf(pods: Pods | undefined, which: "running" | "all"): Container[] {
  if (pods === undefined) return [];
  const names = which === "all" ? ["initContainers", "containers"] : ["containers"];
  return names.flatMap((name) => items(at(pods.specification, name)).map((value, index) => ({ path: `${pods.path}.${name}.${index}`, value: fields(value) })));
}

/** Whether a selector by labels alone takes pods with these labels; an empty one takes all. */
export function selects(selector: unknown, labels: Record<string, unknown>): boolean {
  return Object.entries(fields(at(selector, "matchLabels"))).every(([key, value]) => labels[key] === value);
}
