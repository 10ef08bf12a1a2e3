import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family } from "../kit/index.ts";

/** Dependabot's small updates are approved and merge themselves once every required check has passed. */
export interface DependabotAutoMergeOptions {
  /** The largest step of a grouped update decides. */
  updates: ("patch" | "minor")[];
  /** One that the repository allows. */
  method: "merge" | "squash" | "rebase";
}

export const dependabotAutoMerge: Family<DependabotAutoMergeOptions> = ({ updates, method }) => ({
  workflows: [
    {
      file: "dependabot-auto-merge.yml",
      about: `Approves Dependabot's ${updates.join(" and ")} updates and lets GitHub merge them once every required check has passed.`,
      document: {
        name: "Dependabot auto-merge",
        on: { pull_request: { types: ["opened", "reopened", "synchronize"] } },
        concurrency: "cancel",
        jobs: {
          merge: {
            name: "Approve and merge",
            if: "github.event.pull_request.user.login == 'dependabot[bot]'",
            timeoutMinutes: 5,
            steps: [
              {
                name: "Read what is updated",
                id: "update",
                uses: pinned("dependabot/fetch-metadata"),
                grants: { "pull-requests": ["read", "read the commits"] },
              },
              { ...checkout({ scriptsOnly: true }), if: condition(updates) },
              runScript("dependabot-auto-merge.mjs", {
                name: "Approve, and merge when checks pass",
                if: condition(updates),
                env: {
                  GITHUB_TOKEN: "${{ github.token }}",
                  PULL_REQUEST: "${{ github.event.pull_request.number }}",
                  HEAD_SHA: "${{ github.event.pull_request.head.sha }}",
                  MERGE_METHOD: method,
                },
                grants: { "pull-requests": ["write", "approve"], contents: ["write", "merge"] },
              }),
            ],
          },
        },
      },
    },
  ],
});

function condition(updates: readonly string[]): string {
  return updates.map((update) => `steps.update.outputs.update-type == 'version-update:semver-${update}'`).join(" || ");
}
