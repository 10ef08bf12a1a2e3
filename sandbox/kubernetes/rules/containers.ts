import { fields, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { duplicate, forbidden, invalid, portRange, required, unsupported } from "../reasons.ts";
import { at } from "../select.ts";
import { configKey, dnsLabel, dnsSubdomain, environmentName, portName } from "../syntax.ts";
import { probeRules } from "./probes.ts";
import { resources } from "./resources.ts";
import { shaped, unique, within, type Check, type Leaf, type Rule } from "./rule.ts";

const SOURCES = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
const RESOURCE_FIELDS = ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];
const FIELD_PATHS = /^(metadata\.(name|namespace|uid|(labels|annotations)(\['.+'\])?)|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/;
const UID_MOST = 2 ** 31 - 1;

/** A field of the pod: only these may be read by a container. */
export const fieldPath: Leaf = (value, report) => {
  const known = text(value);
  if (isEmpty(value)) report(required());
  else if (known !== undefined && !FIELD_PATHS.test(known)) report(invalid(known, `error converting fieldPath: field label not supported: ${known}`));
};

const valueFrom: Check = (value, report) => {
  const { value: literal, valueFrom: source } = fields(value);
  if (source === undefined || hasUnknown(source)) return;
  const given = SOURCES.filter((name) => fields(source)[name] !== undefined);
  if (given.length === 0) report(invalid("", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"), "valueFrom");
  else if (!isEmpty(literal)) report(invalid("", "may not be specified when `value` is not empty"), "valueFrom");
  else if (given.length > 1) report(invalid("", "may not have more than one field specified at a time"), "valueFrom");
};

const envFrom: Check = (value, report) => {
  const given = ["configMapRef", "secretRef"].filter((name) => fields(value)[name] !== undefined);
  if (given.length === 0) report(invalid("", "must specify one of: `configMapRef` or `secretRef`"));
  else if (given.length > 1) report(invalid("", "may not have more than one field specified at a time"));
  else if (isEmpty(at(value, `${given[0]}.name`))) report(required(), `${given[0]}.name`);
};

const mounts: Check = (value, report) => {
  const seen = new Set<string>();
  list(value).map(fields).forEach(({ mountPath, subPath }, index) => {
    const path = text(mountPath);
    if (isEmpty(mountPath)) report(required(), `[${index}].mountPath`);
    if (path !== undefined && path !== "" && seen.has(path)) report(invalid(path, "must be unique"), `[${index}].mountPath`);
    if (path !== undefined) seen.add(path);
    const inner = text(subPath) ?? "";
    if (inner.startsWith("/")) report(invalid(inner, "must be a relative path"), `[${index}].subPath`);
    if (inner.split("/").includes("..")) report(invalid(inner, "must not contain '..'"), `[${index}].subPath`);
  });
};

const image: Check = (value, report) => {
  const known = text(value);
  if (isEmpty(value)) report(required());
  else if (known !== undefined && known.trim() !== known) report(invalid(known, "must not have leading or trailing whitespace"));
};

const securityContext: Check = (value, report) => {
  const { privileged, allowPrivilegeEscalation, seccompProfile, capabilities } = fields(value);
  if (allowPrivilegeEscalation === false) {
    const added = list(fields(capabilities)["add"]);
    if (privileged === true) report(invalid("", "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
    if (added.includes("SYS_ADMIN") || added.includes("CAP_SYS_ADMIN")) report(invalid("", "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"));
  }
  if (fields(seccompProfile)["type"] === "Localhost" && isEmpty(fields(seccompProfile)["localhostProfile"])) {
    report(required("must be set when seccomp type is Localhost"), "seccompProfile.localhostProfile");
  }
};

const source: Check = (value, report) => {
  if (value !== undefined && isEmpty(fields(value)["name"])) for (const detail of dnsSubdomain("")) report(invalid("", detail), "name");
};

export const userId = within(0, UID_MOST, `must be between 0 and ${UID_MOST}, inclusive`);

const handler: Check = (value, report) => {
  const given = ["exec", "httpGet", "tcpSocket", "sleep"].filter((name) => fields(value)[name] !== undefined);
  if (value !== undefined && given.length === 0) report(required("must specify a handler type"));
  given.slice(1).forEach((name) => report(forbidden("may not specify more than 1 handler type"), name));
  if (given.includes("exec") && list(at(value, "exec.command")).length === 0) report(required(), "exec.command");
};

const hostPort = within(0, 65535, portRange);
const containerPort: Check = (value, report) => {
  if (value === 0) report(required());
  else within(1, 65535, portRange)(value, report);
};

/** One container, of any of a pod's lists. */
export const containerRules: readonly Rule[] = [
  ["name", shaped(dnsLabel)],
  ["image", image],
  ["ports", unique("name", duplicate)],
  ["ports[*].name", shaped(portName)],
  ["ports[*].containerPort", containerPort],
  ["ports[*].hostPort", hostPort],
  ["env[*].name", shaped(environmentName)],
  ["env[*]", valueFrom],
  ["env[*].valueFrom.fieldRef", (value, report) => value !== undefined && fieldPath(fields(value)["fieldPath"], (reason) => report(reason, "fieldPath"))],
  ["env[*].valueFrom.resourceFieldRef.resource", (value, report) => { if (text(value) !== undefined && !RESOURCE_FIELDS.includes(String(value))) report(unsupported(value, RESOURCE_FIELDS)); }],
  ["env[*].valueFrom.configMapKeyRef", source],
  ["env[*].valueFrom.secretKeyRef", source],
  ["env[*].valueFrom.configMapKeyRef.name", shaped(dnsSubdomain)],
  ["env[*].valueFrom.configMapKeyRef.key", shaped(configKey)],
  ["env[*].valueFrom.secretKeyRef.name", shaped(dnsSubdomain)],
  ["env[*].valueFrom.secretKeyRef.key", shaped(configKey)],
  ["envFrom[*]", envFrom],
  ["envFrom[*].prefix", shaped(environmentName)],
  ["envFrom[*].configMapRef.name", shaped(dnsSubdomain)],
  ["envFrom[*].secretRef.name", shaped(dnsSubdomain)],
  ["volumeMounts", mounts],
  ["lifecycle.preStop", handler],
  ["lifecycle.postStart", handler],
  ["securityContext", securityContext],
  ["securityContext.runAsUser", userId],
  ["securityContext.runAsGroup", userId],
  ["resources", resources],
  ...probeRules,
];
