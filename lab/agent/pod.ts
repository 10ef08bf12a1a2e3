import type { KubernetesObject } from "../api.ts";

/** What the agent reads of a pod. */
export interface Pod extends KubernetesObject {
  spec: PodSpec;
  status?: { phase?: string };
}

export interface PodSpec {
  nodeName?: string;
  serviceAccountName?: string;
  restartPolicy?: "Always" | "OnFailure" | "Never";
  terminationGracePeriodSeconds?: number;
  containers: [Container, ...Container[]];
}

export interface Container {
  name: string;
  image: string;
  ports?: { name?: string; containerPort: number }[];
  env?: EnvironmentVariable[];
  envFrom?: { prefix?: string; configMapRef?: Reference; secretRef?: Reference }[];
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  startupProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
}

export interface EnvironmentVariable {
  name: string;
  value?: string;
  valueFrom?: { configMapKeyRef?: KeyReference; secretKeyRef?: KeyReference };
}

export interface Reference {
  name: string;
  optional?: boolean;
}

export interface KeyReference extends Reference {
  key: string;
}

/** As the API server fills it in, so the timings are always there. */
export interface Probe {
  httpGet?: { path?: string; port: number | string };
  tcpSocket?: { port: number | string };
  grpc?: { port: number; service?: string | null };
  exec?: { command?: string[] };
  initialDelaySeconds?: number;
  periodSeconds?: number;
  timeoutSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

/** The container that the demo app stands for; others of the pod are taken as well. */
export function mainContainer({ spec }: Pod): Container {
  return spec.containers[0];
}

/** The name under which a pod is kept. */
export function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

/** The ReplicaSet or Job that a pod belongs to. */
export function ownerOf({ metadata }: KubernetesObject): string | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
}
