/** The part of JSON Schema that the published Kubernetes schemas use, as sandbox/schemas/generate.ts leaves it. */
export interface Schema {
  $ref?: string;
  type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  items?: Schema;
  format?: string;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  multipleOf?: number;
  nullable?: boolean;
  default?: unknown;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-embedded-resource"?: boolean;
  "x-kubernetes-list-type"?: "set";
  "x-kubernetes-list-map-keys"?: string[];
  "x-kubernetes-validations"?: { rule: string; message: string }[];
}

export type Definitions = Record<string, Schema>;

/** The schema that a reference stands for; the schema itself when it is none. */
export const resolve = (schema: Schema, definitions: Definitions): Schema =>
  schema.$ref === undefined ? schema : definitions[schema.$ref] ?? {};

/** A field's schema within an object: its property, else the schema of a map's values. */
export function fieldSchema(schema: Schema, name: string): Schema | undefined {
  const property = schema.properties?.[name];
  if (property !== undefined) return property;
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}

/** An object that takes fields beyond those it names. */
export const isOpen = (schema: Schema): boolean =>
  schema["x-kubernetes-preserve-unknown-fields"] === true || schema.additionalProperties !== undefined || schema.properties === undefined;

export const childPath = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);
