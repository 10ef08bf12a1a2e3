import { checkout, pinned, runScript } from "../kit/index.ts";
import { SCRIPTS } from "../kit/scripts.ts";
import type { Family, Job, Repository, Triggers } from "../kit/index.ts";
import { moduleOf, projectOf, setupPython } from "./python-package.ts";
import type { PythonPackage } from "./python-package.ts";

/** Whether a published version is slower or larger than another. */
export interface PerformanceRegressionOptions extends Omit<PythonPackage, "tagPrefix"> {
  /** Per cent by which a version may be worse. */
  regressionThreshold: number;
  /** A Python file of the repository with a function `work()`: what a user does once. @default a start of `command` */
  workload?: string | undefined;
  pythonVersion: string;
  /** Measurements of each version, 4 to 100. */
  rounds: number;
  /** Seconds of work for each figure of a round. */
  seconds: number;
  /** Numbers of users that call at once. */
  users: number[];
  /** Label of the issue on a regression. */
  issueLabel: string;
}

const FILE = "performance-regression-detection.yml";
const ARTIFACT = "measurements";
const MEASUREMENTS = `${ARTIFACT}.json`;

export const performanceRegressionDetection: Family<PerformanceRegressionOptions> = (options, repository) => ({
  workflows: [
    {
      file: FILE,
      about: "Measures two published versions in turns and compares them: import time, memory, throughput, concurrent users.\nStarted by hand or by other workflows; fails and opens an issue where the newer one is worse.",
      document: {
        name: "Performance regression detection",
        on: triggers(options),
        concurrency: { group: "performance-${{ inputs.current_version }}-${{ inputs.baseline_version }}", cancel: false },
        jobs: { measure: measureJob(options, repository), compare: compareJob(options) },
      },
    },
  ],
});

function triggers({ regressionThreshold }: PerformanceRegressionOptions): Triggers {
  const inputs = {
    current_version: { description: "Version to judge", type: "string", required: true },
    baseline_version: { description: "Version to compare it with; empty: the stable one before", type: "string", required: false, default: "" },
    regression_threshold: { description: "Per cent by which it may be worse", type: "number", required: false, default: regressionThreshold },
  } as const;
  return {
    workflow_dispatch: { inputs },
    workflow_call: {
      inputs,
      outputs: {
        regression_detected: { description: "true or false", value: "${{ jobs.compare.outputs.regression_detected }}" },
        baseline_version: { description: "What it was compared with", value: "${{ jobs.measure.outputs.baseline }}" },
        report: { description: "A table in Markdown", value: "${{ jobs.compare.outputs.report }}" },
      },
    },
  };
}

function measureJob(options: PerformanceRegressionOptions, repository: Repository): Job {
  const { workload, command, rounds, seconds, users, pythonVersion } = options;
  return {
    name: "Measure",
    timeoutMinutes: 60,
    outputs: { baseline: "${{ steps.measure.outputs.baseline }}" },
    steps: [
      checkout({ scriptsOnly: workload === undefined }),
      setupPython(pythonVersion),
      runScript(
        "measure-versions.mjs",
        {
          name: "Measure both versions in turns",
          id: "measure",
          env: {
            PROJECT: projectOf(options, repository),
            MODULE: moduleOf(options, repository),
            CURRENT_VERSION: "${{ inputs.current_version }}",
            BASELINE_VERSION: "${{ inputs.baseline_version }}",
            ROUNDS: rounds,
            SECONDS: seconds,
            USERS: users.join(","),
            ...(workload !== undefined && { WORKLOAD: workload }),
            ...(command && { COMMAND: JSON.stringify(command) }),
            MEASUREMENTS,
          },
        },
        `${SCRIPTS}/measure-package.py`,
      ),
      { name: "Keep the measurements", uses: pinned("actions/upload-artifact"), with: { name: ARTIFACT, path: MEASUREMENTS, "if-no-files-found": "error", "retention-days": 90 } },
    ],
  };
}

/** Apart from the measuring, so that no code of the package runs beside a token that writes. */
function compareJob({ issueLabel }: PerformanceRegressionOptions): Job {
  return {
    name: "Compare",
    needs: ["measure"],
    timeoutMinutes: 10,
    outputs: { regression_detected: "${{ steps.compare.outputs.regression_detected }}", report: "${{ steps.compare.outputs.report }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      { name: "Get the measurements", uses: pinned("actions/download-artifact"), with: { name: ARTIFACT } },
      runScript("regression-report.mjs", {
        name: "Compare and report",
        id: "compare",
        env: { GITHUB_TOKEN: "${{ github.token }}", MEASUREMENTS, THRESHOLD: "${{ inputs.regression_threshold }}", ISSUE_LABEL: issueLabel },
        grants: { issues: ["write", "report a regression"] },
      }),
    ],
  };
}
