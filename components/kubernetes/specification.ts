import type { SecretReference } from "../secrets.ts";

/** A port of the container, which the service offers under the same number. */
export interface ContainerPort {
  /** DNS label of at most 15 characters; probes and the traffic settings name the port by it. */
  name: string;
  /** 1 – 65535; at least 1024 unless the image may bind low ports without root. */
  port: number;
  /** What the mesh speaks on it: routes, retries and request metrics exist for all but `tcp`. */
  protocol: "http" | "http2" | "grpc" | "tcp";
}

/** How a probe asks. `port` is the name of a declared port. */
export type ProbeAction =
  | { kind: "http"; path: string; port: string }
  | { kind: "grpc"; port: string; service?: string | undefined }
  | { kind: "tcp"; port: string }
  | { kind: "exec"; command: string[] };

/** When a probe asks. Absent values are the API server's defaults. */
export interface ProbeTimings {
  /** Seconds between two probes, ≥ 1. @default 10 */
  periodSeconds?: number | undefined;
  /** Failures in a row that count as one, ≥ 1. @default 3 */
  failureThreshold?: number | undefined;
  /** Seconds that an answer may take, ≥ 1. @default 1 */
  timeoutSeconds?: number | undefined;
  /** Seconds after the container's start, ≥ 0. @default 0 */
  initialDelaySeconds?: number | undefined;
}

export type Probe = ProbeAction & ProbeTimings;

export interface Probes {
  /** Until it succeeds the other two wait: the place for a slow start. */
  startup?: Probe | undefined;
  /** Decides whether the pod gets traffic, and whether a rollout may move weight to it. */
  readiness: Probe;
  /** Restarts the container; leave it out where a restart heals nothing. */
  liveness?: Probe | undefined;
}

/** Kubernetes quantities. A CPU limit throttles, so it is optional; a memory limit is not. */
export interface Resources {
  requests: { cpu: string; memory: string };
  limits: { memory: string; cpu?: string | undefined };
}

/** Either an autoscaler owns the number of pods, or the settings do; never both. */
export type Scaling =
  | { kind: "auto"; min: number; max: number; /** Average use of the requested CPU, 1 – 100. */ cpuPercent: number }
  | { kind: "fixed"; replicas: number };

/** What a voluntary eviction may take away: a number of pods, or a share such as "25%". */
export type Disruption =
  | { kind: "max-unavailable"; pods: number | string }
  | { kind: "min-available"; pods: number | string };

/** Pods are spread over zones and nodes, over nodes, or not at all; always as a wish, so that one zone is enough to run. */
export type Spread = "zone" | "node" | "none";

/**
 * One revision, whole and plain: recorded as JSON in the stack's outputs and declared again from there,
 * so a field that is renamed here needs a reader for the old name.
 */
export interface RevisionSpecification {
  ports: ContainerPort[];
  /** Replaces the image's entry point. @default the image's */
  command?: string[] | undefined;
  /** Replaces the image's arguments. @default the image's */
  args?: string[] | undefined;
  /** Environment variables, public. */
  environment: Record<string, string>;
  /** Environment variables whose values come beside the specification and are never recorded; without one the pod does not start. */
  secrets: Record<string, SecretReference>;
  /** Absolute path → text, mounted read-only. @default none */
  files?: Record<string, string> | undefined;
  probes: Probes;
  resources: Resources;
  scaling: Scaling;
  disruption: Disruption;
  /** Seconds from the stop signal to the kill, `drainSeconds` included. */
  gracePeriodSeconds: number;
  /** Seconds that a stopping pod still answers while the mesh forgets it. */
  drainSeconds: number;
  /** User and group id of the process, ≥ 1: Pod Security `restricted` refuses root. */
  user: number;
  /** Mounts the image read-only. */
  readOnlyRoot: boolean;
  /** Absolute paths of empty, writable folders. */
  writable: string[];
  spread: Spread;
  /** The application's own metrics, which the sidecar's agent reads within the pod and shows beside its own. @default none */
  metrics?: { /** Name of a declared port. */ port: string; path: string } | undefined;
  /** Added to the pod's own; those that the mesh reads here win. */
  podAnnotations: Record<string, string>;
}
