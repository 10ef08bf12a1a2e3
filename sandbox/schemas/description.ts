// Pure: what of GitHub's OpenAPI description the sandbox's REST API reads. Prose, examples, links and unserved operations are left behind.
import { isObject, mapValues } from "./prune.ts";
import type { Json, JsonObject } from "./prune.ts";

const SCHEMA_KEPT = new Set([
  "$ref", "type", "required", "format", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "uniqueItems", "default",
]);
/** Formats that ajv knows nothing of say nothing to it. */
const FORMATS = new Set(["date-time", "uri", "email", "int64"]);
const JSON_TYPE = "application/json";

/** The description with these operations alone. Throws where GitHub has no such operation. */
export function described(description: JsonObject, operations: readonly string[], amended: Readonly<Record<string, JsonObject>>): JsonObject {
  const wanted = new Set(operations);
  const paths: JsonObject = {};
  for (const [path, methods] of entries(description["paths"])) {
    const kept = entries(methods).filter(([, each]) => wanted.delete(String(object(each)["operationId"])));
    if (kept.length > 0) paths[path] = Object.fromEntries(kept.map(([method, each]) => [method, operation(object(each), description, amended)]));
  }
  if (wanted.size > 0) throw new Error(`${[...wanted].join(", ")}: GitHub has no such operation`);
  const schemas: JsonObject = {};
  for (let names = references(paths); names.length > 0; ) {
    names = names.flatMap((reference) => {
      const name = reference.split("/").at(-1) ?? "";
      if (schemas[name] !== undefined) return [];
      schemas[name] = schema(found(reference, description));
      return references(schemas[name]);
    });
  }
  return { openapi: "3.0.3", info: { title: "GitHub", version: String(object(description["info"])["version"]) }, paths, components: { schemas: sorted(schemas) } };
}

/** What a reference of the description leads to. */
function found(reference: string, description: JsonObject): JsonObject {
  return object(reference.split("/").slice(1).reduce<Json | undefined>((inner, key) => object(inner)[key], description));
}

/** Parameters and responses are small, and stand where they are used; only schemas are shared. */
function operation(whole: JsonObject, description: JsonObject, amended: Readonly<Record<string, JsonObject>>): JsonObject {
  const id = String(whole["operationId"]);
  const here = (each: Json): JsonObject => (isObject(each) && typeof each["$ref"] === "string" ? found(each["$ref"], description) : object(each));
  const body = object(object(object(whole["requestBody"])["content"])[JSON_TYPE])["schema"];
  const parameters = Array.isArray(whole["parameters"]) ? whole["parameters"] : [];
  return {
    operationId: id,
    parameters: parameters.map((each) => parameter(here(each))),
    ...(body === undefined ? {} : { requestBody: { required: object(whole["requestBody"])["required"] === true, content: { [JSON_TYPE]: { schema: withMore(schema(body), amended[id]) } } } }),
    responses: mapValues(object(whole["responses"]), (each, status) => response(here(each), Number(status) >= 400)),
  };
}

function withMore(body: Json, more: JsonObject | undefined): Json {
  return more === undefined || !isObject(body) ? body : { ...body, properties: { ...object(body["properties"]), ...more } };
}

function parameter({ in: place, name, required, schema: own }: JsonObject): JsonObject {
  return { name: name ?? "", in: place ?? "", ...(required === true ? { required } : {}), schema: schema(own ?? {}) };
}

/** Headers are GitHub's to vary; of the bodies that of JSON is judged. What GitHub refuses with is often two of its choices at once. */
function response({ content }: JsonObject, refuses: boolean): JsonObject {
  const of = object(content);
  const own = object(of[JSON_TYPE] ?? of["application/vnd.github.object"])["schema"];
  if (own === undefined) return { description: "" };
  const { oneOf, ...pruned } = object(schema(own));
  return { description: "", content: { [JSON_TYPE]: { schema: oneOf === undefined ? pruned : { ...pruned, [refuses ? "anyOf" : "oneOf"]: oneOf } } } };
}

export function schema(whole: Json): Json {
  if (!isObject(whole)) return whole;
  const pruned: JsonObject = {};
  for (const [key, value] of Object.entries(whole)) {
    if (key === "format" && !FORMATS.has(String(value))) continue;
    if (SCHEMA_KEPT.has(key)) pruned[key] = value;
    else if (key === "properties" && isObject(value)) pruned[key] = mapValues(value, schema);
    else if (["items", "additionalProperties", "not"].includes(key)) pruned[key] = schema(value);
    else if (["allOf", "anyOf", "oneOf"].includes(key) && Array.isArray(value)) pruned[key] = value.map(schema);
  }
  return whole["nullable"] === true ? orNull(pruned) : pruned;
}

/** A choice that may be null says so without a type, which the validator takes for a mistake; an enumeration has to name null. */
function orNull(pruned: JsonObject): JsonObject {
  if (pruned["type"] === undefined) return { anyOf: [pruned, { enum: [null] }] };
  const values = pruned["enum"];
  return { ...pruned, nullable: true, ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}) };
}

function references(value: Json): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"(#\/components\/[^"]+)"/g)].map(([, reference = ""]) => reference);
}

function sorted(value: Json): Json {
  return Object.fromEntries(entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function entries(value: Json | undefined): [string, Json][] {
  return Object.entries(object(value));
}
