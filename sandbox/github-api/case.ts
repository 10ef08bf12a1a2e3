import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";

/** `nonFastForward` as GitHub writes it: `non_fast_forward`. */
export function snakeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `non_fast_forward` as the provider writes it: `nonFastForward`. */
export function camelName(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A copy whose keys, at every depth, are GitHub's. */
export function snake(value: Properties): Properties {
  return renamed(value, snakeName);
}

/** A copy whose keys, at every depth, are the provider's; nulls, which take a setting away, are left out. */
export function camel(value: Properties): Properties {
  return renamed(Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)), camelName);
}

function renamed(value: Properties, name: (key: string) => string): Properties {
  const each = (inner: Value): Value => (Array.isArray(inner) ? inner.map(each) : isProperties(inner) ? renamed(inner, name) : inner);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [name(key), each(inner)]));
}

/** Of an object those properties that are named, where it has them. */
export function picked(value: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])));
}

/** A list of objects; anything else is none. */
export function objects(value: Value | undefined): Properties[] {
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** A list of texts; anything else is none. */
export function texts(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function object(value: Value | undefined): Properties {
  return isProperties(value) ? value : {};
}
