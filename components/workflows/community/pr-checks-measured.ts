import { checkout, pinned, runScript } from "../kit/index.ts";
import type { ActionStep, RunStep, StepsJob } from "../kit/index.ts";
import type { BenchmarkOptions, MeasuredOptions } from "./pr-checks-options.ts";

/** Drafts wait: they cannot be merged, and `ready_for_review` starts the checks again. */
const NOT_A_DRAFT = "!github.event.pull_request.draft";

/** The jobs that run the pull request's code; their tokens read the code and nothing else. */
export function measuredJobs(options: MeasuredOptions): Record<string, StepsJob> {
  return { coverage: coverage(options), ...(options.benchmarks && { benchmarks: benchmarks(options, options.benchmarks) }) };
}

function coverage(options: MeasuredOptions): StepsJob {
  const { run, report, minimumPercent } = options.coverage;
  return {
    name: "Coverage",
    if: NOT_A_DRAFT,
    timeoutMinutes: 20,
    outputs: { findings: "${{ steps.check.outputs.findings }}" },
    steps: [
      checkout(),
      setUp(options),
      install(options),
      { name: "Run the tests", run },
      runScript("pr-coverage.mjs", { name: "Check the coverage", id: "check", env: { REPORT: report, MINIMUM_PERCENT: minimumPercent } }),
    ],
  };
}

function benchmarks(options: MeasuredOptions, { run, results, warnPercent }: BenchmarkOptions): StepsJob {
  const base = { if: "steps.base.outcome == 'success'", continueOnError: true };
  return {
    name: "Benchmarks",
    if: NOT_A_DRAFT,
    timeoutMinutes: 30,
    outputs: { findings: "${{ steps.check.outputs.findings }}" },
    steps: [
      { ...checkout({ ref: "${{ github.event.pull_request.base.sha }}" }), name: "Check out the base" },
      setUp(options),
      { ...install(options), name: "Install the base", id: "base", continueOnError: true },
      { name: "Measure the base", ...base, run },
      { name: "Keep its results", ...base, env: { RESULTS: results }, run: 'mv "$RESULTS" "$RUNNER_TEMP/base.json"' },
      checkout(),
      install(options),
      { name: "Measure the change", run },
      runScript("pr-benchmarks.mjs", { name: "Compare", id: "check", env: { RESULTS: results, WARN_PERCENT: warnPercent } }),
    ],
  };
}

function setUp({ language, version }: MeasuredOptions): ActionStep {
  switch (language) {
    case "go":
      return { name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version": version } };
    case "node":
      return { name: "Set up Node", uses: pinned("actions/setup-node"), with: { "node-version": version, cache: "npm" } };
    case "python":
      return { name: "Set up Python", uses: pinned("actions/setup-python"), with: { "python-version": version, cache: "pip" } };
    default:
      return language satisfies never;
  }
}

function install({ install: run }: MeasuredOptions): RunStep {
  return { name: "Install", run };
}
