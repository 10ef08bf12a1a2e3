import { shortType } from "./names.ts";
import { part } from "../unknown.ts";

export const SECRET = "[secret]";

/** Pulumi's mark of an encrypted value in a state. */
const MARK = "4dabf18193072939515e22adb298388d";

/** Fields that hold secrets whether or not the state marks them: what somebody wrote there by hand has no mark. */
const ALWAYS: readonly [type: RegExp, field: RegExp][] = [
  [/^kubernetes:Secret$/, /^(data|stringData)\b/],
  [/^github:\w*Secret$/, /^(value|valueEncrypted|plaintextValue|encryptedValue)\b/],
  [/^github:\w*Webhook$/, /^configuration(\.secret)?$/],
  [/^random:/, /^(result|bcryptHash|b64\w*|hex|dec)\b/],
];

/** A value for people: marked secrets masked, and the whole of it where the field always holds one. */
export function shown(value: unknown, type: string, field: string): unknown {
  if (value === undefined) return undefined;
  return ALWAYS.some(([types, fields]) => types.test(shortType(type)) && fields.test(field)) ? SECRET : masked(value);
}

export function masked(value: unknown): unknown {
  if (part(value, MARK) !== undefined) return SECRET;
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, masked(child)]));
}
