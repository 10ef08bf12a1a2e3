import { checkout, runScript } from "../kit/index.ts";
import type { CallJob, Family, Job, Repository } from "../kit/index.ts";
import { notifySteps, WORST_OF_NEEDS } from "../notify.ts";
import type { Notify } from "../notify.ts";
import type { Databases } from "../service-containers.ts";
import { auditJob, installJob, integrationJob } from "./release-verification-jobs.ts";
import { projectOf } from "./python-package.ts";
import type { PythonPackage, PythonTests } from "./python-package.ts";

/** Whether a published release works for those who install it. */
export interface ReleaseVerificationOptions extends PythonPackage {
  /** Five fields, UTC: the newest release is verified again. */
  schedule: string;
  /** Labels of runners. */
  platforms: string[];
  pythonVersions: string[];
  /** How long a new release may take to get into the index, 0 to 60 minutes. */
  propagationMinutes: number;
  /** @default no integration tests */
  integration?: Integration | undefined;
  /** Compares with the release before; needs `performanceRegressionDetection`. @default not compared */
  regressionThreshold?: number | undefined;
  /** Label of the issue that is open while a release does not verify. */
  issueLabel: string;
  notify: Pick<Notify, "slack" | "email">;
}

export interface Integration extends PythonTests {
  databases: Databases;
}

export const releaseVerification: Family<ReleaseVerificationOptions> = (options, repository) => {
  const checks: Record<string, Job> = {
    available: availableJob(options, repository),
    install: installJob(options, repository),
    ...(options.integration && { integration: integrationJob(options.integration, options, repository) }),
    ...(options.regressionThreshold !== undefined && { performance: performanceJob(options.regressionThreshold) }),
    "dependency-audit": auditJob(options, repository),
  };
  return {
    workflows: [
      {
        file: "release-verification.yml",
        about: "Installs a published release as its users do, tests it, and looks for known vulnerabilities in what it brings.\nRuns for each release and every day; an issue is open while a release does not verify.",
        document: {
          name: "Release verification",
          runName: "Verify ${{ inputs.version_to_verify || github.event.release.tag_name || 'the newest release' }}",
          on: {
            release: { types: ["published"] },
            schedule: [{ cron: options.schedule }],
            workflow_dispatch: { inputs: { version_to_verify: VERSION_TO_VERIFY } },
            workflow_call: { inputs: { version_to_verify: VERSION_TO_VERIFY } },
          },
          concurrency: { group: "release-verification-${{ inputs.version_to_verify || github.event.release.tag_name }}", cancel: false },
          jobs: { ...checks, report: reportJob(options, repository, Object.keys(checks)) },
        },
      },
    ],
  };
};

const VERSION_TO_VERIFY = { description: "Version to verify; empty: the newest release", type: "string", required: false, default: "" } as const;
const REQUESTED = "${{ inputs.version_to_verify || github.event.release.tag_name }}";

function availableJob(options: ReleaseVerificationOptions, repository: Repository): Job {
  return {
    name: "Wait for the package",
    timeoutMinutes: options.propagationMinutes + 5,
    outputs: { version: "${{ steps.wait.outputs.version }}", previous: "${{ steps.wait.outputs.previous }}", tag: "${{ steps.wait.outputs.tag }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("wait-for-package.mjs", {
        name: "Wait until it can be installed",
        id: "wait",
        env: {
          GITHUB_TOKEN: "${{ github.token }}",
          PROJECT: projectOf(options, repository),
          VERSION: REQUESTED,
          TAG_PREFIX: options.tagPrefix,
          WAIT_MINUTES: options.propagationMinutes,
        },
        grants: { contents: ["read", "find the release's tag"] },
      }),
    ],
  };
}

function performanceJob(threshold: number): CallJob {
  return {
    name: "Performance",
    needs: ["available"],
    if: "needs.available.outputs.previous != ''",
    uses: "./.github/workflows/performance-regression-detection.yml",
    with: {
      current_version: "${{ needs.available.outputs.version }}",
      baseline_version: "${{ needs.available.outputs.previous }}",
      regression_threshold: threshold,
    },
    grants: { contents: ["read", "check out"], issues: ["write", "report a regression"] },
  };
}

function reportJob(options: ReleaseVerificationOptions, repository: Repository, needs: string[]): Job {
  return {
    name: "Report",
    needs,
    if: "always()",
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("verification-report.mjs", {
        name: "Keep the issue of a release that does not verify",
        env: {
          GITHUB_TOKEN: "${{ github.token }}",
          PROJECT: projectOf(options, repository),
          VERSION: "${{ needs.available.outputs.version }}",
          REQUESTED,
          NEEDS: "${{ toJSON(needs) }}",
          ISSUE_LABEL: options.issueLabel,
        },
        grants: { issues: ["write", "keep the issue of a failure"] },
      }),
      ...notifySteps(options.notify, {
        what: "Verification",
        version: "${{ needs.available.outputs.version }}",
        status: WORST_OF_NEEDS,
      }),
    ],
  };
}
