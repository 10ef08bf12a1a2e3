import { admit, namespaced, references, replacementPaths, validate } from "./kubernetes/index.ts";
import type { Manifest } from "./kubernetes/index.ts";
import { changes, equal } from "./diff.ts";
import type { Documents } from "./documents.ts";
import { fillPath } from "./template.ts";
import { readBack, smallestInputs } from "./inputs.ts";
import type { Problem } from "./judge.ts";
import { ServiceError } from "./kinds.ts";
import type { Catalogue, CheckRequest, Configuration, Kind } from "./kinds.ts";
import { fromManifest, groupOf, redact, resourceName, toManifest, withoutServerFields } from "./manifests.ts";
import { startsWithPath } from "./paths.ts";
import type { Population } from "./population.ts";
import { at, hasUnknown, isProperties, UNKNOWN } from "./values.ts";
import type { Properties, Value } from "./values.ts";
import { installedVersion } from "./versions.ts";

const AUTONAMED = "pulumi.com/autonamed";
const SKIP_AWAIT = "pulumi.com/skipAwait";
const HOME_GROUPS = /^(|apps|batch|autoscaling|policy|(networking|rbac\.authorization|storage|apiextensions|admissionregistration|scheduling)\.k8s\.io|.*\.istio\.io|monitoring\.coreos\.com|flagger\.app)$/;
const NOT_SERVED = /^kubernetes:(helm|kustomize|yaml)|(Patch|List)$/;

/** The kubernetes provider: the API server's judgement over the documents of the cloud. */
export function kubernetesCatalogue(documents: Documents, population: Population): Catalogue {
  const kinds = new Map<string, Kind>();
  return {
    name: "kubernetes",
    version: installedVersion("kubernetes"),
    checkConfiguration: () => [],
    kind(token) {
      if (NOT_SERVED.test(token)) return undefined;
      const known = kinds.get(token) ?? kubernetesKind(token, documents, population);
      kinds.set(token, known);
      return known;
    },
    invoke: (token) => {
      throw new ServiceError(`${token}: is not served by the sandbox, got a call of it; leave the provider kubernetes out of the sandbox to use the real one`);
    },
  };
}

/** The fault that keeps one Deployment from becoming ready, by its name. */
export function neverReady(name: string | undefined): (body: Properties) => string[] {
  return (body) => (name !== undefined && body["kind"] === "Deployment" && metadataOf(body)["name"] === name ? [`timed out waiting for Deployment ${JSON.stringify(name)} to become ready (injected)`, "[MinimumReplicasUnavailable] Deployment does not have minimum availability."] : []);
}

