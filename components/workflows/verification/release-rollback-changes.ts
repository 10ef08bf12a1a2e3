import { checkout, runScript } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { apiOf, indexEnvironment } from "./package-index.ts";
import { projectOf } from "./python-package.ts";
import type { ReleaseRollbackOptions } from "./release-rollback.ts";

const TOKEN = { GITHUB_TOKEN: "${{ github.token }}" };

export function hotfixJob(): StepsJob {
  return {
    name: "Start the hotfix branch",
    needs: ["plan", "verify"],
    timeoutMinutes: 5,
    outputs: { branch: "${{ steps.branch.outputs.branch }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("create-branch.mjs", {
        name: "Make the branch at the restored version",
        id: "branch",
        env: { ...TOKEN, BRANCH: "${{ needs.plan.outputs.branch }}", TAG: "${{ needs.plan.outputs.tag }}" },
        grants: { contents: ["write", "make the hotfix branch"] },
      }),
    ],
  };
}

export function withdrawJob(options: ReleaseRollbackOptions, repository: Repository): StepsJob {
  return {
    name: "Take the releases out of the index",
    needs: ["plan", "verify"],
    if: "inputs.pypi_action != 'none'",
    timeoutMinutes: options.waitMinutes + 15,
    environment: options.environment,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("withdraw-package.mjs", {
        name: "Yank or delete, and wait for it",
        env: {
          ...TOKEN,
          ...indexEnvironment(options.index),
          ...apiOf(options.index).env,
          PROJECT: projectOf(options, repository),
          VERSIONS: "${{ needs.plan.outputs.bad }}",
          ACTION: "${{ inputs.pypi_action }}",
          WAIT_MINUTES: options.waitMinutes,
          ISSUE: "${{ needs.plan.outputs.issue }}",
        },
        ...(options.index.kind === "pypi" && { grants: { issues: ["write", "ask the owners"] } }),
      }),
    ],
  };
}

export function restoreJob(): StepsJob {
  return {
    name: "Mark the releases",
    needs: ["plan", "verify", "withdraw"],
    if: "!cancelled() && needs.verify.result == 'success' && (needs.withdraw.result == 'success' || needs.withdraw.result == 'skipped')",
    timeoutMinutes: 10,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("mark-releases.mjs", {
        name: "Make the restored release the latest",
        env: {
          ...TOKEN,
          TAG: "${{ needs.plan.outputs.tag }}",
          BAD_TAGS: "${{ needs.plan.outputs.bad_tags }}",
          REASON: "${{ inputs.rollback_reason }}",
          ISSUE: "${{ needs.plan.outputs.issue }}",
        },
        grants: { contents: ["write", "edit the releases"] },
      }),
    ],
  };
}
