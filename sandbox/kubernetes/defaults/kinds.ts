import { fields, hasUnknown, isEmpty, list, text, type Fields } from "../manifest.ts";
import { createHash } from "node:crypto";
import type { Default } from "./fill.ts";

const QUARTER = "25%";
const RBAC = "rbac.authorization.k8s.io";
const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2768;
const AFFINITY_SECONDS = 10_800;

/** A number that stays the same for the same text: the server's allocators are not random here, so that runs agree. */
const pick = (seed: string, most: number): number => createHash("sha256").update(seed).digest().readUInt32BE(0) % most;

const when = (field: string, value: string, values: Fields) => (own: Fields): Fields => (own[field] === value ? values : {});

/** An address of 10.96.0.0/12, by the service's name. */
function address(spec: Fields, root: unknown): Fields {
  const { type, clusterIP } = spec;
  if (type === "ExternalName") return {};
  const { name, namespace } = fields(fields(root)["metadata"]);
  const at = pick(`${namespace}/${name}`, 2 ** 20 - 2) + 1;
  const ip = isEmpty(clusterIP) ? `10.${96 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}` : clusterIP;
  return { clusterIP: ip, clusterIPs: [ip], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack", internalTrafficPolicy: "Cluster" };
}

function nodePorts(spec: Fields, root: unknown): Fields {
  const { name, namespace } = fields(fields(root)["metadata"]);
  if (spec["type"] !== "NodePort" && spec["type"] !== "LoadBalancer") return {};
  for (const port of list(spec["ports"]).map(fields)) port["nodePort"] ??= FIRST_NODE_PORT + pick(`${namespace}/${name}/${port["port"]}`, NODE_PORTS);
  return { externalTrafficPolicy: "Cluster", ...(spec["type"] === "LoadBalancer" ? { allocateLoadBalancerNodePorts: true } : {}) };
}

/** A policy without types is about ingress, and about egress where it has rules for it. */
const policyTypes = ({ egress }: Fields): Fields => ({ policyTypes: egress === undefined || list(egress).length === 0 ? ["Ingress"] : ["Ingress", "Egress"] });

const subject: Default = ["subjects[*]", ({ kind }) => (kind === "User" || kind === "Group" ? { apiGroup: RBAC } : {})];
const JOB: Fields = { backoffLimit: 6, completionMode: "NonIndexed", suspend: false, podReplacementPolicy: "TerminatingOrFailed" };
const counts = ({ completions, parallelism }: Fields): Fields =>
  (completions === undefined && parallelism === undefined ? { completions: 1, parallelism: 1 } : { parallelism: 1 });

export const kindDefaults: Record<string, readonly Default[]> = {
  Deployment: [
    ["spec", { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: {} }],
    ["spec.strategy", { type: "RollingUpdate" }],
    ["spec.strategy", when("type", "RollingUpdate", { rollingUpdate: {} })],
    ["spec.strategy.rollingUpdate", { maxSurge: QUARTER, maxUnavailable: QUARTER }],
  ],
  ReplicaSet: [["spec", { replicas: 1 }]],
  StatefulSet: [
    ["spec", { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: "OrderedReady", updateStrategy: {}, persistentVolumeClaimRetentionPolicy: {} }],
    ["spec.persistentVolumeClaimRetentionPolicy", { whenDeleted: "Retain", whenScaled: "Retain" }],
    ["spec.updateStrategy", { type: "RollingUpdate" }],
    ["spec.updateStrategy", when("type", "RollingUpdate", { rollingUpdate: {} })],
    ["spec.updateStrategy.rollingUpdate", { partition: 0 }],
    ["spec.volumeClaimTemplates[*]", { apiVersion: "v1", kind: "PersistentVolumeClaim", status: { phase: "Pending" } }],
    ["spec.volumeClaimTemplates[*].spec", { volumeMode: "Filesystem" }],
  ],
  DaemonSet: [
    ["metadata", { annotations: {} }],
    ["metadata.annotations", { "deprecated.daemonset.template.generation": "1" }],
    ["spec", { revisionHistoryLimit: 10, updateStrategy: {} }],
    ["spec.updateStrategy", { type: "RollingUpdate" }],
    ["spec.updateStrategy", when("type", "RollingUpdate", { rollingUpdate: {} })],
    ["spec.updateStrategy.rollingUpdate", { maxSurge: 0, maxUnavailable: 1 }],
  ],
  Job: [["spec", counts], ["spec", JOB]],
  CronJob: [["spec.jobTemplate", { metadata: {} }], ["spec.jobTemplate.spec.template", { metadata: {} }], ["spec", { concurrencyPolicy: "Allow", suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 }]],
  Service: [
    ["spec", { type: "ClusterIP", sessionAffinity: "None" }],
    ["spec", when("sessionAffinity", "ClientIP", { sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } })],
    ["spec", address],
    ["spec", nodePorts],
    ["spec.ports[*]", { protocol: "TCP" }],
    ["spec.ports[*]", ({ port }) => ({ targetPort: port })],
  ],
  HorizontalPodAutoscaler: [
    ["spec", { minReplicas: 1, metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } }] }],
    ["spec.behavior", { scaleUp: {}, scaleDown: {} }],
    ["spec.behavior.scaleUp", { stabilizationWindowSeconds: 0, selectPolicy: "Max", policies: [{ type: "Pods", value: 4, periodSeconds: 15 }, { type: "Percent", value: 100, periodSeconds: 15 }] }],
    ["spec.behavior.scaleDown", { selectPolicy: "Max", policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] }],
  ],
  NetworkPolicy: [["spec", { podSelector: {} }], ["spec", policyTypes], ...["ingress", "egress"].map((way): Default => [`spec.${way}[*].ports[*]`, { protocol: "TCP" }])],
  Namespace: [
    ["", { spec: {} }],
    ["spec", { finalizers: ["kubernetes"] }],
    ["metadata", { labels: {} }],
    ["metadata.labels", (_, root) => ({ "kubernetes.io/metadata.name": fields(fields(root)["metadata"])["name"] })],
  ],
  Secret: [["", { type: "Opaque" }]],
  RoleBinding: [subject, ["roleRef", { apiGroup: RBAC }]],
  ClusterRoleBinding: [subject, ["roleRef", { apiGroup: RBAC }]],
  ClusterRole: [["", { rules: null }]],
  PersistentVolumeClaim: [["metadata", { finalizers: ["kubernetes.io/pvc-protection"] }], ["spec", { volumeMode: "Filesystem" }]],
  StorageClass: [["", { reclaimPolicy: "Delete", volumeBindingMode: "Immediate" }]],
  PriorityClass: [["", { preemptionPolicy: "PreemptLowerPriority" }]],
};

/** Limits without requests are requests: per container, as the admission of a LimitRange's own fields does. */
export const limitRangeDefaults = (limit: Fields): void => {
  if (limit["type"] !== "Container" || hasUnknown(limit)) return;
  const { max, min, default: most, defaultRequest } = limit;
  const limits = { ...fields(max), ...fields(most) };
  const requests = { ...fields(min), ...limits, ...fields(defaultRequest) };
  if (Object.keys(limits).length > 0 || text(most) !== undefined) limit["default"] = limits;
  if (Object.keys(requests).length > 0) limit["defaultRequest"] = requests;
};