function kubernetesKind(token: string, documents: Documents, population: Population): Kind {
  const [, version = "", kind = ""] = token.split(":");
  const apiVersion = version.replace(/^core\//, "");
  const inNamespace = namespaced(apiVersion, kind);
  const lookup = (wantedVersion: string, wantedKind: string, namespace: string | undefined, name: string): Manifest | undefined => {
    if (wantedKind === "Namespace" && population.namespaces.includes(name)) return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
    if (STANDARD[wantedKind] === name) return { apiVersion: "v1", kind: wantedKind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
    const body = documents.read(place(wantedVersion, wantedKind, namespace, name))?.body;
    return body === undefined || groupOf(String(body["apiVersion"])) !== groupOf(wantedVersion) ? undefined : toManifest(body);
  };
  const store = (inputs: Properties, existing: Properties | undefined, now: Date) =>
    fromManifest(admit(toManifest(inputs), existing === undefined ? undefined : toManifest(existing), now));
  const judgement = (body: Properties) => references(toManifest(body), lookup);

  return {
    location: (inputs) => place(apiVersion, kind, text(metadataOf(inputs)["namespace"]), text(metadataOf(inputs)["name"]) ?? ""),
    id: (inputs) => [text(metadataOf(inputs)["namespace"]), text(metadataOf(inputs)["name"])].filter((part) => part !== undefined).join("/"),
    find(id) {
      const [first = "", second] = id.split("/");
      return second === undefined ? place(apiVersion, kind, inNamespace ? "default" : undefined, first) : place(apiVersion, kind, first, second);
    },
    check: (request) => check(request, apiVersion, kind, inNamespace),
    replaces: (change, news, configuration) => replacementPaths(toManifest(news), mutability(configuration)).some((path) => startsWithPath(change.path, path) || startsWithPath(path, change.path)),
    seen(found, outputs, news) {
      const after = found.length === 0 || hasUnknown(news) ? found : changes(withoutServerFields(outputs), withoutServerFields(store(news, outputs, new Date())));
      return found.filter(({ path, property }) => property === "stringData" || after.some((change) => startsWithPath(change.path, path) || startsWithPath(path, change.path)));
    },
    refuse: (inputs) => judgement(inputs).refused[0],
    upsert: () => false,
    exists: (inputs) => `${resourceName(apiVersion, kind)} ${JSON.stringify(text(metadataOf(inputs)["name"]))} already exists`,
    gone: (id) => `${resourceName(apiVersion, kind)} ${JSON.stringify(id.split("/").at(-1))} not found`,
    store: (inputs, existing, now) => store(inputs, existing?.body, now),
    secrets: (body) => (kind === "Secret" && apiVersion === "v1" ? ["data", "stringData"].filter((key) => body[key] !== undefined).map((key) => [key]) : []),
    inputs(body, olds) {
      const live = withoutServerFields(body);
      const stored = (inputs: Properties) => withoutServerFields(store(inputs, body, new Date()));
      if (olds !== undefined && !hasUnknown(olds)) {
        const expected = stored(olds);
        return readBack(withStoredStrings(olds, expected, live), expected, live);
      }
      return smallestInputs(live, stored, (path) => KEPT.has(path));
    },
    outputs: (inputs, document) => ({ ...(inputs["stringData"] === undefined ? {} : { stringData: inputs["stringData"] }), ...document.body }),
    preview: (inputs, outputs) => ({ ...inputs, status: outputs?.["status"] ?? UNKNOWN }),
    notReady: (body) => (annotation(body, SKIP_AWAIT) === "true" ? [] : judgement(body).notReady),
    orphaned: (path) => {
      const namespace = path.split("/")[1] ?? "";
      return inNamespace && !population.namespaces.includes(namespace) && documents.read(place("v1", "Namespace", undefined, namespace)) === undefined;
    },
    folder: (path) => (kind === "Namespace" && apiVersion === "v1" ? path.slice(0, path.lastIndexOf("/")) : undefined),
  };
}

/** What every namespace has without anyone making it. */
const STANDARD: Record<string, string> = { ServiceAccount: "default", ConfigMap: "kube-root-ca.crt" };
/** Never left out of an import; of replicas the server keeps any number, so that it cannot tell a default. */
const KEPT = new Set(["apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace", "spec.replicas"]);

/** Path of an object's document; a kind of a group that is not at home here carries its group. */
function place(apiVersion: string, kind: string, namespace: string | undefined, name: string): string {
  const group = groupOf(apiVersion);
  if (kind === "Namespace" && group === "") return fillPath("kubernetes/{name}/namespace", { name });
  const folder = HOME_GROUPS.test(group) ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  return fillPath(`kubernetes/{namespace|_cluster}/${folder}/{name}`, { name, ...(namespace === undefined ? {} : { namespace }) });
}

function check({ inputs, olds, name, random }: CheckRequest, apiVersion: string, kind: string, inNamespace: boolean): { inputs: Properties; problems: Problem[] } {
  const metadata: Properties = { ...metadataOf(inputs.plain) };
  if (metadata["name"] === undefined || metadata["name"] === null) {
    const autonamed = annotation(olds, AUTONAMED) === "true";
    metadata["name"] = (autonamed ? metadataOf(olds)["name"] : undefined) ?? `${name}-${random}`;
    metadata["annotations"] = { ...(isProperties(metadata["annotations"]) ? metadata["annotations"] : {}), [AUTONAMED]: "true" };
  }
  if (inNamespace && (metadata["namespace"] === undefined || metadata["namespace"] === null || metadata["namespace"] === "")) metadata["namespace"] = "default";
  const plain: Properties = { apiVersion, kind, ...inputs.plain, metadata };
  const problems = validate(toManifest(plain)).map(({ path, reason }) => ({ property: path, reason: redact(`${path}: ${reason}`, { plain, secrets: kind === "Secret" ? [["data"], ["stringData"], ...inputs.secrets] : inputs.secrets }) }));
  return { inputs: plain, problems };
}

/** A Secret's stringData is stored as data only: an entry whose data was changed or removed is no longer what was declared. */
function withStoredStrings(olds: Properties, expected: Properties, live: Properties): Properties {
  const { stringData } = olds;
  if (!isProperties(stringData)) return olds;
  const kept = Object.entries(stringData).filter(([key]) => equal(at(live, ["data", key]), at(expected, ["data", key])));
  return { ...olds, stringData: Object.fromEntries(kept) };
}

/** ConfigMaps and Secrets are replaced when their data changes, unless the provider is told otherwise. */
function mutability(configuration: Configuration): { configMaps: boolean; secrets: boolean } {
  const on = (name: string) => String(configuration[name]) === "true";
  return { configMaps: on("enableConfigMapMutable"), secrets: on("enableSecretMutable") };
}

function metadataOf(body: Properties): Properties {
  return isProperties(body["metadata"]) ? body["metadata"] : {};
}

function annotation(body: Properties, name: string): Value | undefined {
  const annotations = metadataOf(body)["annotations"];
  return isProperties(annotations) ? annotations[name] : undefined;
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
