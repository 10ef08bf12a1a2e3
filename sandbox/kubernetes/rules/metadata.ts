import { fields, group, text } from "../manifest.ts";
import { invalid, required } from "../reasons.ts";
import { dnsLabel, dnsSubdomain, qualifiedName, type Syntax } from "../syntax.ts";
import type { Check, Rule } from "./rule.ts";
import { labels } from "./selectors.ts";

const ANNOTATION_BYTES = 256 * 1024;

/** RBAC names end up in a path of the API and may hold anything else. */
const pathSegment: Syntax = (value) => {
  if (value === "." || value === "..") return [`may not be '${value}'`];
  return ["/", "%"].filter((part) => value.includes(part)).map((part) => `may not contain '${part}'`);
};
const noDots: Syntax = (value) => (value.includes(".") ? ["must not contain dots"] : dnsLabel(value));

const NAMES: Record<string, Syntax> = {
  Namespace: noDots,
  Service: dnsLabel,
  StatefulSet: dnsLabel,
  Role: pathSegment, ClusterRole: pathSegment, RoleBinding: pathSegment, ClusterRoleBinding: pathSegment,
};
const OWN_NAMES = new Set(["", "apps", "rbac.authorization.k8s.io"]);

/** Lengths that the names of dependent objects leave over. */
const SHORTER: Record<string, [most: number, unit: string]> = { CronJob: [52, "characters"], Job: [63, "bytes"] };

const name: Check = (value, report, { apiVersion, kind, metadata }) => {
  if (value === undefined || value === null || value === "") {
    if (text(metadata["generateName"]) === undefined) report(required("name or generateName is required"));
    return;
  }
  const known = text(value);
  if (known === undefined) return;
  const syntax = (OWN_NAMES.has(group(apiVersion)) ? NAMES[kind] : undefined) ?? dnsSubdomain;
  for (const detail of syntax(known)) report(invalid(known, detail));
  const [most, unit] = SHORTER[kind] ?? [Infinity];
  if (known.length > most) report(invalid(known, `must be no more than ${most} ${unit}`));
};

const annotations: Check = (value, report) => {
  const entries = Object.entries(fields(value));
  for (const [key] of entries) for (const detail of qualifiedName(key.toLowerCase())) report(invalid(key, detail));
  const size = entries.reduce((sum, [key, each]) => sum + Buffer.byteLength(key) + Buffer.byteLength(text(each) ?? ""), 0);
  if (size > ANNOTATION_BYTES) report(`Too long: may not be more than ${ANNOTATION_BYTES} bytes`);
};

const finalizers: Check = (value, report) => {
  const known = text(value);
  if (known === undefined) return;
  for (const detail of qualifiedName(known)) report(invalid(known, detail));
  if (!known.includes("/") && qualifiedName(known).length === 0 && !["orphan", "foregroundDeletion", "kubernetes"].includes(known)) {
    report(invalid(known, "name is neither a standard finalizer name nor is it fully qualified"));
  }
};

/** Every object. A template's metadata is judged by the same rules, without the name. */
export const metadataRules: readonly Rule[] = [
  ["metadata.name", name],
  ["metadata.labels", labels],
  ["metadata.annotations", annotations],
  ["metadata.finalizers[*]", finalizers],
];
export const templateMetadataRules: readonly Rule[] = [["labels", labels], ["annotations", annotations]];
