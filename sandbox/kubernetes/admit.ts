import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { kindOf } from "./catalogue.ts";
import { fill } from "./defaults/fill.ts";
import { kindDefaults, limitRangeDefaults } from "./defaults/kinds.ts";
import { barePodDefaults, podDefaults } from "./defaults/pod.ts";
import { schemaDefaults } from "./defaults/schema.ts";
import { fields, isFields, list, text, UNKNOWN, type Fields, type Manifest } from "./manifest.ts";
import { TEMPLATES } from "./rules/workloads.ts";
import { at } from "./select.ts";
import { statusOf } from "./status.ts";

/** Fields that the server keeps from the object as it is when the manifest does not name them: someone else may own them. */
const KEPT: Record<string, string[]> = {
  Deployment: ["replicas"], ReplicaSet: ["replicas"], StatefulSet: ["replicas"],
  Service: ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"],
  PersistentVolumeClaim: ["volumeName", "storageClassName"],
};
/** Built-in kinds whose changes the server counts; of the custom kinds it counts all. */
const COUNTED = new Set([
  "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod", "PodDisruptionBudget", "NetworkPolicy", "Ingress", "IngressClass", "PriorityClass",
  "CustomResourceDefinition",
]);
const SERVER_FIELDS = new Set(["metadata", "status", "apiVersion", "kind"]);

/** A uid that is the same for the same object made at the same time. */
function uid({ apiVersion, kind, metadata }: Manifest, created: string): string {
  const hex = createHash("sha256").update([apiVersion, kind, metadata.namespace, metadata.name, created].join("\n")).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}

function keep(manifest: Manifest, existing: Manifest | undefined): void {
  const [own, old] = [manifest["spec"], fields(existing?.["spec"])];
  if (!isFields(own)) return;
  for (const name of KEPT[manifest.kind] ?? []) if (own[name] === undefined && old[name] !== undefined) own[name] = old[name];
}

/** A Secret is stored as data alone. */
function encode(manifest: Manifest): void {
  const { stringData, data } = manifest;
  if (manifest.kind !== "Secret" || !isFields(stringData)) return;
  const encoded = Object.entries(stringData).map(([key, value]) => [key, text(value) === undefined ? UNKNOWN : Buffer.from(String(value)).toString("base64")]);
  manifest["data"] = { ...fields(data), ...Object.fromEntries(encoded) };
  delete manifest["stringData"];
}

function withDefaults(manifest: Manifest): void {
  const known = kindOf(manifest.apiVersion, manifest.kind);
  if (known === undefined) return;
  if (known.custom) return schemaDefaults(manifest, known.schema, known.definitions);
  fill(manifest, kindDefaults[manifest.kind] ?? []);
  const path = manifest.kind === "Pod" ? undefined : TEMPLATES[manifest.kind];
  const podSpec = path === undefined ? undefined : at(manifest, `${path}.spec`);
  if (manifest.kind === "Pod") fill(manifest, barePodDefaults);
  if (isFields(podSpec) || manifest.kind === "Pod") fill(manifest, podDefaults, podSpec ?? manifest["spec"]);
  if (manifest.kind === "LimitRange") for (const limit of list(at(manifest, "spec.limits"))) if (isFields(limit)) limitRangeDefaults(limit);
}

/** A Job finds its pods by labels of its own making, unless it is told how. */
function own(job: Manifest): void {
  const { uid: controller, name } = job.metadata;
  const { spec } = job;
  const template = fields(fields(spec)["template"]);
  if (!isFields(spec) || spec["selector"] !== undefined || Object.keys(template).length === 0) return;
  const labels = { "batch.kubernetes.io/controller-uid": controller, "batch.kubernetes.io/job-name": name, "controller-uid": controller, "job-name": name };
  spec["manualSelector"] = false;
  spec["selector"] = { matchLabels: { "batch.kubernetes.io/controller-uid": controller } };
  template["metadata"] = { ...fields(template["metadata"]), labels: { ...fields(fields(template["metadata"])["labels"]), ...labels } };
  job.metadata["labels"] = { ...labels, ...fields(job.metadata["labels"]) };
}

const content = (manifest: Manifest): Fields => Object.fromEntries(Object.entries(manifest).filter(([key]) => !SERVER_FIELDS.has(key)));

/**
 * What the API server would store of a manifest, with the status of controllers that have done their work. Deterministic: uid and
 * addresses come from the object's identity, the resource version counts the changes of this object alone.
 */
export function admit(manifest: Manifest, existing: Manifest | undefined, now: Date): Manifest {
  const stored = structuredClone(manifest);
  const at = text(existing?.metadata["creationTimestamp"]) ?? now.toISOString().replace(/\.\d+Z$/, "Z");
  delete stored["status"];
  encode(stored);
  keep(stored, existing);
  withDefaults(stored);
  stored.metadata = { ...stored.metadata, uid: text(existing?.metadata["uid"]) ?? uid(stored, at) };
  if (stored.kind === "Job") own(stored);
  const changed = existing === undefined || !isDeepStrictEqual(content(stored), content(existing));
  const relabelled = changed || !isDeepStrictEqual([stored.metadata["labels"], stored.metadata["annotations"]], [existing.metadata["labels"], existing.metadata["annotations"]]);
  const counted = COUNTED.has(stored.kind) || kindOf(stored.apiVersion, stored.kind)?.custom !== false;
  const before = Number(existing?.metadata["generation"] ?? 0);
  stored.metadata = {
    ...stored.metadata,
    creationTimestamp: at,
    ...(counted ? { generation: before + (changed ? 1 : 0) } : {}),
    resourceVersion: String(Number(existing?.metadata["resourceVersion"] ?? 0) + (relabelled ? 1 : 0)),
  };
  const status = statusOf(stored, at);
  return status === undefined ? stored : { ...stored, status };
}
