import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { nodeId } from "./shapes.ts";

/** A response's schema in GitHub's description, references followed. */
export interface Schema {
  type?: string;
  nullable?: boolean;
  format?: string;
  enum?: Value[];
  default?: Value;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** What fills the gaps: the address of what is answered, and an instant. */
export interface Surroundings {
  url: string;
  now: string;
}

/** A copy with everything that the schema requires and the answer leaves out: GitHub's links and its zeroes. */
export function complete(schema: Schema, value: Value, around: Surroundings): Value {
  if (Array.isArray(value)) return schema.items === undefined ? value : value.map((each) => complete(schema.items ?? {}, each, around));
  if (!isProperties(value)) return value;
  const url = typeof value["url"] === "string" ? value["url"] : around.url;
  let whole: Properties = value;
  for (const part of schema.allOf ?? []) whole = { ...whole, ...asProperties(complete(part, whole, around)) };
  const only = branch(schema);
  if (only !== undefined) whole = { ...whole, ...asProperties(complete(only, whole, around)) };
  const filled: Properties = {};
  for (const [key, own] of Object.entries(schema.properties ?? {})) {
    const given = whole[key];
    if (given !== undefined) filled[key] = complete(own, given, { ...around, url: `${url}/${key}` });
    else if (schema.required?.includes(key) === true) filled[key] = absent(own, key, { ...around, url });
  }
  return { ...whole, ...filled };
}

/** Of a choice the one object, where the others are null. */
function branch({ anyOf, oneOf }: Schema): Schema | undefined {
  const choices = (anyOf ?? oneOf ?? []).filter((each) => !(each.enum?.length === 1 && each.enum[0] === null));
  return choices.length === 1 ? choices[0] : undefined;
}

function absent(schema: Schema, key: string, around: Surroundings): Value {
  if (schema.default !== undefined) return schema.default;
  if (isNullable(schema)) return null;
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  const inner = schema.allOf?.[0] ?? branch(schema) ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (schema.type === undefined && schema.properties === undefined && inner !== undefined) return absent(inner, key, around);
  switch (schema.type) {
    case "boolean": return false;
    case "integer":
    case "number": return 0;
    case "array": return [];
    case "string": return text(schema, key, around);
    default: return complete(schema, {}, around);
  }
}

function text({ format }: Schema, key: string, { now, url }: Surroundings): string {
  if (format === "date-time" || key.endsWith("_at")) return now;
  if (key === "url") return url;
  if (key === "node_id") return nodeId(url);
  if (format === "uri" || key.endsWith("_url")) return `${url}/${key.replace(/_url$/, "")}`;
  return "";
}

function isNullable({ anyOf, enum: values, nullable, oneOf }: Schema): boolean {
  return nullable === true || values?.includes(null) === true || (anyOf ?? oneOf ?? []).some(isNullable);
}

function asProperties(value: Value): Properties {
  return isProperties(value) ? value : {};
}
