import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Api, Refused } from "./api.ts";
import type { KubernetesObject } from "./api.ts";
import type { Lab } from "./folder.ts";
import { ingress } from "./ingress.ts";
import { apply, Kinds } from "./resources.ts";

const MANAGER = "slipway-lab";

/** A definition can be used once its names are accepted and its paths are served. */
interface Definition extends KubernetesObject {
  status?: { conditions?: { type: string; status: string }[] };
}

/** Puts what every lab has into the API server: the definitions of Istio, the operator and Flagger, and the ingress gateway. */
export async function seed(lab: Lab, definitionsFile: string): Promise<void> {
  const definitions: KubernetesObject[] = JSON.parse(readFileSync(definitionsFile, "utf8"));
  const api = new Api(lab);
  try {
    const kinds = new Kinds(api);
    const put = (object: KubernetesObject) => apply(api, kinds, object, { manager: MANAGER, force: true });
    const system: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "istio-system" } };
    await Promise.all([put(system), ...definitions.map((each) => created(api, each))]);
    // One after the other: asking for all of these large documents again and again would keep the server from its work.
    for (const each of definitions) await established(api, each.metadata.name);
    for (const object of ingress(lab.ports)) await served(() => put(object));
  } finally {
    api.close();
  }
}

/** As their projects publish them; Flagger's has descriptions that the server's strict reading takes for fields. */
async function created(api: Api, definition: KubernetesObject): Promise<void> {
  try {
    await api.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?fieldValidation=Ignore", definition);
  } catch (error) {
    if (!(error instanceof Refused) || error.reason !== "AlreadyExists") throw error;
  }
}

async function established(api: Api, name: string): Promise<void> {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
  const accepted = async () => (await api.call<Definition>("GET", path)).status?.conditions?.some(({ status, type }) => type === "Established" && status === "True") ?? false;
  while (!(await accepted())) await pause(100);
}

/** The server serves the paths of a new definition a moment after it has accepted it. */
async function served(put: () => Promise<unknown>, tries = 100): Promise<void> {
  try {
    await put();
  } catch (error) {
    if (tries === 0 || !(error instanceof Refused) || error.code !== 404) throw error;
    await pause(50);
    await served(put, tries - 1);
  }
}
