import type { Manifest } from "./manifest.ts";

/** The provider's own settings that decide whether a ConfigMap or a Secret may change in place. */
export interface Mutability {
  /** @default false, as the provider's enableConfigMapMutable */
  configMaps?: boolean;
  /** @default false, as the provider's enableSecretMutable */
  secrets?: boolean;
}

const IDENTITY = ["metadata.name", "metadata.namespace", "apiVersion", "kind"];
const VOLUME_SOURCES = ["awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "gcePersistentDisk", "glusterfs", "hostPath", "iscsi", "local", "nfs", "rbd"];
/** Of a Pod's spec everything but activeDeadlineSeconds and tolerations. */
const POD = [
  "affinity", "automountServiceAccountToken", "containers", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC", "hostNetwork", "hostPID",
  "hostname", "imagePullSecrets", "initContainers", "nodeName", "nodeSelector", "overhead", "preemptionPolicy", "priority", "priorityClassName", "readinessGates",
  "restartPolicy", "runtimeClassName", "schedulerName", "securityContext", "serviceAccount", "serviceAccountName", "shareProcessNamespace", "subdomain",
  "terminationGracePeriodSeconds", "volumes",
];
const inSpec = (names: string[]): string[] => names.map((name) => `spec.${name}`);

/** As pulumi-kubernetes 4 replaces (provider/pkg/provider/diff.go). A row holds for every version of its kind. */
const FIXED: Record<string, string[]> = {
  Deployment: ["spec.selector"],
  DaemonSet: ["spec.selector"],
  StatefulSet: inSpec(["podManagementPolicy", "revisionHistoryLimit", "selector", "serviceName", "volumeClaimTemplates"]),
  Job: inSpec(["completions", "parallelism", "selector", "template"]),
  PersistentVolume: inSpec(VOLUME_SOURCES),
  PersistentVolumeClaim: inSpec(["accessModes", "selector", "storageClassName", "volumeName"]),
  Pod: inSpec(POD),
  ResourceQuota: ["spec.scopes"],
  Secret: ["type"],
  Service: ["spec.clusterIP"],
  RoleBinding: ["roleRef"],
  ClusterRoleBinding: ["roleRef"],
  StorageClass: ["parameters", "provisioner"],
};
const GROUPS = /^(v1|apps\/.*|batch\/.*|rbac\.authorization\.k8s\.io\/.*|storage\.k8s\.io\/v1)$/;

function contents({ kind, immutable }: Manifest, mutable: Mutability): string[] {
  if (kind === "ConfigMap" && (mutable.configMaps !== true || immutable === true)) return ["binaryData", "data"];
  if (kind === "Secret" && (mutable.secrets !== true || immutable === true)) return ["stringData", "data"];
  return [];
}

/** Paths whose change makes the real provider delete the object and create another; a change below a path counts. */
export function replacementPaths(manifest: Manifest, mutable: Mutability = {}): string[] {
  if (!GROUPS.test(manifest.apiVersion)) return IDENTITY;
  return [...IDENTITY, ...(FIXED[manifest.kind] ?? []), ...contents(manifest, mutable)];
}
