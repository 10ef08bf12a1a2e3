import { fields, isFields, list, number, type Fields, type Manifest } from "./manifest.ts";
import { quantity } from "./quantity.ts";

/** What a kind's controller would have written by the time that all is well. `since` is when the object became so. */
type Status = (manifest: Manifest, since: string) => Fields | undefined;

const spec = (manifest: Manifest): Fields => fields(manifest["spec"]);
const generation = ({ metadata }: Manifest): unknown => metadata["generation"];
const condition = (type: string, reason: string, message: string, since: string): Fields =>
  ({ type, status: "True", lastUpdateTime: since, lastTransitionTime: since, reason, message });

const deployment: Status = (manifest, since) => {
  const replicas = number(spec(manifest)["replicas"]) ?? 1;
  const name = manifest.metadata.name;
  return {
    observedGeneration: generation(manifest),
    ...(replicas === 0 ? {} : { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas }),
    conditions: [
      condition("Available", "MinimumReplicasAvailable", "Deployment has minimum availability.", since),
      condition("Progressing", "NewReplicaSetAvailable", `ReplicaSet "${name}" has successfully progressed.`, since),
    ],
  };
};

const replicated: Status = (manifest) => {
  const replicas = number(spec(manifest)["replicas"]) ?? 1;
  const revision = `${manifest.metadata.name}-1`;
  return {
    observedGeneration: generation(manifest), replicas, readyReplicas: replicas, availableReplicas: replicas,
    ...(manifest.kind === "StatefulSet" ? { currentReplicas: replicas, updatedReplicas: replicas, currentRevision: revision, updateRevision: revision, collisionCount: 0 } : {}),
  };
};

const daemonSet: Status = (manifest) => ({
  observedGeneration: generation(manifest), currentNumberScheduled: 1, desiredNumberScheduled: 1, numberAvailable: 1, numberMisscheduled: 0, numberReady: 1, updatedNumberScheduled: 1,
});

const job: Status = (manifest, since) => ({
  startTime: since, completionTime: since, ready: 0, succeeded: number(spec(manifest)["completions"]) ?? 1, uncountedTerminatedPods: {},
  conditions: [{ type: "Complete", status: "True", lastProbeTime: since, lastTransitionTime: since, reason: "CompletionsReached", message: "Reached expected number of succeeded pods" }],
});

const service: Status = (manifest) => ({
  loadBalancer: spec(manifest)["type"] === "LoadBalancer" ? { ingress: [{ ip: String(spec(manifest)["clusterIP"]).replace(/^10\./, "127."), ipMode: "VIP" }] } : {},
});

/** A metric as its controller would see it on a workload that idles at half its target. */
function currentMetric(metric: Fields): Fields[] {
  const { resource, type } = metric;
  const target = fields(fields(resource)["target"])["averageUtilization"];
  if (type !== "Resource" || typeof target !== "number") return [];
  return [{ type, resource: { name: fields(resource)["name"], current: { averageUtilization: Math.floor(target / 2), averageValue: "0" } } }];
}

const autoscaler: Status = (manifest, since) => {
  const replicas = number(spec(manifest)["minReplicas"]) ?? 1;
  return {
    currentReplicas: replicas, desiredReplicas: replicas,
    currentMetrics: list(spec(manifest)["metrics"]).flatMap((metric) => (isFields(metric) ? currentMetric(metric) : [])),
    conditions: [
      { type: "AbleToScale", status: "True", lastTransitionTime: since, reason: "ReadyForNewScale", message: "recommended size matches current size" },
      { type: "ScalingActive", status: "True", lastTransitionTime: since, reason: "ValidMetricFound", message: "the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)" },
      { type: "ScalingLimited", status: "True", lastTransitionTime: since, reason: "TooFewReplicas", message: "the desired replica count is less than the minimum replica count" },
    ],
  };
};

const budget: Status = (manifest, since) => {
  const { minAvailable } = spec(manifest);
  const desired = typeof minAvailable === "number" ? minAvailable : 1;
  return {
    observedGeneration: generation(manifest), currentHealthy: desired + 1, desiredHealthy: desired, disruptionsAllowed: 1, expectedPods: desired + 1,
    conditions: [{ type: "DisruptionAllowed", status: "True", observedGeneration: generation(manifest), lastTransitionTime: since, reason: "SufficientPods", message: "" }],
  };
};

const quota: Status = (manifest) => {
  const hard = fields(spec(manifest)["hard"]);
  return { hard, used: Object.fromEntries(Object.entries(hard).map(([name, value]) => [name, quantity(value) === undefined ? value : "0"])) };
};

const pod: Status = (_, since) => ({
  phase: "Running", startTime: since, qosClass: "Burstable",
  conditions: ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type) => ({ type, status: "True", lastProbeTime: null, lastTransitionTime: since })),
});

const definition: Status = (manifest, since) => ({
  acceptedNames: fields(spec(manifest)["names"]),
  storedVersions: list(spec(manifest)["versions"]).map(fields).filter(({ storage }) => storage === true).map(({ name }) => name),
  conditions: [
    { type: "NamesAccepted", status: "True", lastTransitionTime: since, reason: "NoConflicts", message: "no conflicts found" },
    { type: "Established", status: "True", lastTransitionTime: since, reason: "InitialNamesAccepted", message: "the initial names have been accepted" },
  ],
});

const STATUSES: Record<string, Status> = {
  Namespace: () => ({ phase: "Active" }),
  Deployment: deployment, ReplicaSet: replicated, StatefulSet: replicated, DaemonSet: daemonSet, Job: job, CronJob: () => ({}), Pod: pod,
  Service: service, HorizontalPodAutoscaler: autoscaler, PodDisruptionBudget: budget, ResourceQuota: quota, Ingress: () => ({ loadBalancer: {} }),
  PersistentVolumeClaim: (manifest) => ({ phase: "Bound", accessModes: spec(manifest)["accessModes"], capacity: fields(fields(spec(manifest)["resources"])["requests"]) }),
  CustomResourceDefinition: definition,
};

/** The status of a built-in kind, undefined for those that have none. Custom kinds' controllers are not imitated. */
export const statusOf = (manifest: Manifest, since: string): Fields | undefined => STATUSES[manifest.kind]?.(manifest, since);
