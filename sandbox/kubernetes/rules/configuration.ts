import { fields, isEmpty, text, UNKNOWN, type Fields, type Manifest } from "../manifest.ts";
import { invalid, required } from "../reasons.ts";
import { configKey } from "../syntax.ts";
import type { Check, Report, Rule } from "./rule.ts";

const MOST_BYTES = 1024 * 1024;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const keys = (part: string, map: unknown, report: Report, others: Fields): void => {
  for (const key of Object.keys(fields(map))) {
    for (const detail of configKey(key)) report(invalid(key, detail), `${part}[${key}]`);
    if (part === "data" && others[key] !== undefined) report(invalid(key, "duplicate of key present in binaryData"), `data[${key}]`);
  }
};

const size = (...maps: unknown[]): number =>
  maps.flatMap((map) => Object.values(fields(map))).reduce<number>((sum, value) => sum + Buffer.byteLength(text(value) ?? ""), 0);

const configMap: Check = (value, report) => {
  const { data, binaryData } = fields(value);
  keys("data", data, report, fields(binaryData));
  keys("binaryData", binaryData, report, {});
  if (size(data, binaryData) > MOST_BYTES) report(`Too long: may not be more than ${MOST_BYTES} bytes`);
};

/** Types whose keys the server asks for. Of basic-auth one of the two is enough. */
const NEEDED: Record<string, string[]> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/basic-auth": ["username", "password"],
};
const JSON_KEYS = new Set([".dockerconfigjson", ".dockercfg"]);

/** What the server would hold: data and, over it, stringData. A value that is unknown stands for any. */
const merged = ({ data, stringData }: Fields): Map<string, string> => new Map([
  ...Object.entries(fields(data)).map(([key, value]): [string, string] => [key, value === UNKNOWN ? UNKNOWN : Buffer.from(text(value) ?? "", "base64").toString()]),
  ...Object.entries(fields(stringData)).map(([key, value]): [string, string] => [key, String(value)]),
]);

const isJson = (value: string): boolean => {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
};

const secret: Check = (value, report) => {
  const own = fields(value);
  const { data, stringData, type } = own;
  if (data === UNKNOWN || stringData === UNKNOWN) return;
  const held = merged(own);
  keys("data", Object.fromEntries(held), report, {});
  const needed = NEEDED[String(type)] ?? [];
  const missing = needed.filter((key) => !held.has(key));
  const isEnough = type === "kubernetes.io/basic-auth" ? missing.length < needed.length : missing.length === 0;
  if (!isEnough) for (const key of missing) report(required(), `data[${key}]`);
  for (const [key, content] of held) {
    if (needed.includes(key) && JSON_KEYS.has(key) && content !== UNKNOWN && !isJson(content)) report('Invalid value: "<secret contents redacted>": unexpected end of JSON input', `data[${key}]`);
  }
  if ([...held.values()].reduce((sum, each) => sum + Buffer.byteLength(each), 0) > MOST_BYTES) report(`Too long: may not be more than ${MOST_BYTES} bytes`, "data");
};

/** Decoded before anything is validated. The text never shows the value. */
export function base64Problems(manifest: Manifest): { path: string; reason: string }[] {
  const parts = manifest.kind === "Secret" ? ["data"] : manifest.kind === "ConfigMap" ? ["binaryData"] : [];
  return parts.flatMap((part) => Object.entries(fields(manifest[part])).flatMap(([key, value]) => {
    const known = text(value)?.replace(/[\r\n]/g, "");
    if (isEmpty(known) || known === undefined || BASE64.test(known)) return [];
    const at = known.search(/[^A-Za-z0-9+/=]/);
    return [{ path: `${part}[${key}]`, reason: `illegal base64 data at input byte ${at < 0 ? known.length - (known.length % 4 || 4) : at}` }];
  }));
}

export const configurationRules: Record<string, readonly Rule[]> = { ConfigMap: [["", configMap]], Secret: [["", secret]] };
