import type { Schema } from "./stack-schema.ts";

/** What may stand there, in few words; a form with a name of its own is a link to its table. */
export function typeText(schema: Schema): string {
  const reference = referenceOf(schema);
  if (reference !== undefined) return `[${reference}](#${reference.toLowerCase()})`;
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return [...new Set(branches.filter(isSchema).map(typeText))].join(" or ");
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(", ");
  switch (schema.type) {
    case "string":
      return "text";
    case "boolean":
      return "true or false";
    case "integer":
      return `whole number${range(schema)}`;
    case "number":
      return `number${range(schema)}`;
    case "array":
      return isSchema(schema.items) ? `list of ${typeText(schema.items)}` : "list";
    default:
      return isSchema(schema.additionalProperties) ? `${typeText(schema.additionalProperties)} by name` : "map";
  }
}

/** The name of the form that a schema refers to. */
export function referenceOf({ $ref, allOf }: Schema): string | undefined {
  const [only] = allOf ?? [];
  if (isSchema(only)) return referenceOf(only);
  return $ref?.split("/").at(-1);
}

function range({ minimum, maximum }: Schema): string {
  if (minimum === undefined) return "";
  return maximum === undefined ? ` from ${minimum}` : ` ${minimum} – ${maximum}`;
}

function literal(value: unknown): string {
  return `\`${String(value)}\``;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The forms that a schema defines once and refers to from many places. */
export function formsOf({ definitions }: Schema): Map<string, Schema> {
  return new Map(Object.entries(isSchema(definitions) ? definitions : {}).filter((entry): entry is [string, Schema] => isSchema(entry[1])));
}
