import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { fields, type Fields, type Manifest } from "../../../sandbox/kubernetes/manifest.ts";
import { kindOf } from "../../../sandbox/kubernetes/catalogue.ts";

export const NAMESPACE = "shop";
export const recordedPath = join(import.meta.dirname, "recorded.json");

function isManifest(value: unknown): value is Manifest {
  const { apiVersion, kind, metadata } = fields(value);
  return typeof apiVersion === "string" && typeof kind === "string" && typeof metadata === "object" && metadata !== null;
}

const inNamespace = (manifest: Manifest): Manifest =>
  (kindOf(manifest.apiVersion, manifest.kind)?.namespaced === true ? { ...manifest, metadata: { namespace: NAMESPACE, ...manifest.metadata } } : manifest);

/** The manifests of one file of cases, as the provider would send them. */
export const readCases = (section: string): Manifest[] =>
  parseAllDocuments(readFileSync(join(import.meta.dirname, "cases", `${section}.yaml`), "utf8"))
    .map((document): unknown => document.toJS()).filter(isManifest).map(inNamespace);

/** The server lists supported values in no particular order, and repeats itself where two checks meet. */
export const settled = (problems: string[]): string[] =>
  [...new Set(problems.map((each) => each.replace(/(supported values: )(.*)$/, (_, words, values) => words + values.split(", ").sort().join(", "))))].sort();

/** One change to an admitted case, and the reasons that the server gives; no value: the field is deleted. */
export interface Mutation {
  index: number;
  path: string[];
  value?: unknown;
  reasons: string[];
  otherWords?: true;
}

export interface Recorded {
  builtIn: string[][];
  workloads: string[][];
  custom: string[][];
  istio: string[][];
  stored: Fields[];
  mutations: Mutation[];
  podSecurity: { level: string; spec: Fields; answer: string }[];
}
export const recorded = (): Recorded => JSON.parse(readFileSync(recordedPath, "utf8"));

const GIVEN_BY_CHANCE = new Set(["uid", "creationTimestamp", "managedFields", "resourceVersion"]);
/** Fields that one cluster gives otherwise than another: addresses, ports, and the families of a service without pods. */
const OF_THE_CLUSTER = new Set(["clusterIP", "clusterIPs", "nodePort", "ipFamilies", "ipFamilyPolicy", "serviceAccount", "serviceAccountName"]);

function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !OF_THE_CLUSTER.has(key) && !key.endsWith("controller-uid")).map(([key, each]) => [key, stable(each)]));
}

/** An object without what the server gives by chance, and without its status. */
export function stableFields(object: Fields): Fields {
  const metadata = Object.fromEntries(Object.entries(fields(object["metadata"])).filter(([key]) => !GIVEN_BY_CHANCE.has(key)));
  const { status: _, ...rest } = object;
  return fields(stable({ ...rest, metadata }));
}
