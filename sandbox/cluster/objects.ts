import { setTimeout as pause } from "node:timers/promises";
import { ServiceError } from "../kinds.ts";
import { fields, list } from "../kubernetes/manifest.ts";
import type { Fields, Manifest } from "../kubernetes/manifest.ts";
import { Api, Refused } from "./api.ts";

/** Who owns the fields that the sandbox sets. */
export const MANAGER = "slipway-sandbox";

/** Names one object of a cluster. */
export interface Reference {
  apiVersion: string;
  kind: string;
  namespace: string | undefined;
  name: string;
}

interface Served {
  plural: string;
  namespaced: boolean;
}

/** Milliseconds between two looks at an object that is waited for. */
const LOOK = 200;

/** The objects of a cluster: applied, read, deleted. */
export class Objects {
  private readonly api: Api;
  private readonly known = new Map<string, Promise<Fields>>();

  constructor(api: Api) {
    this.api = api;
  }

  /** Server-side apply with strict validation. @throws ServiceError in the server's words; fields of other managers are taken only by `force` */
  async apply(reference: Reference, manifest: Manifest, force: boolean): Promise<Fields> {
    const query = new URLSearchParams({ fieldManager: MANAGER, fieldValidation: "Strict", force: String(force) });
    try {
      return await this.api.call("PATCH", `${await this.path(reference)}?${query}`, manifest, "application/apply-patch+yaml");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === 409 && error.reason === "Conflict") throw new ServiceError(`Server-Side Apply field conflict detected: ${error.message}; change what the other manager owns there, or set the annotation pulumi.com/patchForce`);
      throw new ServiceError(error.message);
    }
  }

  /** Undefined where there is none. */
  async get(reference: Reference): Promise<Fields | undefined> {
    try {
      return await this.api.call("GET", await this.path(reference));
    } catch (error) {
      if (error instanceof Refused && error.code === 404) return undefined;
      throw refusal(error);
    }
  }

  /** Deletes an object and what belongs to it, and waits until it is gone. Deleting what is gone succeeds. */
  async delete(reference: Reference, limitMilliseconds: number): Promise<void> {
    const path = await this.path(reference);
    let uid: unknown;
    try {
      const answer = await this.api.call("DELETE", path, { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: "Foreground" });
      uid = fields(answer["metadata"])["uid"] ?? fields(answer["details"])["uid"];
    } catch (error) {
      if (error instanceof Refused && error.code === 404) return;
      throw refusal(error);
    }
    const end = Date.now() + limitMilliseconds;
    // Somebody may make an object of the same name at once: that is another one.
    const isThere = async () => {
      const live = await this.get(reference);
      return live !== undefined && fields(live["metadata"])["uid"] === uid;
    };
    while (await isThere()) {
      if (Date.now() > end) throw new ServiceError(`${reference.kind} ${JSON.stringify(reference.name)}: is still there ${Math.round(limitMilliseconds / 1000)} s after it was deleted, got its finalizers not done; see what holds it`);
      await pause(LOOK);
    }
  }

  private async path({ apiVersion, kind, name, namespace }: Reference): Promise<string> {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { namespaced, plural } = await this.served(root, kind, apiVersion);
    const within = namespaced ? `/namespaces/${encodeURIComponent(namespace ?? "default")}` : "";
    return `${root}${within}/${plural}/${encodeURIComponent(name)}`;
  }

  private async served(root: string, kind: string, apiVersion: string): Promise<Served> {
    const asked = this.known.get(root) ?? this.api.call("GET", root);
    this.known.set(root, asked);
    const found = list((await asked.catch((error: unknown) => {
      this.known.delete(root);
      throw error instanceof Refused && error.code === 404 ? noMatch(kind, apiVersion) : refusal(error);
    }))["resources"]).map(fields).find((each) => each["kind"] === kind && !String(each["name"]).includes("/"));
    if (found !== undefined) return { plural: String(found["name"]), namespaced: found["namespaced"] === true };
    this.known.delete(root);
    throw noMatch(kind, apiVersion);
  }
}

/** What the API server refused is the service's word; anything else is a failure of the way to it. */
function refusal(error: unknown): unknown {
  return error instanceof Refused ? new ServiceError(error.message) : error;
}

function noMatch(kind: string, apiVersion: string): ServiceError {
  return new ServiceError(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
}
