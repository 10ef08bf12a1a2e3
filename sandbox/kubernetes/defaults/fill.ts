import { isFields, type Fields } from "../manifest.ts";
import { select } from "../select.ts";

/** A place and what the server writes there where nothing is given; a function sees what is there already, and the whole object. */
export type Default = [pattern: string, values: Fields | ((value: Fields, root: unknown) => Fields)];

/** Fills an object in place, rule by rule: a later rule sees what an earlier one wrote. The empty string is no value. */
export function fill(root: unknown, rules: readonly Default[], part: unknown = root): void {
  for (const [pattern, values] of rules) {
    for (const { value } of select(part, pattern)) {
      if (!isFields(value)) continue;
      const wanted = typeof values === "function" ? values(value, root) : values;
      for (const [key, each] of Object.entries(wanted)) if (value[key] === undefined || value[key] === "") value[key] = structuredClone(each);
    }
  }
}
