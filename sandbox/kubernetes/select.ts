import { isFields, UNKNOWN } from "./manifest.ts";

export interface Found {
  path: string;
  value: unknown;
}

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** Steps into one segment of a pattern: "name", "name[*]" for each item, "*" for each value of a map. */
function step({ path, value }: Found, segment: string): Found[] {
  if (!isFields(value)) return [];
  if (segment === "*") return Object.entries(value).map(([key, each]) => ({ path: `${path}[${key}]`, value: each }));
  const name = segment.replace("[*]", "");
  const child = { path: join(path, name), value: value[name] };
  if (name === segment) return [child];
  return Array.isArray(child.value) ? child.value.map((each, index) => ({ path: `${child.path}[${index}]`, value: each })) : [];
}

/**
 * Every place that a pattern such as "spec.rules[*].http.paths[*].path" names, missing last fields included (value undefined).
 * What is unknown has no places below it and is itself left out.
 */
export function select(root: unknown, pattern: string, below = ""): Found[] {
  const start: Found[] = [{ path: below, value: root }];
  const found = pattern === "" ? start : pattern.split(".").reduce((places, segment) => places.flatMap((place) => step(place, segment)), start);
  return found.filter(({ value }) => value !== UNKNOWN);
}

/** True when the value at a plain path, or a part that holds it, is not computed yet. */
export function isUnknownAt(root: unknown, path: string): boolean {
  const value = path.split(".").reduce<unknown>((own, key) => (isFields(own) ? own[key] : own === UNKNOWN ? UNKNOWN : undefined), root);
  return value === UNKNOWN;
}

/** The one value at a plain path, e.g. "spec.template.spec"; undefined where it is missing. */
export const at = (root: unknown, path: string): unknown => select(root, path)[0]?.value;
