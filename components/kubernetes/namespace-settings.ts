import type { ConfiguredSecret } from "../secrets.ts";

/** The Pod Security standard that the namespace enforces; any but `restricted` says why. */
export type PodSecurity = { level: "restricted" } | { level: "baseline" | "privileged"; reason: string };

/** Whether pods get a sidecar; `revision` picks one of several control planes by its tag. */
export type Mesh =
  | { kind: "injected"; revision?: string | undefined; /** Namespace of istiod. @default "istio-system" */ controlPlane: string }
  | { kind: "none"; reason: string };

/** A place outside the namespace that its pods may open connections to. */
export interface Egress {
  to: { namespace: string } | { cidr: string; except?: string[] | undefined };
  /** @default every port */
  ports?: { port: number; protocol: "TCP" | "UDP" }[] | undefined;
}

/** What all pods of the namespace together may ask for, as Kubernetes quantities; CPU limits are not counted. */
export type Quota =
  | { requests: { cpu: string; memory: string }; limits: { memory: string }; pods: number }
  | { unlimited: string };

/** What a container gets that does not say, and the most that one may have. */
export interface ContainerLimits {
  defaults: { requests: { cpu: string; memory: string }; limits: { memory: string } };
  max?: { cpu: string; memory: string } | undefined;
}

/** Credentials with which every pod of the namespace pulls its images. */
export interface PullCredentials {
  /** Host of the registry. @default "ghcr.io" */
  registry: string;
  username: string;
  token: ConfiguredSecret;
}

export interface NamespaceSettings {
  podSecurity: PodSecurity;
  mesh: Mesh;
  /** Namespaces whose Prometheus may read the sidecars' metrics. @default ["monitoring"] */
  scrapers: string[];
  /** Beside DNS, the mesh's control plane and the namespace itself, nothing else is reached. @default none */
  egress: Egress[];
  quota: Quota;
  containers: ContainerLimits;
  /** @default none: the images are public */
  pull?: PullCredentials | undefined;
  /** Added to the namespace's own; those that guard it win. @default none */
  labels: Record<string, string>;
  /** Refuses to be destroyed until it is set to false and applied: everything in a namespace goes with it. @default true */
  protect: boolean;
}
