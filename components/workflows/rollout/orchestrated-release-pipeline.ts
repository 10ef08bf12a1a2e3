import { checkout, runScript, serviceOf } from "../kit/index.ts";
import type { CallJob, Family, Job, Repository, RepositoryService, StepsJob } from "../kit/index.ts";
import type { Notify } from "../notify.ts";
import { announceJob } from "./announce.ts";
import { deployment } from "./deployment.ts";
import { readinessJob } from "./release-jobs.ts";
import { LONGEST_MINUTES, rolloutGroup, rolloutStep } from "./rollout-step.ts";
import type { DEPTHS } from "./smoke-settings.ts";
import { smokeJob } from "./smoke-steps.ts";
import { stackSteps } from "./stack-access.ts";
import type { StackAccess } from "./stack-access.ts";

/** One release from its validation to production and the look afterwards. */
export interface OrchestratedReleasePipelineOptions {
  /** The service; needed where several are built from the repository. */
  service?: string | undefined;
  stack: StackAccess;
  /** Before the version in tags of the image and of releases. */
  tagPrefix: string;
  environment: string;
  /** What is rolled out where nobody says how. */
  strategy: "direct" | "canary" | "blue-green";
  /** Hours of a canary from the first share to all traffic. */
  durationHours: number;
  /** Targets of enhancedSmokeTests before and after. */
  smoke: { before: string; after: string; depth: (typeof DEPTHS)[number] };
  /** Label of the tracking issues. */
  label: string;
  notify: Notify;
}

type Service = RepositoryService & { name: string };

const VERSION = "${{ inputs.release_version }}";
const BASELINE = "${{ needs.validate.outputs.baseline }}";

export const orchestratedReleasePipeline: Family<OrchestratedReleasePipelineOptions> = (options, repository) => {
  const service = serviceOf(repository, options.service);
  return {
    workflows: [
      {
        file: "orchestrated-release-pipeline.yml",
        about: `Takes a published release of ${service.name} through all that has to hold, into production, and looks at it there.\nStarted by hand. A failure leaves an issue with what to do.`,
        document: {
          name: "Orchestrated release pipeline",
          runName: "Release ${{ inputs.release_version }} by ${{ inputs.deployment_strategy }}",
          on: {
            workflow_dispatch: {
              inputs: {
                release_version: { description: "Published version, such as 1.2.3", required: true, type: "string" },
                baseline_version: { description: "Version to compare with and to go back to; empty: the stable release before it", required: false, type: "string" },
                deployment_strategy: { description: "How production gets it", required: true, type: "choice", options: ["direct", "canary", "blue-green"], default: options.strategy },
                skip_performance_check: { description: "Do not compare its performance with the baseline", required: true, type: "boolean", default: false },
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

function jobsOf(options: OrchestratedReleasePipelineOptions, service: Service, repository: Repository): Record<string, Job> {
  const { stack, tagPrefix, smoke, label, notify, environment } = options;
  const { before, after, depth } = smoke;
  const needs = ["validate", "performance", "smoke", "readiness", "deploy", "verify"];
  const verdict = runScript("release-verdict.mjs", {
    name: "Keep the release's issue",
    env: { VERSION, SERVICE: service.name, ISSUE_LABEL: label, RESULTS: "${{ toJSON(needs) }}", GITHUB_TOKEN: "${{ github.token }}" },
    grants: { issues: ["write", "say what to do about a failure"] },
  });
  return {
    validate: validateJob(tagPrefix),
    performance: performanceJob(),
    smoke: smokeJob("Smoke tests before", { target: before, depth, version: VERSION, if: `${past("performance")}` }, ["validate", "performance"]),
    readiness: { ...readinessJob({ service, tagPrefix, version: VERSION, baseline: BASELINE, stack: stack.name }, "Rollback readiness"), needs: ["validate", "smoke"], if: past("smoke") },
    deploy: deployJob(options, service, repository),
    verify: smokeJob("Smoke tests after", { target: after, depth, version: VERSION, if: "!cancelled() && needs.deploy.outputs.state == 'done'" }, ["deploy"]),
    announce: announceJob(notify, { what: `Release of ${service.name}`, version: VERSION, environment }, { needs, before: [verdict] }),
  };
}

/** A performance check that was skipped on purpose stops nothing; without a condition of its own a job after it would be skipped too. */
function past(job: "performance" | "smoke"): string {
  return job === "performance"
    ? "!cancelled() && needs.validate.result == 'success' && (needs.performance.result == 'success' || inputs.skip_performance_check)"
    : "!cancelled() && needs.smoke.result == 'success'";
}

function validateJob(tagPrefix: string): StepsJob {
  return {
    name: "Validation",
    timeoutMinutes: 10,
    outputs: { baseline: "${{ steps.validate.outputs.baseline }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("release-validate.mjs", {
        name: "Validate the release",
        id: "validate",
        env: { VERSION, BASELINE: "${{ inputs.baseline_version }}", TAG_PREFIX: tagPrefix, GITHUB_TOKEN: "${{ github.token }}" },
        grants: { contents: ["read", "read the releases"], checks: ["read", "read the commit's checks"] },
      }),
    ],
  };
}

function performanceJob(): CallJob {
  return {
    name: "Performance",
    needs: ["validate"],
    if: "!inputs.skip_performance_check",
    uses: "./.github/workflows/performance-regression-detection.yml",
    with: { current_version: VERSION, baseline_version: BASELINE },
    grants: { contents: ["read", "check out the benchmarks"], issues: ["write", "open an issue on a regression"] },
  };
}

function deployJob({ stack, environment, durationHours, label }: OrchestratedReleasePipelineOptions, service: Service, repository: Repository): StepsJob {
  return {
    name: "Deploy",
    needs: ["readiness"],
    if: "!cancelled() && needs.readiness.result == 'success'",
    timeoutMinutes: LONGEST_MINUTES,
    environment: deployment(environment, repository),
    outputs: { state: "${{ steps.rollout.outputs.state }}", reason: "${{ steps.rollout.outputs.reason }}" },
    steps: [
      ...stackSteps(stack, repository),
      rolloutStep(stack, {
        command: "rollout",
        name: "Roll out",
        id: "rollout",
        service: service.name,
        environment,
        version: VERSION,
        label,
        values: { IMAGE: "${{ needs.readiness.outputs.image }}", STRATEGY: "${{ inputs.deployment_strategy }}", DURATION_HOURS: durationHours, AUTO_PROMOTE: true },
      }),
    ],
  };
}
