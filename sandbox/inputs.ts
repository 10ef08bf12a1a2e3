import { equal } from "./diff.ts";
import { isProperties } from "./values.ts";
import type { Properties, Value } from "./values.ts";

/**
 * The inputs that a stored object shows. `declared` is what the program last sent, `expected` what the server would store for
 * it, `live` what is stored. Defaults of the server are left out; what a person changed, added or removed is not.
 */
export function readBack(declared: Properties, expected: Properties, live: Properties): Properties {
  return mapping(declared, expected, live);
}

function merge(declared: Value | undefined, expected: Value | undefined, live: Value | undefined): Value | undefined {
  // What the server never stores (a Secret's stringData) stays as declared; anything else that is missing was removed.
  if (live === undefined) return expected === undefined ? declared : undefined;
  if (equal(live, expected)) return declared;
  if (isProperties(live) && (isProperties(declared) || isProperties(expected))) {
    const merged = mapping(isProperties(declared) ? declared : {}, isProperties(expected) ? expected : {}, live);
    return declared === undefined && Object.keys(merged).length === 0 ? undefined : merged;
  }
  if (Array.isArray(live) && Array.isArray(declared)) {
    const expectations = Array.isArray(expected) ? expected : [];
    return live.map((item, index) => merge(declared[index], expectations[index], item) ?? item);
  }
  return live;
}

function mapping(declared: Properties, expected: Properties, live: Properties): Properties {
  const merged: Properties = {};
  for (const key of new Set([...Object.keys(declared), ...Object.keys(live)])) {
    const value = merge(declared[key], expected[key], live[key]);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

/** For an import: the smallest inputs that the server would store as `live`; `store` fills in what the server does. */
export function smallestInputs(live: Properties, store: (inputs: Properties) => Properties, keep: (path: string) => boolean): Properties {
  let inputs = structuredClone(live);
  for (const path of leaves(live, []).reverse()) {
    if (keep(path.join("."))) continue;
    const candidate = structuredClone(inputs);
    if (removeAt(candidate, path) && equal(store(candidate), live)) inputs = candidate;
  }
  return inputs;
}

function leaves(value: Value, path: (string | number)[]): (string | number)[][] {
  const children = Array.isArray(value) ? value.map((child, index) => leaves(child, [...path, index])) : isProperties(value) ? Object.entries(value).map(([key, child]) => leaves(child, [...path, key])) : [];
  return [path, ...children.flat()].filter((leaf) => leaf.length > 0);
}

function removeAt(root: Value, path: (string | number)[]): boolean {
  let holder: Value | undefined = root;
  for (const segment of path.slice(0, -1)) holder = Array.isArray(holder) ? holder[Number(segment)] : isProperties(holder) ? holder[segment] : undefined;
  const last = path.at(-1);
  if (!isProperties(holder) || typeof last !== "string" || !Object.hasOwn(holder, last)) return false;
  delete holder[last];
  return true;
}
