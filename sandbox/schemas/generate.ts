// Writes kubernetes*.json beside this file from the published sources. `node sandbox/schemas/generate.ts` writes, `--check` compares.
// Needs the go command, which verifies every module against the checksum database.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { enumFields, enumTypes } from "./goEnums.ts";
import { isObject, prune, pruneDefinition, reachable, shortName, type Json, type JsonObject } from "./prune.ts";

interface Kind { namespaced: boolean; plural: string; schema: string }
interface Catalogue { kinds: Map<string, Kind>; definitions: Map<string, Json> }

const KUBERNETES = "k8s.io/kubernetes@v1.36.3";
const KUBERNETES_TYPES = "k8s.io/api@v0.36.3";
const APIS = [
  "api__v1", "apis__apps__v1", "apis__autoscaling__v2", "apis__batch__v1", "apis__policy__v1", "apis__networking.k8s.io__v1",
  "apis__rbac.authorization.k8s.io__v1", "apis__apiextensions.k8s.io__v1", "apis__scheduling.k8s.io__v1", "apis__storage.k8s.io__v1",
];
const TYPE_PACKAGES = ["core/v1", "apps/v1", "autoscaling/v2", "batch/v1", "policy/v1", "networking/v1", "rbac/v1", "scheduling/v1", "storage/v1"];
/** Kinds that a person declares; Bindings, Events and the like only pass through the API. */
const UNDECLARED = /^(Binding|ComponentStatus|ControllerRevision|Endpoints|Event|Node|PodTemplate|VolumeAttachment|CSINode|CSIStorageCapacity|IPAddress)$/;
/** Values that wait for a feature gate which is off by default. */
const GATED: Record<string, string[]> = { "api.core.v1.Toleration.operator": ["Equal", "Exists"] };
/** Published as required, but the server takes the empty string for it. */
const NOT_REQUIRED: Record<string, string[]> = { "api.core.v1.HTTPHeader": ["value"], "api.core.v1.Sysctl": ["value"], "api.core.v1.LimitRangeSpec": ["limits"], "api.core.v1.SleepAction": ["seconds"] };
const ANYTHING: JsonObject = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** The server adds these to every custom kind; the metadata is judged as that of the built-in kinds. */
const ENVELOPE: JsonObject = { apiVersion: { type: "string" }, kind: { type: "string" }, metadata: { type: "object" } };

const OPERATOR_CRDS = ["alertmanagerconfigs", "podmonitors", "probes", "prometheusrules", "servicemonitors"];
const CRDS: { file: string; module: string; sources: string[]; versions: RegExp }[] = [
  { file: "kubernetes-istio.json", module: "istio.io/api@v1.31.1", sources: ["kubernetes/customresourcedefinitions.gen.yaml"], versions: /^v1(beta1|alpha3|alpha1)?$/ },
  {
    file: "kubernetes-monitoring.json", module: "github.com/prometheus-operator/prometheus-operator@v0.85.0", versions: /^v1(alpha1)?$/,
    sources: OPERATOR_CRDS.map((name) => `example/prometheus-operator-crd/monitoring.coreos.com_${name}.yaml`),
  },
  { file: "kubernetes-flagger.json", module: "github.com/fluxcd/flagger@v1.36.1", sources: ["artifacts/flagger/crd.yaml"], versions: /^v1beta1$/ },
];

function directory(module: string): string {
  const answer: unknown = JSON.parse(execFileSync("go", ["mod", "download", "-json", module], { encoding: "utf8", cwd: "/" }));
  if (typeof answer === "object" && answer !== null && "Dir" in answer && typeof answer.Dir === "string") return answer.Dir;
  throw new Error(`${module}: has no directory after its download; run "go clean -modcache" and try again`);
}

const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const without = (names: string[], schema: Json): Json =>
  isObject(schema) && Array.isArray(schema["required"]) && names.length > 0
    ? { ...schema, required: schema["required"].filter((name) => !names.includes(String(name))) } : schema;

