import { checkout, runScript, some } from "../kit/index.ts";
import type { Environment, Family, StepsJob } from "../kit/index.ts";
import { CHANNELS, channelEnvironment, npmToken, packageEnvironment } from "./npm-package.ts";
import type { NpmPackage } from "./npm-package.ts";
import { rollbackRunbook } from "./rollback-runbook.ts";

/** A bad version is taken back: its channel gives an earlier one again, and whoever installs it is warned. */
export interface RollbackReleaseOptions extends NpmPackage {
  /** Label of the incident. */
  label: string;
  /** How long the registry may take until everybody gets the restored version. Minutes, 1 to 60. */
  waitMinutes: number;
  /** Path of the runbook in the repository. */
  runbook: string;
}

const said: Environment = {
  CHANNEL: "${{ inputs.channel }}",
  ROLLBACK_VERSION: "${{ inputs.rollback_version }}",
  RESTORE_VERSION: "${{ inputs.restore_version }}",
  REASON: "${{ inputs.reason }}",
};

export const rollbackRelease: Family<RollbackReleaseOptions> = (options, repository) => ({
  workflows: [
    {
      file: "rollback-release.yml",
      about: `Takes a bad version back: moves the channel to an earlier one, deprecates the bad one, and opens an incident.\nStarted by hand; ${options.runbook} says when and how. A second run with the same inputs changes nothing.`,
      document: {
        name: "Roll back release",
        runName: `Roll ${options.package} back from \${{ inputs.rollback_version }} to \${{ inputs.restore_version }} in \${{ inputs.channel }}`,
        on: {
          workflow_dispatch: {
            inputs: {
              rollback_version: { description: "Bad version, such as 1.2.3", type: "string", required: true },
              restore_version: { description: "Version that users get instead, such as 1.2.2", type: "string", required: true },
              channel: { description: "Channel that gives the bad version", type: "choice", options: some(CHANNELS.toReversed()), default: "latest", required: true },
              reason: { description: "What is wrong, in one line: users read it when they install the bad version", type: "string", required: true },
            },
          },
        },
        concurrency: { group: "${{ github.workflow }}-${{ inputs.channel }}", cancel: false },
        env: { ...packageEnvironment(options), ...said },
        jobs: { check: check(), "roll-back": rollBack(options), verify: verify(options), report: report(options) },
      },
    },
  ],
  files: { [options.runbook]: rollbackRunbook(options, repository) },
});

function check(): StepsJob {
  return {
    name: "Check",
    timeoutMinutes: 5,
    outputs: { elsewhere: "${{ steps.check.outputs.elsewhere }}" },
    steps: [checkout({ scriptsOnly: true }), runScript("rollback-release.mjs", { name: "Check the versions", id: "check" }, "check")],
  };
}

function rollBack(options: RollbackReleaseOptions): StepsJob {
  return {
    name: "Roll back",
    needs: ["check"],
    timeoutMinutes: 10,
    environment: channelEnvironment(options, "${{ inputs.channel }}", "${{ inputs.restore_version }}"),
    steps: [checkout({ scriptsOnly: true }), runScript("rollback-release.mjs", { name: "Move the tag and deprecate", env: npmToken(options) }, "apply")],
  };
}

function verify({ waitMinutes }: RollbackReleaseOptions): StepsJob {
  return {
    name: "Verify",
    needs: ["roll-back"],
    timeoutMinutes: waitMinutes + 10,
    steps: [checkout({ scriptsOnly: true }), runScript("rollback-verify.mjs", { name: "Install as users do", env: { WAIT_MINUTES: waitMinutes } })],
  };
}

/** An incident is one whether or not the rollback worked. */
function report({ label }: RollbackReleaseOptions): StepsJob {
  return {
    name: "Report",
    needs: ["check", "roll-back", "verify"],
    if: "always() && needs.check.result == 'success'",
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("rollback-incident.mjs", {
        name: "Mark the releases and open the incident",
        env: {
          GITHUB_TOKEN: "${{ github.token }}",
          APPLIED: "${{ needs.roll-back.result }}",
          VERIFIED: "${{ needs.verify.result }}",
          ELSEWHERE: "${{ needs.check.outputs.elsewhere }}",
          LABEL: label,
        },
        grants: { contents: ["write", "mark the releases"], issues: ["write", "open the incident"] },
      }),
    ],
  };
}
