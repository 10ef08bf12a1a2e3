import { isRecord } from "../unknown.ts";
import { canonical, SECRET } from "./values.ts";
import type { Properties } from "./values.ts";

/** One field that changes. */
export interface Field {
  /** Such as `spec.http[0].route[0].weight`. */
  path: string;
  /** Absent where it was not there. */
  before?: unknown;
  /** Absent where it goes. */
  after?: unknown;
  /** Its change needs a new resource in the old one's place. */
  replaces: boolean;
}

/** What providers said of the resource. */
export interface Seen {
  old: Properties;
  new: Properties;
}

type Key = string | number;

/** Fields of a resource that are told; a value that differs in more is told whole. */
const MOST = 200;

/**
 * What differs between two sets of inputs, down to single values; `detailed` are the provider's own findings, which know what replaces
 * and what changed behind the stack's back (`seen`: the outputs).
 */
export function fieldsOf(before: Properties, after: Properties, detailed: Readonly<Record<string, string>>, seen: () => Seen): Field[] {
  const replacing = Object.entries(detailed).filter(([, kind]) => kind.endsWith("-replace")).map(([path]) => path);
  const replaces = (path: string): boolean => replacing.some((each) => path === each || within(path, each) || within(each, path));
  const fields = [...differences([], before, after)].slice(0, MOST).map((field) => ({ ...field, replaces: replaces(field.path) }));
  // A secret differs where both sides show the same mark, and a live value where the inputs are equal.
  const found = Object.keys(detailed).filter((path) => !fields.some((field) => field.path === path || within(field.path, path) || within(path, field.path)));
  if (found.length === 0) return fields;
  const outputs = seen();
  return [...fields, ...found.map((path) => told(path, { before, after, seen: outputs, replaces: replaces(path) }))];
}

function told(path: string, { after, before, replaces, seen }: { before: Properties; after: Properties; seen: Seen; replaces: boolean }): Field {
  const keys = keysOf(path);
  const [old, next] = [valueAt(seen.old, keys) ?? valueAt(before, keys), valueAt(after, keys) ?? valueAt(seen.new, keys)];
  return { path, ...(old === undefined ? {} : { before: old }), ...(next === undefined ? {} : { after: next }), replaces };
}

function* differences(path: readonly Key[], before: unknown, after: unknown): Generator<Omit<Field, "replaces">> {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let at = 0; at < Math.max(before.length, after.length); at += 1) yield* differences([...path, at], before[at], after[at]);
  } else if (isRecord(before) && isRecord(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) yield* differences([...path, key], before[key], after[key]);
  } else if (canonical(before ?? null) !== canonical(after ?? null)) {
    yield { path: textOf(path), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  }
}

/** `spec.http[0]["app.kubernetes.io/name"]`. */
export function textOf(path: readonly Key[]): string {
  return path.map((key, at) => {
    if (typeof key === "number") return `[${key}]`;
    return /^[^.[\]"\s]+$/.test(key) ? `${at === 0 ? "" : "."}${key}` : `[${JSON.stringify(key)}]`;
  }).join("");
}

/** The keys of a path that the engine wrote. */
export function keysOf(path: string): Key[] {
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? (name ?? "") : quoted.replace(/\\(.)/g, "$1");
  });
}

/** What stands at a path; the mark of a secret stands for everything in it. */
export function valueAt(value: unknown, keys: readonly Key[]): unknown {
  let at = value;
  for (const key of keys) {
    if (at === SECRET) return SECRET;
    if (Array.isArray(at) && typeof key === "number") at = at[key];
    else if (isRecord(at) && Object.hasOwn(at, key)) at = at[key];
    else return undefined;
  }
  return at;
}

function within(path: string, outer: string): boolean {
  return path.startsWith(outer) && /^[.[]/.test(path.slice(outer.length));
}