function builtIn(): Catalogue {
  const root = join(directory(KUBERNETES), "api/openapi-spec/v3");
  const types = directory(KUBERNETES_TYPES);
  const sources = TYPE_PACKAGES.map((folder) => ({ name: `api.${folder.replace("/", ".")}`, source: readFileSync(join(types, folder, "types.go"), "utf8") }));
  const core = enumTypes(sources[0]?.source ?? "");
  const enums = new Map(sources.flatMap(({ name, source }) => [...enumFields(name, source, new Map([...core, ...enumTypes(source)]))]));
  for (const [field, values] of Object.entries(GATED)) enums.set(field, values);
  const all = new Map<string, Json>();
  const kinds = new Map<string, Kind>();
  for (const api of APIS) {
    const document: JsonObject = JSON.parse(readFileSync(join(root, `${api}_openapi.json`), "utf8"));
    for (const [name, schema] of Object.entries(object(object(document["components"])["schemas"]))) {
      all.set(shortName(name), without(NOT_REQUIRED[shortName(name)] ?? [], pruneDefinition(shortName(name), schema, enums)));
    }
    for (const [path, operations] of Object.entries(object(document["paths"]))) {
      const post = object(object(operations)["post"]);
      const { group, version, kind } = object(post["x-kubernetes-group-version-kind"]);
      const body = JSON.stringify(post["requestBody"] ?? null).match(/"\$ref":"([^"]+)"/)?.[1];
      if (typeof kind !== "string" || body === undefined || UNDECLARED.test(kind) || /\}\/[^/]+\/\{name\}/.test(path)) continue;
      const apiVersion = group === "" ? String(version) : `${group}/${version}`;
      kinds.set(`${apiVersion} ${kind}`, { namespaced: path.includes("{namespace}"), plural: path.replace(/^.*\//, ""), schema: shortName(body) });
    }
  }
  for (const { schema } of kinds.values()) {
    const properties = object(object(all.get(schema))["properties"]);
    if (properties["status"] !== undefined) properties["status"] = ANYTHING;
  }
  return { kinds, definitions: reachable(all, [...kinds.values()].map((kind) => kind.schema)) };
}

function custom(module: string, sources: string[], versions: RegExp): Catalogue {
  const root = directory(module);
  const catalogue: Catalogue = { kinds: new Map(), definitions: new Map() };
  for (const document of sources.flatMap((source) => parseAllDocuments(readFileSync(join(root, source), "utf8")))) {
    const spec = object(object(document.toJS() as JsonObject | null ?? {})["spec"]);
    const { kind, plural } = object(spec["names"]);
    for (const version of Array.isArray(spec["versions"]) ? spec["versions"].map(object) : []) {
      if (typeof kind !== "string" || !versions.test(String(version["name"]))) continue;
      const root = object(prune(object(version["schema"])["openAPIV3Schema"] ?? {}, true));
      const properties = object(root["properties"]);
      const schema: JsonObject = { ...root, properties: { ...ENVELOPE, ...properties, ...(properties["status"] === undefined ? {} : { status: ANYTHING }) } };
      const same = [...catalogue.definitions].find(([name, known]) => name.startsWith(`${kind}.`) && JSON.stringify(known) === JSON.stringify(schema));
      const name = same?.[0] ?? `${kind}.${version["name"]}`;
      catalogue.definitions.set(name, schema);
      catalogue.kinds.set(`${spec["group"]}/${version["name"]} ${kind}`, { namespaced: spec["scope"] === "Namespaced", plural: String(plural), schema: name });
    }
  }
  return catalogue;
}

/** One kind and one definition a line: a change of version reads as a diff of what changed. */
function render(from: string[], { kinds, definitions }: Catalogue): string {
  const lines = (map: ReadonlyMap<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(",\n");
  return `{\n"provenance": ${JSON.stringify({ from, licence: "Apache-2.0", by: "sandbox/schemas/generate.ts" })},\n"kinds": {\n${lines(kinds)}\n},\n"definitions": {\n${lines(definitions)}\n}\n}\n`;
}

const files = new Map([
  ["kubernetes.json", render([KUBERNETES, KUBERNETES_TYPES], builtIn())],
  ...CRDS.map(({ file, module, sources, versions }): [string, string] => [file, render([module], custom(module, sources, versions))]),
]);
const check = process.argv.includes("--check");
const present = new Set(readdirSync(import.meta.dirname));
for (const [file, text] of files) {
  const path = join(import.meta.dirname, file);
  if (!check) writeFileSync(path, text);
  else if (!present.has(file) || readFileSync(path, "utf8") !== text) {
    console.error(`sandbox/schemas/${file}: differs from its source; run "node sandbox/schemas/generate.ts"`);
    process.exitCode = 1;
  }
}
