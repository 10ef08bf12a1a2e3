import { pinned } from "../kit/index.ts";
import type { Family } from "../kit/index.ts";

/** Issues and pull requests that nobody touches are marked, and closed later. */
export interface StaleOptions {
  /** Five fields, UTC. */
  schedule: string;
  issues: StalePatience;
  pullRequests: StalePatience;
  label: string;
  /** Issues and pull requests with one of these are left alone. */
  exemptLabels: string[];
}

export interface StalePatience {
  /** Days without activity before the mark, ≥ 1. */
  staleDays: number;
  /** Days between the mark and the end, ≥ 1. */
  closeDays: number;
}

export const stale: Family<StaleOptions> = ({ schedule, issues, pullRequests, label, exemptLabels }) => ({
  workflows: [
    {
      file: "stale.yml",
      about: "Marks issues and pull requests that nobody has touched for a while, and closes them later.\nA comment or a commit takes the mark away.",
      document: {
        name: "Stale",
        on: { schedule: [{ cron: schedule }], workflow_dispatch: {} },
        concurrency: "queue",
        jobs: {
          stale: {
            name: "Stale",
            timeoutMinutes: 10,
            steps: [
              {
                name: "Mark and close",
                uses: pinned("actions/stale"),
                with: {
                  "days-before-issue-stale": issues.staleDays,
                  "days-before-issue-close": issues.closeDays,
                  "days-before-pr-stale": pullRequests.staleDays,
                  "days-before-pr-close": pullRequests.closeDays,
                  "stale-issue-label": label,
                  "stale-pr-label": label,
                  ...(exemptLabels.length > 0 && { "exempt-issue-labels": exemptLabels.join(","), "exempt-pr-labels": exemptLabels.join(",") }),
                  "exempt-draft-pr": true,
                  "stale-issue-message": message("issue", issues),
                  "stale-pr-message": message("pull request", pullRequests),
                },
                grants: { issues: ["write", "mark and close issues"], "pull-requests": ["write", "mark and close pull requests"] },
              },
            ],
          },
        },
      },
    },
  ],
});

function message(what: string, { staleDays, closeDays }: StalePatience): string {
  return `Nothing has happened to this ${what} for ${days(staleDays)}. It will be closed in ${days(closeDays)} unless somebody says that it still matters.`;
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
