import { fields, isEmpty, text } from "../manifest.ts";
import { forbidden, invalid, required } from "../reasons.ts";
import { quantity } from "../quantity.ts";
import { dnsLabel } from "../syntax.ts";
import { fieldPath } from "./containers.ts";
import { shaped, within, type Check, type Rule } from "./rule.ts";

const FILE_MODE = within(0, 0o777, "must be a number between 0 and 0777 (octal), both inclusive");
const SHORTEST_TOKEN = 600;
const LONGEST_TOKEN = 2 ** 32;

const oneType: Check = (value, report) => {
  const [, ...more] = Object.keys(fields(value)).filter((key) => key !== "name");
  for (const type of more) report(forbidden("may not specify more than 1 volume type"), type);
};

/** A path inside a volume. */
const localPath: Check = (value, report) => {
  const path = text(value);
  if (isEmpty(value)) report(required());
  if (path === undefined) return;
  if (path.startsWith("/")) report(invalid(path, "must be a relative path"));
  if (path.split("/").includes("..")) report(invalid(path, "must not contain '..'"));
};

const tokenLife: Check = (value, report) => {
  if (typeof value === "number" && value < SHORTEST_TOKEN) report(invalid(value, "may not specify a duration less than 10 minutes"));
  if (typeof value === "number" && value > LONGEST_TOKEN) report(invalid(value, "may not specify a duration larger than 2^32 seconds"));
};

const sizeLimit: Check = (value, report) => {
  if ((quantity(value) ?? 0) < 0) report(forbidden("SizeLimit field must be a valid resource quantity"));
};

const items = (place: string): Rule[] => [
  [`${place}.items[*].path`, localPath],
  [`${place}.items[*].mode`, FILE_MODE],
  [`${place}.defaultMode`, FILE_MODE],
];
const needed = (type: string, field: string): Rule => [type, (value, report) => {
  if (value !== undefined && isEmpty(fields(value)[field])) report(required(), field);
}];

export const volumeRules: readonly Rule[] = [
  ["volumes[*].name", shaped(dnsLabel)],
  ["volumes[*]", oneType],
  needed("volumes[*].configMap", "name"),
  needed("volumes[*].secret", "secretName"),
  needed("volumes[*].projected.sources[*].configMap", "name"),
  needed("volumes[*].projected.sources[*].secret", "name"),
  ...items("volumes[*].configMap"),
  ...items("volumes[*].secret"),
  ...items("volumes[*].downwardAPI"),
  ...items("volumes[*].projected.sources[*].configMap"),
  ...items("volumes[*].projected.sources[*].secret"),
  ["volumes[*].projected.defaultMode", FILE_MODE],
  ["volumes[*].projected.sources[*].serviceAccountToken.expirationSeconds", tokenLife],
  ["volumes[*].downwardAPI.items[*].fieldRef", (value, report) => value !== undefined && fieldPath(fields(value)["fieldPath"], (reason) => report(reason, "fieldPath"))],
  ["volumes[*].downwardAPI.items[*]", (value, report) => {
    const { fieldRef, resourceFieldRef } = fields(value);
    if (fieldRef === undefined && resourceFieldRef === undefined) report(required("one of fieldRef and resourceFieldRef is required"), "fieldRef");
  }],
  ["volumes[*].emptyDir.sizeLimit", sizeLimit],
];
