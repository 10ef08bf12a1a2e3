import { isFields, UNKNOWN } from "./manifest.ts";

export interface Found {
  path: string;
  value: unknown;
}

interface Step {
  name: string;
  way: "field" | "items" | "values";
}

const parsed = new Map<string, Step[]>();
const parse = (segment: string): Step => (segment === "*" ? { name: "", way: "values" } : { name: segment.replace("[*]", ""), way: segment.endsWith("[*]") ? "items" : "field" });

/** A pattern's steps, parsed once: the rules ask for the same few hundred patterns over and over. */
function stepsOf(pattern: string): Step[] {
  const known = parsed.get(pattern) ?? (pattern === "" ? [] : pattern.split(".").map(parse));
  parsed.set(pattern, known);
  return known;
}

function take({ path, value }: Found, { name, way }: Step): Found[] {
  if (!isFields(value)) return [];
  if (way === "values") return Object.entries(value).map(([key, each]) => ({ path: `${path}[${key}]`, value: each }));
  const child = { path: path === "" ? name : `${path}.${name}`, value: value[name] };
  if (way === "field") return [child];
  return Array.isArray(child.value) ? child.value.map((each, index) => ({ path: `${child.path}[${index}]`, value: each })) : [];
}

/**
 * Every place that a pattern names: "name" a field, "name[*]" each item of a list, "*" each value of a map, e.g. "spec.rules[*].http.paths[*].path".
 * A missing last field is a place too (value undefined). What is unknown has no places below it and is itself left out.
 */
export function select(root: unknown, pattern: string, below = ""): Found[] {
  let found: Found[] = [{ path: below, value: root }];
  for (const step of stepsOf(pattern)) {
    if (found.length === 0) return found;
    found = found.flatMap((place) => take(place, step));
  }
  return found.filter(({ value }) => value !== UNKNOWN);
}

/** True when the value at a plain path, or a part that holds it, is not computed yet. */
export function isUnknownAt(root: unknown, path: string): boolean {
  const value = path.split(".").reduce<unknown>((own, key) => (isFields(own) ? own[key] : own === UNKNOWN ? UNKNOWN : undefined), root);
  return value === UNKNOWN;
}

/** The one value at a plain path, e.g. "spec.template.spec"; undefined where it is missing. */
export const at = (root: unknown, path: string): unknown => select(root, path)[0]?.value;
