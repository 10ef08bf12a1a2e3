import { pinned } from "../kit/index.ts";
import type { Family } from "../kit/index.ts";

/** Issues and pull requests that nobody touches are marked, and closed later. */
export interface StaleOptions {
  /** Five fields, UTC. */
  schedule: string;
  /** Days without activity before the mark, ≥ 1. */
  staleDays: number;
  /** Days between the mark and the end, ≥ 1. */
  closeDays: number;
  label: string;
  /** Issues and pull requests with one of these are left alone. */
  exemptLabels: string[];
}

export const stale: Family<StaleOptions> = ({ schedule, staleDays, closeDays, label, exemptLabels }) => ({
  workflows: [
    {
      file: "stale.yml",
      about: "Marks issues and pull requests that nobody has touched for a while, and closes them later.",
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
                  "days-before-stale": staleDays,
                  "days-before-close": closeDays,
                  "stale-issue-label": label,
                  "stale-pr-label": label,
                  "exempt-issue-labels": exemptLabels.join(","),
                  "exempt-pr-labels": exemptLabels.join(","),
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
