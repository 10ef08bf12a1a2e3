/** What @pulumi/policy and `preview --json` put where a value is not known before the update. */
const UNKNOWN = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What `preview --json` shows instead of a value that is marked secret. */
export const MASKED = "[secret]";

export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && UNKNOWN.has(value);
}

/** The entries of an object; nothing where it is none. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The items of a list; nothing where it is none. */
export function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What is at the end of a path of keys, undefined where it ends before; nothing is known inside of what is not known. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce((inner, key) => (isUnknown(inner) ? inner : fields(inner)[key]), value);
}

/** A text, or nothing. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Every value inside, with its path. */
export function* walk(value: unknown, path: readonly string[] = []): Generator<{ path: readonly string[]; value: unknown }> {
  yield { path, value };
  const children = Array.isArray(value) ? value.map((item, index) => [String(index), item] as const) : Object.entries(fields(value));
  for (const [key, child] of children) yield* walk(child, [...path, key]);
}
