import { Refused } from "./api.ts";
import type { Api, KubernetesObject } from "./api.ts";

/** Where the objects of one kind are. */
export interface Resource {
  plural: string;
  namespaced: boolean;
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean }[];
}

/** The path of a group and version. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The path of the objects of one kind, in one namespace or in all. */
export function collectionPath(apiVersion: string, { namespaced, plural }: Resource, namespace?: string): string {
  const within = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
  return `${groupPath(apiVersion)}${within}/${plural}`;
}

/** Knows under which path each kind is, as the API server tells. */
export class Kinds {
  private readonly api: Api;
  private readonly known = new Map<string, Promise<ResourceList>>();

  constructor(api: Api) {
    this.api = api;
  }

  /** @throws Refused when the server has no such kind */
  async find({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">): Promise<Resource> {
    const asked = this.known.get(apiVersion) ?? this.api.call<ResourceList>("GET", groupPath(apiVersion));
    this.known.set(apiVersion, asked);
    // What the server does not know now it may know in a moment: only a success is kept.
    const list = await asked.catch((error: unknown) => {
      this.known.delete(apiVersion);
      throw error;
    });
    const found = list.resources.find((each) => each.kind === kind && !each.name.includes("/"));
    if (found === undefined) {
      this.known.delete(apiVersion);
      throw new Refused(404, "NotFound", `no kind ${kind} in ${apiVersion}`);
    }
    return { plural: found.name, namespaced: found.namespaced };
  }

  async path(object: Pick<KubernetesObject, "apiVersion" | "kind" | "metadata">): Promise<string> {
    const { name, namespace } = object.metadata;
    return `${collectionPath(object.apiVersion, await this.find(object), namespace)}/${name}`;
  }
}

export interface ApplyOptions {
  /** Who owns the fields. */
  manager: string;
  /** Judge only, store nothing. @default false */
  dryRun?: boolean;
  /** Take fields from other owners. @default false */
  force?: boolean;
}

/** Server-side apply with strict validation. @throws Refused when the server does not admit it */
export async function apply(api: Api, kinds: Kinds, object: KubernetesObject, { dryRun, force, manager }: ApplyOptions): Promise<KubernetesObject> {
  const query = new URLSearchParams({ fieldManager: manager, fieldValidation: "Strict", ...(force && { force: "true" }), ...(dryRun && { dryRun: "All" }) });
  return api.call<KubernetesObject>("PATCH", `${await kinds.path(object)}?${query}`, object, "application/apply-patch+yaml");
}
