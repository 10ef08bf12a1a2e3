import { formatPath } from "./paths.ts";
import { isProperties, UNKNOWN } from "./values.ts";
import type { Path, Properties, Value } from "./values.ts";

export type ChangeKind = "add" | "delete" | "update";

export interface Change {
  path: string;
  kind: ChangeKind;
  /** The first segment: the property of the resource that changes. */
  property: string;
}

/** Every leaf that differs between two sets of inputs; null and absent are the same. */
export function changes(olds: Properties, news: Properties): Change[] {
  const found: Change[] = [];
  compareProperties(olds, news, [], found);
  return found;
}

/** Depth-first equality, with null and absent the same. */
export function equal(left: Value | undefined, right: Value | undefined): boolean {
  const found: Change[] = [];
  compare(left ?? null, right ?? null, ["value"], found);
  return found.length === 0;
}

function compareProperties(olds: Properties, news: Properties, path: Path, found: Change[]): void {
  for (const key in olds) compare(olds[key] ?? null, news[key] ?? null, [...path, key], found);
  for (const key in news) if (!Object.hasOwn(olds, key)) compare(null, news[key] ?? null, [...path, key], found);
}

function compare(old: Value, fresh: Value, path: Path, found: Change[]): void {
  if (old === fresh && fresh !== UNKNOWN) return;
  if (isProperties(old) && isProperties(fresh)) return compareProperties(old, fresh, path, found);
  if (Array.isArray(old) && Array.isArray(fresh)) {
    for (let index = 0; index < Math.max(old.length, fresh.length); index++) compare(old[index] ?? null, fresh[index] ?? null, [...path, index], found);
    return;
  }
  const kind: ChangeKind = old === null ? "add" : fresh === null ? "delete" : "update";
  found.push({ path: formatPath(path), kind, property: String(path[0]) });
}
