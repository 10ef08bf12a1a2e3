// Pure: what of a published schema the sandbox's judge reads. Prose, patch hints and most CEL rules are left behind.
import { CEL } from "../kubernetes/cel.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const KEPT = new Set([
  "type", "required", "format", "enum", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength",
  "minItems", "maxItems", "minProperties", "maxProperties", "multipleOf", "nullable", "x-kubernetes-int-or-string",
  "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", "x-kubernetes-list-type", "x-kubernetes-list-map-keys",
]);
const VALIDATIONS = "x-kubernetes-validations";
const CHILDREN = new Set(["items", "additionalProperties", "not"]);
const MAPS = new Set(["properties", "patternProperties"]);
const LISTS = new Set(["allOf", "anyOf", "oneOf"]);

/** Published as unions of types, or as nothing at all; the server reads them by these rules instead. */
const SPECIAL: Record<string, JsonObject> = {
  "apimachinery.pkg.util.intstr.IntOrString": { "x-kubernetes-int-or-string": true },
  "apimachinery.pkg.api.resource.Quantity": { "x-kubernetes-int-or-string": true, format: "quantity" },
  "apimachinery.pkg.apis.meta.v1.FieldsV1": { type: "object", "x-kubernetes-preserve-unknown-fields": true },
};

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** "#/components/schemas/io.k8s.api.core.v1.Pod" becomes "api.core.v1.Pod". */
export const shortName = (reference: string): string => reference.replace(/^.*\//, "").replace(/^io\.k8s\./, "");

/** A default that only restates Go's zero value says nothing about what the server stores. */
const tellsSomething = (value: Json): boolean =>
  value !== "" && value !== 0 && value !== null && !(isObject(value) && Object.keys(value).length === 0);

/** Of a schema's rules those that sandbox/kubernetes/cel.ts can judge. */
function knownRules(value: Json): [string, Json][] {
  const rules = (Array.isArray(value) ? value : []).filter(isObject).filter(({ rule }) => typeof rule === "string" && rule in CEL);
  return rules.length === 0 ? [] : [[VALIDATIONS, rules.map(({ rule, message }) => ({ rule: rule ?? "", message: message ?? "" }))]];
}

function pruneEntry(key: string, value: Json, zeroDefaults: boolean): [string, Json][] {
  if (key === "$ref" && typeof value === "string") return [[key, shortName(value)]];
  if (key === "default") return zeroDefaults || tellsSomething(value) ? [[key, value]] : [];
  if (key === VALIDATIONS) return knownRules(value);
  if (KEPT.has(key)) return key === "x-kubernetes-list-type" && value !== "set" ? [] : [[key, value]];
  if (CHILDREN.has(key)) return [[key, prune(value, zeroDefaults)]];
  if (LISTS.has(key) && Array.isArray(value)) return [[key, value.map((each) => prune(each, zeroDefaults))]];
  if (MAPS.has(key) && isObject(value)) return [[key, mapValues(value, (each) => prune(each, zeroDefaults))]];
  return [];
}

export const mapValues = (object: JsonObject, change: (value: Json, key: string) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

/** `zeroDefaults` keeps `default: ""` and its like: in a CRD they are real, in the built-in kinds they are Go's zero values. */
export function prune(schema: Json, zeroDefaults: boolean): Json {
  if (!isObject(schema)) return schema;
  const only = Array.isArray(schema["allOf"]) && schema["allOf"].length === 1 ? schema["allOf"][0] : undefined;
  if (isObject(only) && only["$ref"] !== undefined) return prune({ ...only, default: schema["default"] ?? null }, zeroDefaults);
  return Object.fromEntries(Object.entries(schema).flatMap(([key, value]) => pruneEntry(key, value, zeroDefaults)));
}

/** One definition of the built-in kinds: pruned, its special form, and the enums that Go declares for its fields. */
export function pruneDefinition(name: string, schema: Json, enums: ReadonlyMap<string, string[]>): Json {
  const special = SPECIAL[name];
  const pruned = special ?? prune(schema, false);
  const properties = isObject(pruned) ? pruned["properties"] : undefined;
  if (!isObject(pruned) || !isObject(properties)) return pruned;
  const withEnum = (property: Json, key: string): Json => {
    const values = enums.get(`${name}.${key}`);
    if (values === undefined || !isObject(property)) return property;
    return isObject(property["items"]) ? { ...property, items: { ...property["items"], enum: values } } : { ...property, enum: values };
  };
  return { ...pruned, properties: mapValues(properties, withEnum) };
}

/** The definitions that the roots reach, by name. */
export function reachable(definitions: ReadonlyMap<string, Json>, roots: readonly string[]): Map<string, Json> {
  const found = new Map<string, Json>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const definition = definitions.get(name);
    if (found.has(name) || definition === undefined) continue;
    found.set(name, definition);
    for (const match of JSON.stringify(definition).matchAll(/"\$ref":"([^"]+)"/g)) queue.push(match[1] ?? "");
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
