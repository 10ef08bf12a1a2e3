import { Api, Refused } from "../api.ts";
import type { KubernetesObject } from "../api.ts";
import type { Lab } from "../folder.ts";
import { apply, Kinds } from "../resources.ts";

/** An object that the API server does not take, and why. */
export interface Refusal {
  object: string;
  said: string;
}

/** A kind, namespace and name as people say it. */
export function nameOf({ kind, metadata }: KubernetesObject): string {
  return metadata.namespace === undefined ? `${kind} ${metadata.name}` : `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** What is needed before others: a namespace before what is in it, bounds and identities before the pods that they judge. */
const FIRST = [["Namespace"], ["ServiceAccount", "LimitRange", "ConfigMap", "Secret"]];

/**
 * Applies every object with strict validation, then has every pod template judged as a pod of its own: only pods meet Pod Security,
 * the limits of their namespace and its accounts. Answers what was refused, by name; nothing means that the server takes it all.
 */
export async function applyAll(lab: Lab, objects: readonly KubernetesObject[], manager: string): Promise<Refusal[]> {
  const api = new Api(lab);
  const kinds = new Kinds(api);
  try {
    const refusals: Refusal[] = [];
    const sent = async (object: KubernetesObject, dryRun: boolean) => {
      const refusal = await refused(() => apply(api, kinds, object, { manager, dryRun }));
      if (refusal !== undefined) refusals.push({ object: nameOf(object), said: refusal });
    };
    const early = FIRST.flat();
    const rounds = [...FIRST.map((names) => objects.filter(({ kind }) => names.includes(kind))), objects.filter(({ kind }) => !early.includes(kind))];
    for (const round of rounds) await Promise.all(round.map((object) => sent(object, false)));
    await Promise.all(objects.flatMap(podOf).map((pod) => sent(pod, true)));
    return refusals;
  } finally {
    api.close();
  }
}

interface WithTemplate extends KubernetesObject {
  spec: { template: { metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }; spec: object } };
}

/** The pod that a controller would make of a template. */
export function podOf(object: KubernetesObject): (KubernetesObject & { spec: object })[] {
  if (!hasTemplate(object)) return [];
  const { metadata: { name, namespace }, spec: { template } } = object;
  return [{ apiVersion: "v1", kind: "Pod", metadata: { ...template.metadata, name, ...(namespace !== undefined && { namespace }) }, spec: template.spec }];
}

function hasTemplate(object: KubernetesObject): object is WithTemplate {
  return ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"].includes(object.kind);
}

async function refused(send: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return `${error.code} ${error.message}`;
    throw error;
  }
}
