import type { Repository } from "../kit/index.ts";
import { OptionProblem } from "../kit/index.ts";
import type { StackAccess } from "../rollout/stack-access.ts";

/** One environment and how something gets there. */
export interface Target {
  /** An environment of the repository; its reviewers and its wait apply. */
  environment: string;
  deployment: Deployment;
}

export type Deployment = KubectlDeployment | HelmDeployment | SlipwayDeployment;

/** A Deployment of the cluster gets another image. */
export interface KubectlDeployment extends Cluster {
  kind: "kubectl";
  /** Name of the Deployment. */
  workload: string;
  /** Container whose image changes. */
  container: string;
}

/** A chart of the repository is installed or upgraded. */
export interface HelmDeployment extends Cluster {
  kind: "helm";
  release: string;
  /** Folder of the chart. */
  chart: string;
  /** Value that takes the image's tag. */
  tagValue: string;
  /** Value that takes the image's digest. @default absent: the tag alone says what runs */
  digestValue?: string | undefined;
  /** Other values, by their path. */
  values: Record<string, string | number | boolean>;
}

/** The stack's own rollout moves the traffic, and takes it back on a breach. */
export interface SlipwayDeployment {
  kind: "slipway";
  /** @default the only service of the repository */
  service?: string | undefined;
  stack: StackAccess;
  /** Label of the tracking issue. */
  label: string;
}

export interface Cluster {
  /** Secret with the kubeconfig, plain or in base64. */
  kubeConfig: string;
  namespace: string;
  /** Seconds that new pods have to become ready. */
  rolloutSeconds: number;
  /** Seconds that it has to answer steadily. */
  healthSeconds: number;
  health: Health;
}

export type Health =
  /** The environment's address with this path. */
  | { kind: "address"; path: string }
  /** A Service of the cluster, asked through the cluster's own API: nothing has to be public. */
  | { kind: "cluster"; service: string; port: number; path: string };

/** `HEALTH_URL` or `HEALTH_PATH` of the scripts. */
export function healthEnvironment({ environment }: Target, { health, namespace }: Cluster, { environments }: Repository): Record<string, string> {
  switch (health.kind) {
    case "cluster":
      return { HEALTH_PATH: `/api/v1/namespaces/${namespace}/services/${health.service}:${health.port}/proxy${health.path}` };
    case "address": {
      const url = environments[environment]?.url;
      if (url === undefined) throw new OptionProblem(["environment"], `asks ${environment} at its address, and that environment has none`, "give the environment a url, or ask through the cluster");
      return { HEALTH_URL: `${url.replace(/\/$/, "")}${health.path}` };
    }
    default:
      return health satisfies never;
  }
}
