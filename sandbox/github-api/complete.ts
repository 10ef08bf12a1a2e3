import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { nodeId } from "./shapes.ts";

/** A schema of GitHub's description. */
export interface Schema {
  $ref?: string;
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

/** An instant of which nobody knows more; the same each time, so that what did not change is the same answer. */
const LONG_AGO = "2000-01-01T00:00:00Z";

/** What fills the gaps: the address of what is answered. */
export interface Surroundings {
  url: string;
  /** What references lead to, by name. */
  schemas?: Readonly<Record<string, Schema>>;
}

function followed(schema: Schema, { schemas }: Surroundings): Schema {
  return schema.$ref === undefined ? schema : (schemas?.[schema.$ref.split("/").at(-1) ?? ""] ?? {});
}

/** A copy with everything that the schema requires and the answer leaves out: GitHub's links and its zeroes. */
export function complete(given: Schema, value: Value, around: Surroundings): Value {
  const schema = followed(given, around);
  if (Array.isArray(value)) return schema.items === undefined ? value : value.map((each) => complete(schema.items ?? {}, each, around));
  if (!isProperties(value)) return value;
  const url = typeof value["url"] === "string" ? value["url"] : around.url;
  let whole: Properties = value;
  for (const part of schema.allOf ?? []) whole = { ...whole, ...asProperties(complete(part, whole, around)) };
  const only = branch(schema, around, whole);
  if (only !== undefined) whole = { ...whole, ...asProperties(complete(only, whole, around)) };
  const filled: Properties = {};
  for (const [key, own] of Object.entries(schema.properties ?? {})) {
    const known = whole[key];
    if (known !== undefined) filled[key] = complete(own, known, { ...around, url: `${url}/${key}` });
    else if (schema.required?.includes(key) === true) filled[key] = absent(own, key, { ...around, url });
  }
  return { ...whole, ...filled };
}

/** Of a choice the object that the value is: by its type where the choices name theirs, else the first. */
function branch({ anyOf, oneOf }: Schema, around: Surroundings, value: Properties = {}): Schema | undefined {
  const choices = (anyOf ?? oneOf ?? []).map((each) => followed(each, around)).filter(({ allOf, properties, type }) => type === "object" || properties !== undefined || allOf !== undefined);
  return choices.find(({ properties }) => properties?.["type"]?.enum?.includes(value["type"] ?? null)) ?? choices[0];
}

function absent(given: Schema, key: string, around: Surroundings): Value {
  const schema = followed(given, around);
  if (schema.default !== undefined) return schema.default;
  if (isNullable(schema, around)) return null;
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  const inner = schema.allOf?.[0] ?? branch(schema, around) ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
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

function text({ format }: Schema, key: string, { url }: Surroundings): string {
  if (format === "date-time" || key.endsWith("_at")) return LONG_AGO;
  if (key === "url") return url;
  if (key === "node_id") return nodeId(url);
  if (format === "uri" || key.endsWith("_url")) return `${url}/${key.replace(/_url$/, "")}`;
  return "";
}

function isNullable(given: Schema, around: Surroundings): boolean {
  const { anyOf, enum: values, nullable, oneOf } = followed(given, around);
  return nullable === true || values?.includes(null) === true || (anyOf ?? oneOf ?? []).some((each) => isNullable(each, around));
}

function asProperties(value: Value): Properties {
  return isProperties(value) ? value : {};
}
