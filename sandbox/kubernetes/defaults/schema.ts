import { isFields } from "../manifest.ts";
import { fieldSchema, resolve, type Definitions, type Schema } from "../schema.ts";

/** Fills the defaults that a custom kind's own schema declares, in place. A default is written only into an object that is there. */
export function schemaDefaults(value: unknown, declared: Schema, definitions: Definitions): void {
  const schema = resolve(declared, definitions);
  if (Array.isArray(value)) for (const item of value) schemaDefaults(item, schema.items ?? {}, definitions);
  if (!isFields(value)) return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (value[name] === undefined && property.default !== undefined) value[name] = structuredClone(property.default);
  }
  for (const [name, field] of Object.entries(value)) schemaDefaults(field, fieldSchema(schema, name) ?? {}, definitions);
}
