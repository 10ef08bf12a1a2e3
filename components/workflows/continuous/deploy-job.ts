import { checkout, runScript, serviceOf } from "../kit/index.ts";
import type { Environment, Repository, Step, StepsJob } from "../kit/index.ts";
import { deployment as environmentOf } from "../rollout/deployment.ts";
import { LONGEST_MINUTES, rolloutGroup, rolloutStep } from "../rollout/rollout-step.ts";
import { stackSteps } from "../rollout/stack-access.ts";
import { healthEnvironment } from "./target.ts";
import type { HelmDeployment, KubectlDeployment, SlipwayDeployment, Target } from "./target.ts";

/** What is deployed; every field may be an expression. */
export interface Deployed {
  /** `ghcr.io/acme/shop@sha256:…` */
  reference: string;
  tag: string;
}

interface Place {
  needs: readonly string[];
  if?: string;
}

/** Going back ends within two minutes, or a person has to look. */
const ROLLBACK_MINUTES = 2;
const ROLLBACK_SECONDS = 100;

/** A job that deploys to one environment after whoever approves it, and goes back by itself. */
export function deployJob(target: Target, what: Deployed, { needs, if: condition }: Place, repository: Repository): StepsJob {
  const { environment, deployment } = target;
  const rollout = deployment.kind === "slipway";
  return {
    name: `Deploy to ${environment}`,
    needs,
    ...(condition !== undefined && { if: condition }),
    timeoutMinutes: rollout ? LONGEST_MINUTES : 15,
    environment: environmentOf(environment, repository),
    concurrency: { group: rollout ? rolloutGroup(serviceOf(repository, deployment.service).name).group : `deploy-${environment}`, cancelInProgress: false },
    steps: rollout ? rolloutSteps(target, deployment, what, repository) : clusterSteps(target, deployment, what, repository),
  };
}

function clusterSteps(target: Target, deployment: KubectlDeployment | HelmDeployment, what: Deployed, repository: Repository): Step[] {
  const { kubeConfig, namespace, rolloutSeconds, healthSeconds } = deployment;
  const access = { KUBE_CONFIG: `\${{ secrets.${kubeConfig} }}`, KIND: deployment.kind, NAMESPACE: namespace, ...named(deployment) };
  return [
    checkout({ scriptsOnly: deployment.kind === "kubectl" }),
    runScript("deploy.mjs", {
      name: "Deploy",
      id: "deploy",
      timeoutMinutes: Math.ceil((rolloutSeconds + healthSeconds) / 60),
      env: {
        ...access,
        ...changed(deployment, what),
        ROLLOUT_SECONDS: rolloutSeconds,
        ...healthEnvironment(target, deployment, repository),
        HEALTH_SECONDS: healthSeconds,
      },
    }),
    runScript("roll-back.mjs", {
      name: "Roll back",
      if: "${{ (failure() || cancelled()) && steps.deploy.outputs.began == 'true' }}",
      timeoutMinutes: ROLLBACK_MINUTES,
      env: { ...access, PREVIOUS: "${{ steps.deploy.outputs.previous }}", ROLLOUT_SECONDS: ROLLBACK_SECONDS },
    }),
  ];
}

function named(deployment: KubectlDeployment | HelmDeployment): Environment {
  return deployment.kind === "kubectl" ? { WORKLOAD: deployment.workload } : { RELEASE: deployment.release };
}

function changed(deployment: KubectlDeployment | HelmDeployment, { reference, tag }: Deployed): Environment {
  if (deployment.kind === "kubectl") return { CONTAINER: deployment.container, IMAGE: reference };
  const { chart, tagValue, digestValue, values } = deployment;
  return {
    CHART: chart,
    IMAGE: reference,
    TAG: tag,
    TAG_VALUE: tagValue,
    ...(digestValue !== undefined && { DIGEST_VALUE: digestValue }),
    VALUES: JSON.stringify(values, undefined, 2),
  };
}

function rolloutSteps({ environment }: Target, { service, stack, label }: SlipwayDeployment, { reference, tag }: Deployed, repository: Repository): Step[] {
  const { name } = serviceOf(repository, service);
  return [
    ...stackSteps(stack, repository),
    rolloutStep(stack, { command: "rollout", name: "Roll out", id: "deploy", service: name, environment, version: tag, label, values: { IMAGE: reference, AUTO_PROMOTE: true } }),
  ];
}
