import { isClosedGroup, kindOf } from "./catalogue.ts";
import { flaggerTrouble } from "./flagger.ts";
import { fields, group, list, text, type Fields, type Manifest } from "./manifest.ts";
import { podSecurityViolation } from "./podSecurity/violations.ts";
import { TEMPLATES } from "./rules/workloads.ts";
import { at, select } from "./select.ts";
import { noMatch } from "./validate.ts";

export type Lookup = (apiVersion: string, kind: string, namespace: string | undefined, name: string) => Manifest | undefined;
export interface References {
  /** The API server refuses the object at once. */
  refused: string[];
  /** The object is stored, and its pods never run. */
  notReady: string[];
}

const SYSTEM_NAMESPACES = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);
const SYSTEM_PRIORITIES = new Set(["system-node-critical", "system-cluster-critical"]);
const GIVEN_CONFIG_MAPS = new Set(["kube-root-ca.crt"]);
const IMAGE = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d+)?(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** A place in a pod's spec that names a ConfigMap or a Secret, and perhaps one key of it. */
const SOURCES: [pattern: string, kind: "ConfigMap" | "Secret", name: string][] = ["containers", "initContainers"].flatMap((part): [string, "ConfigMap" | "Secret", string][] => [
  [`${part}[*].env[*].valueFrom.configMapKeyRef`, "ConfigMap", "name"],
  [`${part}[*].env[*].valueFrom.secretKeyRef`, "Secret", "name"],
  [`${part}[*].envFrom[*].configMapRef`, "ConfigMap", "name"],
  [`${part}[*].envFrom[*].secretRef`, "Secret", "name"],
]).concat([
  ["volumes[*].configMap", "ConfigMap", "name"],
  ["volumes[*].secret", "Secret", "secretName"],
  ["volumes[*].projected.sources[*].configMap", "ConfigMap", "name"],
  ["volumes[*].projected.sources[*].secret", "Secret", "name"],
]);

const holds = (object: Manifest, key: string): boolean =>
  ["data", "binaryData", "stringData"].some((part) => fields(object[part])[key] !== undefined || text(object[part]) !== undefined);

function sources(spec: unknown, namespace: string, lookup: Lookup): string[] {
  return SOURCES.flatMap(([pattern, kind, nameField]) => select(spec, pattern).flatMap(({ value }) => {
    const own = fields(value);
    const name = text(own[nameField]);
    if (name === undefined || own["optional"] === true || (kind === "ConfigMap" && GIVEN_CONFIG_MAPS.has(name))) return [];
    const found = lookup("v1", kind, namespace, name);
    const word = kind.toLowerCase();
    if (found === undefined) return [`${word} ${JSON.stringify(name)} not found`];
    const keys = [own["key"], ...list(own["items"]).map((item) => fields(item)["key"])].flatMap((key) => text(key) ?? []);
    return keys.filter((key) => !holds(found, key)).map((key) => `couldn't find key ${key} in ${kind} ${namespace}/${name}`);
  }));
}

/** Why the pods of a spec would never run. What their admission refuses is told apart: of a bare Pod it refuses the object itself. */
function podReferences(spec: Fields, name: string, namespace: string, lookup: Lookup): { admission: string[]; kubelet: string[] } {
  const account = text(spec["serviceAccountName"] ?? spec["serviceAccount"]) ?? "default";
  const priority = text(spec["priorityClassName"]);
  const violation = podSecurityViolation(lookup("v1", "Namespace", undefined, namespace), spec);
  const forbidden = (wrong: string | false | undefined): string[] => (typeof wrong === "string" ? [`pods ${JSON.stringify(name)} is forbidden: ${wrong}`] : []);
  const hasAccount = account === "default" || lookup("v1", "ServiceAccount", namespace, account) !== undefined;
  const hasPriority = priority === undefined || priority === "" || SYSTEM_PRIORITIES.has(priority) || lookup("scheduling.k8s.io/v1", "PriorityClass", undefined, priority) !== undefined;
  const claims = select(spec, "volumes[*].persistentVolumeClaim.claimName").flatMap(({ value }) => text(value) ?? []);
  const images = ["initContainers", "containers"].flatMap((part) => select(spec, `${part}[*].image`)).flatMap(({ value }) => text(value) ?? []);
  return {
    admission: [
      ...forbidden(violation),
      ...forbidden(!hasAccount && `error looking up service account ${namespace}/${account}: serviceaccount ${JSON.stringify(account)} not found`),
      ...forbidden(!hasPriority && `no PriorityClass with name ${priority} was found`),
    ],
    kubelet: [
      ...sources(spec, namespace, lookup),
      ...claims.filter((claim) => lookup("v1", "PersistentVolumeClaim", namespace, claim) === undefined).map((claim) => `persistentvolumeclaim ${JSON.stringify(claim)} not found`),
      ...images.filter((image) => !IMAGE.test(image)).map((image) => `failed to apply default image tag ${JSON.stringify(image)}: couldn't parse image name ${JSON.stringify(image)}: invalid reference format`),
    ],
  };
}

/** The definition that a kind of no published schema would need. Its plural is guessed as people form it. */
function definition({ apiVersion, kind }: Manifest, lookup: Lookup): Manifest | undefined {
  const stem = kind.toLowerCase();
  const plurals = [`${stem}s`, `${stem}es`, stem.replace(/y$/, "ies"), stem];
  return plurals.map((plural) => lookup("apiextensions.k8s.io/v1", "CustomResourceDefinition", undefined, `${plural}.${group(apiVersion)}`)).find((found) => found !== undefined);
}

/** Every place of a receiver that names a key of a Secret. */
const CREDENTIALS = ["slackConfigs[*].apiURL", "slackConfigs[*].httpConfig.authorization.credentials", "emailConfigs[*].authPassword", "webhookConfigs[*].urlSecret", "webhookConfigs[*].httpConfig.authorization.credentials"];

/** The operator leaves out a whole AlertmanagerConfig for one of these, and says so in its log and an event alone. */
function unroutable(manifest: Manifest, namespace: string, lookup: Lookup): string[] {
  if (manifest.kind !== "AlertmanagerConfig") return [];
  const named = CREDENTIALS.flatMap((pattern) => select(manifest, `spec.receivers[*].${pattern}`)).map(({ value }) => fields(value));
  const wrong = named.flatMap(({ name, key }) => {
    const [secret, part] = [text(name), text(key)];
    if (secret === undefined) return [];
    const found = lookup("v1", "Secret", namespace, secret);
    if (found === undefined) return [`unable to get secret ${JSON.stringify(secret)}: secrets ${JSON.stringify(secret)} not found`];
    return part === undefined || holds(found, part) ? [] : [`key ${JSON.stringify(part)} in secret ${JSON.stringify(secret)} not found`];
  });
  return [...new Set(wrong)].map((reason) => `AlertmanagerConfig ${namespace}/${manifest.metadata.name} was rejected due to invalid configuration: ${reason}`);
}

/** Checks what the manifest refers to against the cloud. */
export function references(manifest: Manifest, lookup: Lookup): References {
  const { apiVersion, kind, metadata } = manifest;
  const namespace = text(metadata.namespace);
  const known = kindOf(apiVersion, kind) !== undefined || isClosedGroup(apiVersion) || definition(manifest, lookup) !== undefined;
  const refused = [
    ...(known ? [] : [noMatch(manifest)]),
    ...(namespace === undefined || SYSTEM_NAMESPACES.has(namespace) || lookup("v1", "Namespace", undefined, namespace) ? [] : [`namespaces ${JSON.stringify(namespace)} not found`]),
  ];
  if (refused.length === 0) {
    refused.push(...unroutable(manifest, namespace ?? "default", lookup));
    if (group(apiVersion) === "flagger.app") refused.push(...flaggerTrouble(manifest, namespace ?? "default", lookup));
  }
  const path = kind === "Pod" ? "spec" : TEMPLATES[kind] === undefined ? undefined : `${TEMPLATES[kind]}.spec`;
  if (path === undefined || kindOf(apiVersion, kind)?.custom !== false || refused.length > 0) return { refused, notReady: [] };
  const isIdle = kind === "CronJob" || at(manifest, "spec.replicas") === 0;
  const { admission, kubelet } = podReferences(fields(at(manifest, path)), `${metadata.name}${kind === "Pod" ? "" : "-0"}`, namespace ?? "default", lookup);
  if (kind === "Pod") return { refused: admission, notReady: kubelet };
  return { refused, notReady: isIdle ? [] : [...admission, ...kubelet] };
}
