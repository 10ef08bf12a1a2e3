import { isFields, UNKNOWN, type Problem } from "./manifest.ts";
import { quantityProblem } from "./quantity.ts";
import { childPath, fieldSchema, isOpen, resolve, type Definitions, type Schema } from "./schema.ts";

interface Place {
  path: string;
  /** The Go struct and JSON path that the decoder names, e.g. "DeploymentSpec.spec.replicas". */
  goField: string;
  /** The Go type that the field holds, e.g. "int32". */
  goType: string;
}

const STRICT = "strict decoding error";
const GO_NUMBERS = new Set(["int32", "int64"]);
const baseName = (reference: string | undefined): string => reference?.replace(/^.*\.([^.]+)$/, "$1") ?? "";
const packageName = (reference: string): string => reference.replace(/^.*\.([^.]+\.[^.]+)$/, "$1");

function goType(schema: Schema, definitions: Definitions): string {
  const { type, format } = resolve(schema, definitions);
  if (schema.$ref !== undefined && type === "object") return packageName(schema.$ref);
  if (type === "array") return `[]${goType(schema.items ?? {}, definitions)}`;
  if (type === "object") return `map[string]${typeof schema.additionalProperties === "object" ? goType(schema.additionalProperties, definitions) : "string"}`;
  if (type === "integer") return format !== undefined && GO_NUMBERS.has(format) ? format : "int";
  if (format === "byte") return "[]uint8";
  return type === "boolean" ? "bool" : type === "number" ? "float64" : "string";
}

const kindOfJson = (value: unknown): string => {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "number" : `number ${value}`;
  return typeof value === "boolean" ? "bool" : typeof value;
};

const LIMITS: Record<string, number> = { int32: 2 ** 31, int64: 2 ** 63 };
const fits = (value: number, format: string | undefined): boolean =>
  Number.isInteger(value) && value < (LIMITS[format ?? "int64"] ?? LIMITS["int64"] ?? 0) && value >= -(LIMITS[format ?? "int64"] ?? 0);

function hasType(value: unknown, { type, format }: Schema): boolean {
  switch (type) {
    case "object": return isFields(value);
    case "array": return Array.isArray(value);
    case "string": return typeof value === "string";
    case "boolean": return typeof value === "boolean";
    case "number": return typeof value === "number";
    case "integer": return typeof value === "number" && fits(value, format);
    case undefined: return true;
    default: return type satisfies never;
  }
}

/**
 * Decodes a value by its schema, as the API server does before it validates: unknown fields for every kind, and for the built-in kinds
 * (`typed`) values that their Go types cannot hold, which hide the unknown fields. Nothing below an unknown value is looked at.
 */
export function decode(root: unknown, rootSchema: Schema, definitions: Definitions, typed: boolean, start = ""): Problem[] {
  const problems: Problem[] = [];
  const visit = (value: unknown, declared: Schema, place: Place): void => {
    if (value === UNKNOWN || value === undefined || value === null) return;
    const schema = resolve(declared, definitions);
    const { path } = place;
    if (typed && schema.format === "quantity") {
      const reason = quantityProblem(value);
      if (reason !== undefined) problems.push({ path, reason });
      return;
    }
    if (typed && schema["x-kubernetes-int-or-string"] === true && typeof value !== "string" && !Number.isInteger(value)) {
      problems.push({ path, reason: `json: cannot unmarshal ${kindOfJson(value)} into Go struct field ${place.goField} of type int32` });
    }
    if (typed && !hasType(value, schema)) {
      const shown = schema.type === "integer" && typeof value === "number" ? `number ${value}` : kindOfJson(value);
      problems.push({ path, reason: `json: cannot unmarshal ${shown} into Go struct field ${place.goField} of type ${place.goType}` });
      return;
    }
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, schema.items ?? {}, { ...place, path: `${path}[${index}]`, goType: goType(schema.items ?? {}, definitions) }));
    if (isFields(value)) visitFields(value, schema, declared, place);
  };
  const visitFields = (value: Record<string, unknown>, schema: Schema, declared: Schema, { path, goField }: Place): void => {
    const struct = baseName(declared.$ref) || goField.replace(/\..*$/, "");
    const jsonPath = goField.includes(".") ? goField.replace(/^[^.]*\./, "") : "";
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue;
      const known = fieldSchema(schema, name);
      const below = childPath(path, name);
      const isMapValue = schema.properties?.[name] === undefined;
      if (known !== undefined) visit(field, known, { path: below, goField: isMapValue ? goField : `${struct}.${childPath(jsonPath, name)}`, goType: goType(known, definitions) });
      else if (!isOpen(schema)) problems.push({ path: below, reason: `${STRICT}: unknown field ${JSON.stringify(below)}` });
    }
  };
  visit(root, rootSchema, { path: start, goField: "", goType: "" });
  const undecodable = problems.filter(({ reason }) => !reason.startsWith(STRICT));
  return undecodable.length > 0 ? undecodable : problems;
}
