/** A value as the engine sends it, without Pulumi's wrappers. */
export type Value = null | boolean | number | string | Value[] | Properties;
export type Properties = { [key: string]: Value };
export type Path = readonly (string | number)[];

/** Plain properties, and where in them a secret stands: every value at or below such a path is one. */
export interface Revealed {
  plain: Properties;
  secrets: Path[];
}

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

export function isProperties(value: Value | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Takes the wrappers off and remembers where the secrets were. */
export function reveal(properties: Properties): Revealed {
  const secrets: Path[] = [];
  return { plain: revealChildren(properties, [], secrets), secrets };
}

function revealChildren(properties: Properties, path: Path, secrets: Path[]): Properties {
  const plain: Properties = {};
  for (const key in properties) plain[key] = revealValue(properties[key] ?? null, [...path, key], secrets);
  return plain;
}

function revealValue(value: Value, path: Path, secrets: Path[]): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => revealValue(item, [...path, index], secrets));
  switch (value[SIGNATURE]) {
    case SECRET:
      secrets.push(path);
      return revealValue(value["value"] ?? null, path, []);
    case OUTPUT:
      if (value["secret"] === true) secrets.push(path);
      return value["value"] === undefined ? UNKNOWN : revealValue(value["value"], path, []);
    case RESOURCE:
      return value["id"] ?? value["urn"] ?? null;
    default:
      return revealChildren(value, path, secrets);
  }
}

/** The reverse of `reveal`: wraps what stands at the given paths; a path that leads nowhere is left out. */
export function conceal({ plain, secrets }: Revealed): Properties {
  if (secrets.length === 0) return plain;
  const wrapped: Properties = {};
  for (const key in plain) wrapped[key] = concealValue(plain[key] ?? null, secrets.filter((path) => path[0] === key), 1);
  return wrapped;
}

function concealValue(value: Value, secrets: Path[], depth: number): Value {
  if (secrets.length === 0) return value;
  if (secrets.some((path) => path.length === depth)) return { [SIGNATURE]: SECRET, value };
  if (Array.isArray(value)) return value.map((item, index) => concealValue(item, below(secrets, index, depth), depth + 1));
  if (!isProperties(value)) return value;
  const wrapped: Properties = {};
  for (const key in value) wrapped[key] = concealValue(value[key] ?? null, below(secrets, key, depth), depth + 1);
  return wrapped;
}

function below(secrets: Path[], segment: string | number, depth: number): Path[] {
  return secrets.filter((path) => path[depth] === segment);
}

/** True where the path is a secret one, or stands inside a secret. */
export function isSecret(path: Path, secrets: readonly Path[]): boolean {
  return secrets.some((secret) => secret.length <= path.length && secret.every((segment, index) => segment === path[index]));
}

/** The value at a path, or undefined where the path leads nowhere. */
export function at(value: Value | undefined, path: Path): Value | undefined {
  let current = value;
  for (const segment of path) {
    if (Array.isArray(current) && typeof segment === "number") current = current[segment];
    else if (isProperties(current)) current = current[String(segment)];
    else return undefined;
  }
  return current;
}

/** True where the value is, or contains, one that is not known before the update. */
export function hasUnknown(value: Value | undefined): boolean {
  if (typeof value === "string") return value === UNKNOWN;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isProperties(value) && Object.values(value).some(hasUnknown);
}

/** A copy without the properties whose value is null, as the services treat them. */
export function withoutNulls(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
