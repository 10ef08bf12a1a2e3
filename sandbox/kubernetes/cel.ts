import { fields, isEmpty, isFields, hasUnknown, list, UNKNOWN, type Problem } from "./manifest.ts";
import { durationMilliseconds } from "./duration.ts";
import { childPath, fieldSchema, resolve, type Definitions, type Schema } from "./schema.ts";

/** A text is why the rule could not be evaluated, which is a breach too. */
type Holds = (self: unknown) => boolean | string;
const isPort = (value: unknown): boolean => Number(value) > 0 && Number(value) <= 65_535;
const keys = (self: unknown): string[] => Object.keys(fields(self));

function lastsLongEnough(self: unknown): boolean | string {
  const milliseconds = durationMilliseconds(String(self));
  return milliseconds === undefined ? "type conversion error from 'string' to 'google.protobuf.Duration'" : milliseconds >= 1;
}

function isWebAddress(self: unknown): boolean | string {
  const address = String(self);
  if (address === "") return 'URL parse error during conversion from string: parse "": empty url';
  if (!URL.canParse(address)) return `URL parse error during conversion from string: parse ${JSON.stringify(address)}: invalid URI for request`;
  return /^https?:/.test(address);
}

/** The rules that the sandbox can judge, by their text. Its schemas carry no other: sandbox/schemas/generate.ts leaves them out. */
export const CEL: Readonly<Record<string, Holds>> = {
  "duration(self) >= duration('1ms')": lastsLongEnough,
  'url(self).getScheme() in ["http", "https"]': isWebAddress,
  "0 < self && self <= 65535": isPort,
  "!self.contains(\"*\")": (self) => !String(self).includes("*"),
  "self != \"*\"": (self) => self !== "*",
  "self.size() == 0": (self) => (isFields(self) ? keys(self).length === 0 : isEmpty(self) || list(self).length === 0 && Array.isArray(self)),
  "self.all(key, key.size() != 0)": (self) => !keys(self).includes(""),
  "self.all(key, !key.contains(\"*\"))": (self) => !keys(self).some((key) => key.includes("*")),
  "self.all(key, 0 < int(key) && int(key) <= 65535)": (self) => keys(self).every(isPort),
  "self.all(l1, self.exists_one(l2, l1.number == l2.number))": (self) => new Set(list(self).map((each) => fields(each)["number"])).size === list(self).length,
  "self in [\"\", \"HTTP\", \"HTTPS\"]": (self) => ["", "HTTP", "HTTPS"].includes(String(self)),
  "has(self.address) || has(self.network)": (self) => fields(self)["address"] !== undefined || fields(self)["network"] !== undefined,
};

const shown = (value: unknown): string => (typeof value === "object" ? "" : `${JSON.stringify(value)}: `);

/** What a custom kind's own rules hold against an object that keeps its schema. Values with unknown parts are not judged. */
export function celProblems(root: unknown, rootSchema: Schema, definitions: Definitions): Problem[] {
  const visit = (value: unknown, declared: Schema, path: string): Problem[] => {
    if (value === UNKNOWN || value === undefined || value === null) return [];
    const schema = resolve(declared, definitions);
    const own = hasUnknown(value) ? [] : (schema["x-kubernetes-validations"] ?? [])
      .flatMap(({ rule, message }) => {
        const verdict = CEL[rule]?.(value) ?? true;
        if (typeof verdict === "string") return [{ path, reason: `Invalid value: ${JSON.stringify(typeof value)}: ${verdict} evaluating rule: ${message}` }];
        return verdict ? [] : [{ path, reason: `Invalid value: ${shown(value)}${message}` }];
      });
    const below = Array.isArray(value)
      ? value.flatMap((item, index) => visit(item, schema.items ?? {}, `${path}[${index}]`))
      : Object.entries(fields(value)).flatMap(([name, field]) =>
        visit(field, fieldSchema(schema, name) ?? {}, schema.properties?.[name] === undefined ? `${path}[${name}]` : childPath(path, name)));
    return [...own, ...below];
  };
  return visit(root, rootSchema, "");
}
