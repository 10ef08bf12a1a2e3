import type { Manifest } from "../../../sandbox/kubernetes/index.ts";

const LONG = "x".repeat(70);

/** Values of the wrong sort, size and form in the place of a good one. */
function others(value: unknown): unknown[] {
  if (typeof value === "number") return [-1, 0, "x", 70_000, 1.5];
  if (typeof value === "string") return ["", "A_ b", 5, LONG, "a"];
  if (typeof value === "boolean") return ["x", !value];
  if (Array.isArray(value)) return [[], "x", [...value, ...value]];
  return [{}, "x", { ...Object(value), zzz: 1 }];
}

export function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

const at = (root: unknown, path: string[]): unknown => path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), root);
const isMutable = ([first, second]: string[]): boolean =>
  first !== undefined && first !== "apiVersion" && first !== "kind" && !(first === "metadata" && (second === undefined || second === "namespace"));

/** Every field of a manifest deleted, and in the place of its value another. */
export const mutationsOf = (manifest: Manifest): { path: string[]; value?: unknown }[] =>
  pathsOf(manifest).filter(isMutable).flatMap((path) => [{ path }, ...others(at(manifest, path)).map((value) => ({ path, value }))]);

/** A copy with one field changed, or deleted where no value is given. */
export function mutate(manifest: Manifest, path: string[], value: unknown): Manifest {
  const copy = structuredClone(manifest);
  const parent = at(copy, path.slice(0, -1));
  const key = path.at(-1) ?? "";
  if (value !== undefined) Reflect.set(Object(parent), key, value);
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(Object(parent), key);
  return copy;
}
