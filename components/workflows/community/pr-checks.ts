import { checkout, runScript } from "../kit/index.ts";
import type { Environment, Family, Job, StepsJob } from "../kit/index.ts";
import { SAME_REPOSITORY } from "./forks.ts";
import { measuredJobs } from "./pr-checks-measured.ts";
import type { ChangelogOptions, PrChecksOptions } from "./pr-checks-options.ts";

export const prChecks: Family<PrChecksOptions> = (options) => {
  const jobs = { conventions: conventions(options), changes: changes(options), ...(options.measured && measuredJobs(options.measured)) };
  return {
    workflows: [
      {
        file: "pr-checks.yml",
        about: [
          "Checks what a pull request says about itself and what it does to coverage and speed, and sums it up in one comment.",
          "Pull requests from forks are checked too; their results are on the run's page.",
        ].join("\n"),
        document: {
          name: "Pull request checks",
          on: { pull_request: { types: ["opened", "synchronize", "reopened", "ready_for_review", "edited"] } },
          concurrency: "cancel",
          jobs: { ...jobs, report: report(options, Object.keys(jobs)) },
        },
      },
    ],
  };
};

const pullRequest: Environment = { GITHUB_TOKEN: "${{ github.token }}", PULL_REQUEST: "${{ github.event.pull_request.number }}" };

function conventions({ types }: PrChecksOptions): StepsJob {
  return {
    name: "Title and commits",
    timeoutMinutes: 5,
    outputs: { findings: "${{ steps.check.outputs.findings }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("pr-conventions.mjs", {
        name: "Check the title and the commits",
        id: "check",
        env: { ...pullRequest, TITLE: "${{ github.event.pull_request.title }}", TYPES: types.join(",") },
        grants: { "pull-requests": ["read", "read the commits"] },
      }),
    ],
  };
}

function changes({ size, changelog }: PrChecksOptions): StepsJob {
  return {
    name: changelog ? "Size and changelog" : "Size",
    timeoutMinutes: 5,
    outputs: { findings: "${{ steps.check.outputs.findings }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("pr-changes.mjs", {
        name: changelog ? "Check the size and the changelog" : "Check the size",
        id: "check",
        env: { ...pullRequest, WARN_LINES: size.warnLines, IGNORE: size.ignore.join("\n"), ...(changelog && changelogEnvironment(changelog)) },
        grants: { "pull-requests": ["read", "read the changed files"] },
      }),
    ],
  };
}

function changelogEnvironment({ file, paths, skipLabel }: ChangelogOptions): Environment {
  return { CHANGELOG: file, CHANGELOG_PATHS: paths.join("\n"), ...(skipLabel !== undefined && { CHANGELOG_SKIP_LABEL: skipLabel }) };
}

function report({ labels }: PrChecksOptions, needs: string[]): Job {
  return {
    name: "Report",
    needs,
    if: `!cancelled() && ${SAME_REPOSITORY}`,
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("pr-report.mjs", {
        name: "Label and comment",
        env: { ...pullRequest, TITLE: "${{ github.event.pull_request.title }}", LABELS: JSON.stringify(labels), CHECKS: "${{ toJSON(needs) }}" },
        grants: { "pull-requests": ["write", "label and comment"] },
      }),
    ],
  };
}
