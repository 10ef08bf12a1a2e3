import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, StepsJob } from "../kit/index.ts";

/** Go benchmarks of a pull request against its base, measured in turns on one machine. */
export interface BenchmarkRegressionOptions {
  /** A pull request that changes none of these is not measured and passes. Globs from the repository's root. */
  paths: string[];
  /** Prints benchmarks as `go test -bench` does. */
  run: string;
  /** Runs of each side, 5 to 50. */
  rounds: number;
  /** Slower by more than this, and beyond chance, fails the check. Per cent. */
  maxRegressionPercent: number;
  /** Variable of the repository that overrides it. Absent: none */
  variable?: string | undefined;
  /** Branch that keeps what the default branch measured; it shares no commit with the code. */
  branch: string;
}

const ARTIFACT = "benchmarks";
const FILE = "${{ runner.temp }}/benchmarks.json";
const FOLDER = "measured";

export const benchmarkRegression: Family<BenchmarkRegressionOptions> = (options, { defaultBranch }) => ({
  workflows: [
    {
      file: "benchmark-regression.yml",
      about: `Compares a pull request's benchmarks with those of its base, comments, and fails on a regression.\nEvery merge to ${defaultBranch} is measured as well and kept on branch ${options.branch}.`,
      document: {
        name: "Benchmark regression",
        // No paths here: a required check that is never reported would keep a pull request open for ever.
        on: { pull_request: { branches: [defaultBranch] }, push: { branches: [defaultBranch] } },
        concurrency: "cancel-on-pull-request",
        jobs: { measure: measure(options), compare: compare(options), record: record(options) },
      },
    },
  ],
});

/** The change's own code runs here, merged as GitHub would merge it; the token reads the code and nothing else. */
function measure({ run, rounds, paths }: BenchmarkRegressionOptions): StepsJob {
  return {
    name: "Measure",
    timeoutMinutes: 60,
    outputs: { measured: "${{ steps.measure.outputs.measured }}" },
    steps: [
      checkout({ fetchDepth: 2 }),
      { name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version-file": "go.mod" } },
      runScript("benchmark-measure.mjs", {
        name: "Measure",
        id: "measure",
        env: { COMMAND: run, ROUNDS: rounds, PATHS: paths.join("\n"), MERGED: "${{ github.event_name == 'pull_request' }}", FILE },
      }),
      {
        name: "Keep the measurements",
        if: "steps.measure.outputs.measured == 'true'",
        uses: pinned("actions/upload-artifact"),
        with: { name: ARTIFACT, path: FILE, "if-no-files-found": "error", "retention-days": 30 },
      },
    ],
  };
}

/** The required check: it reports on every pull request, also where measuring failed or was not needed. */
function compare({ branch, maxRegressionPercent, variable }: BenchmarkRegressionOptions): StepsJob {
  return {
    name: "benchmark-regression",
    needs: ["measure"],
    if: "always() && github.event_name == 'pull_request'",
    timeoutMinutes: 10,
    steps: [
      checkout({ scriptsOnly: true }),
      { ...download(), if: "needs.measure.outputs.measured == 'true'" },
      runScript("benchmark-compare.mjs", {
        name: "Compare",
        env: {
          GITHUB_TOKEN: "${{ github.token }}",
          PULL_REQUEST: "${{ github.event.pull_request.number }}",
          RESULT: "${{ needs.measure.result }}",
          MEASURED: "${{ needs.measure.outputs.measured }}",
          MAX_REGRESSION_PERCENT: variable === undefined ? maxRegressionPercent : `\${{ vars.${variable} || '${maxRegressionPercent}' }}`,
          HISTORY_BRANCH: branch,
          FILE: `${FOLDER}/benchmarks.json`,
        },
        grants: { "pull-requests": ["write", "comment on the change"] },
      }),
    ],
  };
}

function record({ branch }: BenchmarkRegressionOptions): StepsJob {
  return {
    name: "Record",
    needs: ["measure"],
    if: "github.event_name == 'push'",
    timeoutMinutes: 10,
    steps: [
      checkout({ scriptsOnly: true }),
      download(),
      runScript("benchmark-record.mjs", {
        name: "Keep the medians",
        env: { GITHUB_TOKEN: "${{ github.token }}", HISTORY_BRANCH: branch, FILE: `${FOLDER}/benchmarks.json` },
        grants: { contents: ["write", "keep the history"] },
      }),
    ],
  };
}

function download(): { name: string; uses: string; with: Record<string, string> } {
  return { name: "Get the measurements", uses: pinned("actions/download-artifact"), with: { name: ARTIFACT, path: FOLDER } };
}
