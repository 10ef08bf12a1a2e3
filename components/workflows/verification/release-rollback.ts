import type { Family, Job } from "../kit/index.ts";
import type { Notify } from "../notify.ts";
import { apiOf } from "./package-index.ts";
import type { PackageIndex } from "./package-index.ts";
import type { PythonPackage, PythonTests } from "./python-package.ts";
import { hotfixJob, restoreJob, withdrawJob } from "./release-rollback-changes.ts";
import { confirmJob, planJob, reportJob, verifyJob } from "./release-rollback-checks.ts";

/** Takes releases back, so that people install the one before. */
export interface ReleaseRollbackOptions extends PythonPackage {
  index: PackageIndex;
  /** Environment of the job that changes the index. */
  environment: string;
  pythonVersion: string;
  /** The restored version's own tests. @default none */
  tests?: PythonTests | undefined;
  /** How long a step waits for the index, 1 to 300 minutes: on PyPI, for people. */
  waitMinutes: number;
  /** Label of the issue that tracks the rollback. */
  issueLabel: string;
  notify: Pick<Notify, "slack" | "email">;
}

export const releaseRollback: Family<ReleaseRollbackOptions> = (options, repository) => {
  const steps: Record<string, Job> = {
    plan: planJob(options, repository),
    verify: verifyJob(options, repository),
    "hotfix-branch": hotfixJob(),
    withdraw: withdrawJob(options, repository),
    restore: restoreJob(),
    confirm: confirmJob(options, repository),
  };
  const { actions, about } = apiOf(options.index);
  return {
    workflows: [
      {
        file: "release-rollback.yml",
        about: `Goes back to an earlier release: checks that it still works, takes the newer ones out of the index, marks them on GitHub,\nand starts a hotfix branch. ${about}`,
        document: {
          name: "Release rollback",
          runName: "Roll back to ${{ inputs.rollback_version || 'the release before' }}",
          on: {
            workflow_dispatch: {
              inputs: {
                rollback_version: { description: "Version to go back to; empty: the stable one before the newest", type: "string", required: false },
                rollback_reason: { description: "Why", type: "string", required: true },
                pypi_action: { description: "What happens to the newer releases in the index", type: "choice", required: true, options: [...actions, "none"], default: actions[0] },
              },
            },
          },
          concurrency: { group: "release-rollback", cancel: false },
          jobs: { ...steps, report: reportJob(options, repository, Object.keys(steps)) },
        },
      },
    ],
  };
};
