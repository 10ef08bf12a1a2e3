import { checkout, runScript } from "../kit/index.ts";
import type { Environment, Family, StepsJob } from "../kit/index.ts";
import { channelEnvironment, npmToken, packageEnvironment } from "./npm-package.ts";
import type { NpmPackage } from "./npm-package.ts";

/** A version moves from one channel to the next: the same package, another dist-tag. */
export type PromoteReleaseOptions = NpmPackage;

const channels: Environment = { FROM_CHANNEL: "${{ inputs.from_channel }}", TO_CHANNEL: "${{ inputs.to_channel }}" };
const approved: Environment = { VERSION: "${{ needs.check.outputs.version }}" };
const allowed: Environment = { ALLOW_PRERELEASE: "${{ inputs.allow_prerelease }}" };

export const promoteRelease: Family<PromoteReleaseOptions> = (options) => ({
  workflows: [
    {
      file: "promote-release.yml",
      about: "Promotes the version of one channel to the next: canary to beta, beta to latest, or canary to latest.\nStarted by hand; the environment of the target channel says who approves.",
      document: {
        name: "Promote release",
        runName: `Promote ${options.package} from \${{ inputs.from_channel }} to \${{ inputs.to_channel }}`,
        on: {
          workflow_dispatch: {
            inputs: {
              from_channel: { description: "Channel that has the version now", type: "choice", options: ["canary", "beta"], default: "canary", required: true },
              to_channel: { description: "Channel that gets it", type: "choice", options: ["beta", "latest"], default: "beta", required: true },
              allow_prerelease: { description: "Let a prerelease become latest, which everybody installs", type: "boolean", default: false },
            },
          },
        },
        // By channel: a promotion to latest that waits for its approval does not hold up the others.
        concurrency: { group: "${{ github.workflow }}-${{ inputs.to_channel }}", cancel: false },
        env: { ...packageEnvironment(options), ...channels },
        jobs: { check: check(), promote: promote(options), announce: announce() },
      },
    },
  ],
});

/** What the approvers see before they decide. */
function check(): StepsJob {
  return {
    name: "Check",
    timeoutMinutes: 5,
    outputs: { version: "${{ steps.check.outputs.version }}" },
    steps: [checkout({ scriptsOnly: true }), runScript("promote-release.mjs", { name: "Check what would move", id: "check", env: allowed }, "check")],
  };
}

function promote(options: PromoteReleaseOptions): StepsJob {
  return {
    name: "Promote",
    needs: ["check"],
    timeoutMinutes: 10,
    environment: channelEnvironment(options, "${{ inputs.to_channel }}", "${{ needs.check.outputs.version }}"),
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("promote-release.mjs", { name: "Move the tag", env: { ...npmToken(options), ...approved, ...allowed } }, "promote"),
    ],
  };
}

function announce(): StepsJob {
  return {
    name: "Announce",
    needs: ["check", "promote"],
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("announce-promotion.mjs", {
        name: "Tell in the release or the issue",
        env: { GITHUB_TOKEN: "${{ github.token }}", ...approved },
        grants: { contents: ["write", "note it in the release"], issues: ["write", "comment where there is no release"] },
      }),
    ],
  };
}
