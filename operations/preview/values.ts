import { isRecord } from "../unknown.ts";

/** Properties as the engine tells of them. */
export type Properties = Readonly<Record<string, unknown>>;

/** What stands where the engine, or this house, keeps a value back. */
export const SECRET = "[secret]";

/** The property by which the engine marks values that are more than JSON, and the mark of a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** What the engine writes where only the update will tell: a text, a boolean, a number, a list, an asset, an archive, a map. */
const UNKNOWN: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", "030794c1-ac77-496b-92df-f27374a8bd58", "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export const KNOWN_LATER = "(known after the update)";

/** Inputs that are secret by what they are, though a program may have forgotten to mark them. */
const SECRET_INPUTS: readonly { type: RegExp; keys: readonly string[] }[] = [
  { type: /^kubernetes:core\/v1:Secret$/, keys: ["data", "stringData"] },
  { type: /^github:.*Secret$/, keys: ["value", "plaintextValue", "encryptedValue", "valueEncrypted", "keyId"] },
  { type: /^random:/, keys: ["result", "bcryptHash"] },
];

/** Names whose texts are no one's business in any resource. */
const SECRET_NAMES = /^(password|passphrase|token|secret|clientSecret|privateKey|apiKey|accessKey|webhookUrl)$/i;

/** The value with every marked secret replaced. */
export function unmarked(value: unknown): unknown {
  return rewritten(value, "", (inner) => (isRecord(inner) && inner[SIGNATURE] === SECRET_SIGNATURE ? SECRET : inner));
}

/** Whether a text may hold a mark; most do not, and need no second look. */
export function mayBeMarked(text: string): boolean {
  return text.includes(SIGNATURE);
}

/** The properties of a resource as people may see them: secrets and what is known later replaced by words. */
export function shown(properties: Properties, type: string): Properties {
  const secret = new Set(SECRET_INPUTS.flatMap((each) => (each.type.test(type) ? each.keys : [])));
  const visible = Object.entries(properties).map(([key, value]) => [key, secret.has(key) && value !== undefined ? SECRET : rewritten(value, key, hidden)]);
  return Object.fromEntries(visible);
}

function hidden(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    if (UNKNOWN.has(value)) return KNOWN_LATER;
    return SECRET_NAMES.test(key) ? SECRET : value;
  }
  return isRecord(value) && value[SIGNATURE] === SECRET_SIGNATURE ? SECRET : value;
}

/** The value with `to` applied to each part from the outside in; parts in which nothing changes are shared, not copied. */
function rewritten(value: unknown, key: string, to: (inner: unknown, key: string) => unknown): unknown {
  const here = to(value, key);
  if (here !== value || typeof here !== "object" || here === null) return here;
  if (Array.isArray(here)) {
    const items = here.map((each) => rewritten(each, key, to));
    return items.some((each, at) => each !== here[at]) ? items : here;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, inner] of Object.entries(here)) {
    const next = rewritten(inner, name, to);
    if (next !== inner) (copy ??= { ...here })[name] = next;
  }
  return copy ?? here;
}

/** JSON with its keys in order: equal values give equal texts. The engine writes them in order already. */
export function canonical(value: unknown): string {
  return isOrdered(value) ? (JSON.stringify(value) ?? "null") : ordered(value);
}

function isOrdered(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((each) => each !== undefined && isOrdered(each));
  if (!isRecord(value)) return true;
  let last = "";
  for (const key of Object.keys(value)) {
    if (key < last || !isOrdered(value[key])) return false;
    last = key;
  }
  return true;
}

function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${ordered(inner)}`).join(",")}}`;
}

/** For sorting texts alike on every machine. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
