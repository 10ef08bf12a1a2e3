export interface Found {
  path: readonly PropertyKey[];
  value: unknown;
}

/** Every value inside `root`, itself first, in the order of the file; nesting may be of any depth. */
export function* walk(root: unknown, path: readonly PropertyKey[]): Generator<Found> {
  const waiting: Found[] = [{ path, value: root }];
  for (let found = waiting.pop(); found !== undefined; found = waiting.pop()) {
    yield found;
    waiting.push(...childrenOf(found).reverse());
  }
}

function childrenOf({ path, value }: Found): Found[] {
  if (Array.isArray(value)) return value.map((item: unknown, at) => ({ path: [...path, at], value: item }));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([key, item]: [string, unknown]) => ({ path: [...path, key], value: item }));
}
