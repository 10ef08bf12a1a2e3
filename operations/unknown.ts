/** What stands under a key of something whose form is not known; undefined where there is none. */
export function part(value: unknown, ...keys: (string | number)[]): unknown {
  let at = value;
  for (const key of keys) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at ?? undefined;
}

export function text(value: unknown, ...keys: (string | number)[]): string {
  const found = part(value, ...keys);
  return typeof found === "string" || typeof found === "number" || typeof found === "boolean" ? String(found) : "";
}

export function list(value: unknown, ...keys: (string | number)[]): unknown[] {
  const found = part(value, ...keys);
  return Array.isArray(found) ? found : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A copy of what has keys; nothing of what has none. */
export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? { ...value } : {};
}
