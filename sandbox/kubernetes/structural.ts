import { boundProblems, excess, overflows } from "./bounds.ts";
import { hasUnknown, isEmpty, isFields, UNKNOWN, type Fields, type Problem } from "./manifest.ts";
import { duplicate, invalid, required, unsupported } from "./reasons.ts";
import { childPath, fieldSchema, resolve, type Definitions, type Schema } from "./schema.ts";

/** Parts whose absence the kind's own rules word better than "Required value" of the part. */
const LEFT_TO_RULES = new Set(["template", "jobTemplate", "spec", "roleRef"]);

const typeName = (value: unknown): string => {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "float64";
  return typeof value;
};

function isOfType(value: unknown, { type, "x-kubernetes-int-or-string": intOrString }: Schema): boolean {
  const name = typeName(value);
  if (intOrString === true) return name === "string" || name === "integer";
  return type === undefined || name === type || (type === "number" && typeof value === "number");
}

/** A fraction where a whole number belongs is told twice, in the words of the number's format. */
function mistyped(value: unknown, { type, format }: Schema, path: string): Problem[] {
  const isFraction = type === "integer" && typeof value === "number";
  const name = isFraction && format === undefined ? "number" : typeName(value);
  const told = { path, reason: invalid(name, `${path} in body must be of type ${isFraction ? format ?? type : type}: "${name}"`) };
  if (!isFraction) return [told];
  return [told, { path, reason: `Invalid value: "": Checked value must be of type integer ${format === undefined ? "(default format)" : `with format ${format}`} in ${path}` }];
}

const keyText = (keys: string[], item: Fields): string => keys.map((key) => `${key}=${JSON.stringify(item[key])}`).join(",");

/** Items of a keyed list that share their key, each after the first. A key that is not given has its default. */
function repeated(items: unknown[], keys: string[], schema: Schema): { index: number; key: Fields }[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    if (!isFields(item) || hasUnknown(keys.map((key) => item[key]))) return [];
    const key = Object.fromEntries(keys.map((name) => [name, item[name] ?? schema.properties?.[name]?.default]));
    const identity = JSON.stringify(key);
    if (!seen.has(identity)) return seen.add(identity) && [];
    return [{ index, key }];
  });
}

/**
 * Judges a decoded value by its schema. A custom kind's schema is the whole law and words its breaches itself; a built-in kind's tells
 * required fields, enums and keyed lists, and the kind's rules tell the rest. Combinations over unknown values are not judged.
 */
export function structural(root: unknown, rootSchema: Schema, definitions: Definitions, custom: boolean): Problem[] {
  const visit = (value: unknown, declared: Schema, path: string): Problem[] => {
    if (value === UNKNOWN || value === undefined || value === null) return [];
    const schema = resolve(declared, definitions);
    const unlisted = schema.enum !== undefined && (custom || value !== "" || path.endsWith("]")) && !schema.enum.includes(value) ? [{ path, reason: unsupported(value, schema.enum.map(String)) }] : [];
    if (custom && !isOfType(value, schema)) return [...mistyped(value, schema, path), ...unlisted];
    const below = Array.isArray(value) ? visitItems(value, schema, path) : isFields(value) ? visitFields(value, schema, path) : [];
    return [...unlisted, ...(custom ? [...bounds(value, schema, path), ...combinations(value, schema, path)] : []), ...below];
  };
  const bounds = (value: unknown, schema: Schema, path: string): Problem[] => {
    if (overflows(value, schema)) return [{ path, reason: `Invalid value: "": Checked value must be of type integer with format ${schema.format} in ${path}` }];
    const tooMuch = excess(value, schema);
    const shown = typeof value === "object" && value !== null ? Object.keys(value).length : value;
    return [
      ...(tooMuch === undefined ? [] : [{ path, reason: tooMuch }]),
      ...boundProblems(value, schema).map((detail) => ({ path, reason: invalid(shown, `${path} in body ${detail}`) })),
    ];
  };
  const combinations = (value: unknown, { allOf, anyOf, oneOf, not }: Schema, path: string): Problem[] => {
    if (hasUnknown(value)) return [];
    const passes = (schema: Schema): boolean => visit(value, schema, path).length === 0;
    const passed = oneOf?.filter(passes).length ?? 1;
    const found = passed === 0 ? "Found none valid" : `Found ${passed} valid alternatives`;
    const say = (detail: string): Problem => ({ path, reason: `Invalid value: "": ${JSON.stringify(path)} ${detail}` });
    return [
      ...(allOf ?? []).flatMap((schema) => visit(value, schema, path)),
      ...(anyOf === undefined || anyOf.some(passes) ? [] : [say("must validate at least one schema (anyOf)")]),
      ...(passed === 1 ? [] : [say(`must validate one and only one schema (oneOf). ${found}`)]),
      ...(not === undefined || !passes(not) ? [] : [say("must not validate the schema (not)")]),
    ];
  };
  const visitItems = (items: unknown[], schema: Schema, path: string): Problem[] => {
    const keys = schema["x-kubernetes-list-map-keys"] ?? [];
    const doubled = keys.length === 0 ? [] : repeated(items, keys, resolve(schema.items ?? {}, definitions));
    return [
      ...items.flatMap((item, index) => visit(item, schema.items ?? {}, `${path}[${index}]`)),
      ...doubled.map(({ index, key }) => custom
        ? { path: `${path}[${index}]`, reason: duplicate(key) }
        : { path, reason: `duplicate entries for key [${keyText(keys, key)}]` }),
    ];
  };
  const visitFields = (value: Fields, schema: Schema, path: string): Problem[] => [
    ...(schema.required ?? []).filter((name) => (custom ? value[name] === undefined : isEmpty(value[name])))
      .filter((name) => custom || !LEFT_TO_RULES.has(name))
      .map((name) => ({ path: childPath(path, name), reason: required() })),
    ...Object.entries(value).flatMap(([name, field]) => visit(field, fieldSchema(schema, name) ?? {}, childPath(path, name))),
  ];
  return visit(root, rootSchema, "");
}
