import { runScript, serviceOf } from "../kit/index.ts";
import type { Family, Repository, RepositoryService, Step, StepsJob } from "../kit/index.ts";
import type { Notify } from "../notify.ts";
import { announceJob } from "./announce.ts";
import { deployment } from "./deployment.ts";
import { goOnJob } from "./go-on.ts";
import { metricsStep } from "./metrics.ts";
import type { Metrics } from "./metrics.ts";
import { readinessJob } from "./release-jobs.ts";
import { LONGEST_MINUTES, rolloutGroup, rolloutStep } from "./rollout-step.ts";
import { smokeJob } from "./smoke-steps.ts";
import { stackEnvironment, stackSteps } from "./stack-access.ts";
import type { StackAccess } from "./stack-access.ts";

/** A canary that has proven itself takes all traffic, and is watched for a while. */
export interface CanaryPromoteOptions {
  /** The service; needed where several are built from the repository. */
  service?: string | undefined;
  stack: StackAccess;
  /** Before the version in tags of the image and of releases. */
  tagPrefix: string;
  environments: { canary: string; production: string };
  /** Target of the integration and load tests. */
  smokeTarget: string;
  metrics: Metrics;
  /** `name: value` of the header that leads testers to the canary. @default absent: the health check meets any revision */
  testerHeader?: string | undefined;
  /** Hours of a gradual promotion. */
  durationHours: number;
  /** Minutes of watching after the promotion; a breach takes it back. */
  stableMinutes: number;
  /** Variable with Grafana's address and secret with a key for it. @default absent: no annotation, no dashboard */
  grafana?: { urlVariable: string; keySecret: string } | undefined;
  label: string;
  notify: Notify;
}

type Service = RepositoryService & { name: string };

const VERSION = "${{ inputs.canary_version }}";

export const canaryPromote: Family<CanaryPromoteOptions> = (options, repository) => {
  const service = serviceOf(repository, options.service);
  return {
    workflows: [
      {
        file: "canary-promote.yml",
        about: `Judges the canary of ${service.name} by its metrics, by integration and by load, and gives it all traffic.\nStarted by hand, after canary-deployment.yml.`,
        document: {
          name: "Canary promotion",
          runName: "Promote ${{ inputs.canary_version }}",
          on: {
            workflow_dispatch: {
              inputs: {
                canary_version: { description: "Version of the canary, such as 1.2.3", required: true, type: "string" },
                promote_immediately: { description: "All traffic at once, instead of stage by stage", required: true, type: "boolean", default: false },
              },
            },
          },
          concurrency: rolloutGroup(service.name),
          jobs: {
            readiness: readinessJob({ service, tagPrefix: options.tagPrefix, version: VERSION, stack: options.stack.name }, "Readiness"),
            validate: validateJob(options, service, repository),
            load: smokeJob("Integration and load", { target: options.smokeTarget, depth: "comprehensive", version: VERSION }, ["validate"]),
            promote: promoteJob(options, service, repository),
            "go-on": goOnJob(["promote"]),
            announce: announceJob(
              options.notify,
              { what: `Promotion of ${service.name}`, version: VERSION, environment: options.environments.production },
              { needs: ["readiness", "validate", "load", "promote"], before: grafanaStep(options, service) },
            ),
          },
        },
      },
    ],
  };
};

function validateJob({ stack, environments, metrics, testerHeader }: CanaryPromoteOptions, service: Service, repository: Repository): StepsJob {
  return {
    name: "Health and metrics",
    needs: ["readiness"],
    timeoutMinutes: 15,
    environment: deployment(environments.canary, repository),
    steps: [
      ...stackSteps(stack, repository),
      runScript("canary-status.mjs", { name: "Find the candidate", id: "canary", env: { SERVICE: service.name, IMAGE: "${{ needs.readiness.outputs.image }}", ...stackEnvironment(stack) } }),
      metricsStep(metrics, service, { name: "Judge it", revision: "${{ steps.canary.outputs.revision }}", testerHeader }),
    ],
  };
}

/** Promotion, watching and going back are one job: going back waits for nobody's approval. */
function promoteJob({ stack, environments, metrics, durationHours, stableMinutes, label }: CanaryPromoteOptions, service: Service, repository: Repository): StepsJob {
  const call = { service: service.name, environment: environments.production, version: VERSION, label };
  const values = { IMAGE: "${{ needs.readiness.outputs.image }}", NOW: "${{ inputs.promote_immediately }}", DURATION_HOURS: durationHours };
  return {
    name: "Promote",
    needs: ["readiness", "validate", "load"],
    timeoutMinutes: LONGEST_MINUTES,
    environment: deployment(environments.production, repository),
    outputs: { state: "${{ steps.promote.outputs.state }}", reason: "${{ steps.promote.outputs.reason }}" },
    steps: [
      ...stackSteps(stack, repository),
      rolloutStep(stack, { ...call, command: "promote", name: "Promote", id: "promote", values: { ...values, LEAVE_AFTER_MINUTES: LONGEST_MINUTES - stableMinutes - 25 } }),
      metricsStep(metrics, service, { name: "Watch it", id: "watch", if: "steps.promote.outputs.state == 'done'", watchMinutes: stableMinutes }),
      rolloutStep(stack, {
        ...call,
        command: "rollback",
        name: "Take it back",
        if: "failure() && steps.watch.outputs.verdict == 'breach'",
        values: { REASON: "a limit was broken while the promotion was watched" },
      }),
    ],
  };
}

function grafanaStep({ grafana }: CanaryPromoteOptions, { name, namespace }: Service): Step[] {
  if (!grafana) return [];
  const env = { SERVICE: name, NAMESPACE: namespace, VERSION, GRAFANA_URL: `\${{ vars.${grafana.urlVariable} }}`, GRAFANA_API_KEY: `\${{ secrets.${grafana.keySecret} }}` };
  return [runScript("grafana-release.mjs", { name: "Mark the release in Grafana", if: "needs.promote.result == 'success' && needs.promote.outputs.state == 'done'", env })];
}
