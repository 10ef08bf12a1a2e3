import { readFileSync } from "node:fs";

/** A property's specification in a published Pulumi schema, as far as the judge reads it. */
export interface Specification {
  type?: string;
  $ref?: string;
  items?: Specification;
  additionalProperties?: Specification;
  default?: string | number | boolean;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
}

export interface ObjectType {
  properties?: Record<string, Specification>;
  required?: string[];
  enum?: { value: string | number | boolean }[];
  type?: string;
}

export interface ResourceType {
  inputProperties?: Record<string, Specification>;
  requiredInputs?: string[];
  properties: Record<string, Specification>;
  required?: string[];
}

/** A provider's published schema without its prose. */
export interface Schema {
  name: string;
  version: string;
  config?: { variables?: Record<string, Specification> };
  provider: { inputProperties?: Record<string, Specification> };
  resources: Record<string, ResourceType>;
  types?: Record<string, ObjectType>;
  functions?: Record<string, { inputs?: ObjectType; outputs?: ObjectType }>;
}

const loaded = new Map<string, Schema>();

/** Parses a provider's schema once a process; the largest takes 3 ms. */
export function loadSchema(provider: "github" | "docker" | "docker-build" | "random" | "grafana"): Schema {
  const known = loaded.get(provider);
  if (known !== undefined) return known;
  const schema: Schema = JSON.parse(readFileSync(new URL(`schemas/${provider}.json`, import.meta.url), "utf8"));
  loaded.set(provider, schema);
  return schema;
}

/** The object or enumeration that a reference names; undefined for `pulumi.json#/Any` and the like. */
export function resolveType(schema: Schema, reference: string): ObjectType | undefined {
  return reference.startsWith("#/types/") ? schema.types?.[decodeURIComponent(reference.slice("#/types/".length))] : undefined;
}
