import { resolveType } from "./schema.ts";
import type { Schema, Specification } from "./schema.ts";
import { isProperties } from "./values.ts";
import type { Path, Properties, Value } from "./values.ts";

/** Where the published schema says that a secret stands, at any depth, whatever the program marked. */
export function schemaSecrets(schema: Schema, specifications: Record<string, Specification>, properties: Properties): Path[] {
  return ofMapping(schema, specifications, properties, []);
}

function ofMapping(schema: Schema, specifications: Record<string, Specification>, properties: Properties, path: Path): Path[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const specification = specifications[name];
    return specification === undefined ? [] : ofValue(schema, specification, value, [...path, name]);
  });
}

function ofValue(schema: Schema, specification: Specification, value: Value, path: Path): Path[] {
  if (specification.secret === true) return [path];
  if (Array.isArray(value)) {
    const { items } = specification;
    return items === undefined ? [] : value.flatMap((item, index) => ofValue(schema, items, item, [...path, index]));
  }
  if (specification.$ref === undefined || !isProperties(value)) return [];
  return ofMapping(schema, resolveType(schema, specification.$ref)?.properties ?? {}, value, path);
}
