/** A value and where it stands: the key under which its parent holds it. */
export interface Found {
  value: unknown;
  key?: PropertyKey;
  parent?: Found;
}

/** Every value inside `root`, itself first, in the order of the file; nesting may be of any depth. */
export function* walk(root: unknown): Generator<Found> {
  const waiting: Found[] = [{ value: root }];
  for (let found = waiting.pop(); found !== undefined; found = waiting.pop()) {
    yield found;
    pushChildren(found, waiting);
  }
}

/** The way from the root to a value. */
export function pathOf(found: Found): PropertyKey[] {
  const path: PropertyKey[] = [];
  for (let at: Found | undefined = found; at !== undefined; at = at.parent) if (at.key !== undefined) path.push(at.key);
  return path.reverse();
}

// Backwards, because the last one pushed is the next one out.
function pushChildren(parent: Found, waiting: Found[]): void {
  const { value } = parent;
  if (typeof value !== "object" || value === null) return;
  const list = Array.isArray(value);
  const children: [string, unknown][] = Object.entries(value);
  for (const [key, child] of children.reverse()) waiting.push({ value: child, key: list ? Number(key) : key, parent });
}
