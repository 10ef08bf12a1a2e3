import { serviceOf } from "../kit/index.ts";
import type { Family, Repository, RepositoryService, StepsJob } from "../kit/index.ts";
import type { Notify } from "../notify.ts";
import { announceJob } from "./announce.ts";
import { deployment } from "./deployment.ts";
import { goOnJob } from "./go-on.ts";
import { readinessJob } from "./release-jobs.ts";
import { LONGEST_MINUTES, rolloutGroup, rolloutStep } from "./rollout-step.ts";
import { smokeSteps } from "./smoke-steps.ts";
import { stackSteps } from "./stack-access.ts";
import type { StackAccess } from "./stack-access.ts";

/** A version takes a first share of the traffic, is tested there, and goes on to all of it. */
export interface CanaryDeploymentOptions {
  /** The service; needed where several are built from the repository. */
  service?: string | undefined;
  stack: StackAccess;
  /** Before the version in tags of the image and of releases. */
  tagPrefix: string;
  /** Per cent of the traffic, 5–50. @default the service's first stage */
  firstStage?: number | undefined;
  /** Hours from the first share to all of it. */
  durationHours: number;
  /** Who approves the first share, and who all of it. */
  environments: { canary: string; production: string };
  /** Target of the smoke tests after the first share. @default absent: none */
  smokeTarget?: string | undefined;
  /** Label of the tracking issue. */
  label: string;
  notify: Notify;
}

type Service = RepositoryService & { name: string };

export const canaryDeployment: Family<CanaryDeploymentOptions> = (options, repository) => {
  const service = serviceOf(repository, options.service);
  const share = options.firstStage ?? Math.min(50, Math.max(5, service.stages.find((stage) => stage > 0) ?? 10));
  return {
    requires: options.smokeTarget === undefined ? [] : ["enhancedSmokeTests"],
    workflows: [
      {
        file: "canary-deployment.yml",
        about: `Gives a version of ${service.name} a first share of the traffic, tests it there, and takes it on to 100 %.\nStarted by hand. The stack's rollout commands move the traffic; see the tracking issue for how far it is.`,
        document: {
          name: "Canary deployment",
          runName: "Canary of ${{ inputs.version_to_deploy }} at ${{ inputs.canary_percentage }} %",
          on: {
            workflow_dispatch: {
              inputs: {
                version_to_deploy: { description: "Version, such as 1.2.3", required: true, type: "string" },
                canary_percentage: { description: "First share of the traffic in per cent, 5 to 50", required: true, type: "number", default: share },
                rollout_duration: { description: "Hours from the first share to all of the traffic", required: true, type: "number", default: options.durationHours },
                auto_promote: { description: "Go on to 100 % where the first share is healthy", required: true, type: "boolean", default: false },
              },
            },
          },
          concurrency: rolloutGroup(service.name),
          jobs: jobsOf(options, service, repository),
        },
      },
    ],
  };
};

const VERSION = "${{ inputs.version_to_deploy }}";

function jobsOf(options: CanaryDeploymentOptions, service: Service, repository: Repository): Record<string, StepsJob> {
  const { stack, tagPrefix, notify } = options;
  return {
    readiness: readinessJob({ service, tagPrefix, version: VERSION, stack: stack.name }, "Readiness"),
    canary: canaryJob(options, service, repository),
    production: productionJob(options, service, repository),
    "go-on": goOnJob(["canary", "production"]),
    announce: announceJob(notify, { what: `Canary deployment of ${service.name}`, version: VERSION }, { needs: ["readiness", "canary", "production"] }),
  };
}

/** The first share, and the tests that a candidate has to pass there; it goes back in this very job, so that nobody has to approve it. */
function canaryJob(options: CanaryDeploymentOptions, service: Service, repository: Repository): StepsJob {
  const { stack, environments, smokeTarget, label } = options;
  const call = { service: service.name, environment: environments.canary, version: VERSION, label };
  return {
    name: "Canary",
    needs: ["readiness"],
    timeoutMinutes: LONGEST_MINUTES,
    environment: deployment(environments.canary, repository),
    outputs: { reason: "${{ steps.rollout.outputs.reason }}" },
    steps: [
      ...stackSteps(stack, repository),
      rolloutStep(stack, { ...call, command: "rollout", name: "Walk the first stage", id: "rollout", values: walk() }),
      ...(smokeTarget === undefined
        ? []
        : [
            ...smokeSteps({ target: smokeTarget, depth: "standard", version: VERSION, if: "steps.rollout.outputs.state == 'held'" }),
            rolloutStep(stack, { ...call, command: "rollback", name: "Take the candidate back", if: "failure() && steps.smoke.outcome == 'failure'", values: { REASON: "the smoke tests of the first share failed" } }),
          ]),
    ],
  };
}

function productionJob({ stack, environments, label }: CanaryDeploymentOptions, service: Service, repository: Repository): StepsJob {
  return {
    name: "Production",
    needs: ["readiness", "canary"],
    if: "inputs.auto_promote && needs.canary.outputs.reason == 'approval'",
    timeoutMinutes: LONGEST_MINUTES,
    environment: deployment(environments.production, repository),
    outputs: { reason: "${{ steps.rollout.outputs.reason }}" },
    steps: [
      ...stackSteps(stack, repository),
      rolloutStep(stack, { service: service.name, environment: environments.production, version: VERSION, label, command: "rollout", name: "Walk to 100 %", id: "rollout", values: { ...walk(), AUTO_PROMOTE: true } }),
    ],
  };
}

function walk(): Record<string, string> {
  return { IMAGE: "${{ needs.readiness.outputs.image }}", STRATEGY: "canary", FIRST_STAGE: "${{ inputs.canary_percentage }}", DURATION_HOURS: "${{ inputs.rollout_duration }}" };
}
