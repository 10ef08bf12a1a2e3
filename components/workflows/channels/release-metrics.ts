import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family } from "../kit/index.ts";

/** Downloads and CI health day by day, with an issue for as long as something is unusual. */
export interface ReleaseMetricsOptions {
  /** npm package whose downloads are counted. */
  package: string;
  /** Five fields, UTC. */
  schedule: string;
  /** Branch that keeps the history; it shares no commit with the code. */
  branch: string;
  /** Days of history. */
  keepDays: number;
  /** Comparable days before anything is called unusual, ≥ 5. */
  minimumDays: number;
  /** How far from the median is unusual, in standard deviations as the median absolute deviation estimates them. */
  threshold: number;
  /** Label of the issue. */
  label: string;
}

const FILE = "${{ runner.temp }}/release-metrics.jsonl";

export const releaseMetrics: Family<ReleaseMetricsOptions> = (options, { defaultBranch }) => ({
  workflows: [
    {
      file: "release-metrics.yml",
      about: `Collects downloads and CI health every day, and keeps them on branch ${options.branch}.\nAn issue is open for as long as a figure is unusual.`,
      document: {
        name: "Release metrics",
        on: { schedule: [{ cron: options.schedule }], workflow_dispatch: {} },
        concurrency: "queue",
        jobs: {
          collect: {
            name: "Collect",
            timeoutMinutes: 10,
            steps: [
              checkout({ scriptsOnly: true }),
              runScript("release-metrics.mjs", {
                name: "Collect, keep and compare",
                env: {
                  GITHUB_TOKEN: "${{ github.token }}",
                  PACKAGE: options.package,
                  DEFAULT_BRANCH: defaultBranch,
                  HISTORY_BRANCH: options.branch,
                  KEEP_DAYS: options.keepDays,
                  MINIMUM_DAYS: options.minimumDays,
                  THRESHOLD: options.threshold,
                  LABEL: options.label,
                  FILE,
                },
                grants: { actions: ["read", "see how runs ended"], contents: ["write", "keep the history"], issues: ["write", "tell of an anomaly"] },
              }),
              { name: "Keep a copy", uses: pinned("actions/upload-artifact"), with: { name: "release-metrics", path: FILE, "if-no-files-found": "error" } },
            ],
          },
        },
      },
    },
  ],
});
