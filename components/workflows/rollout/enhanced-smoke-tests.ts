import { checkout, pinned, runScript, some } from "../kit/index.ts";
import type { Environment, Family, StepsJob } from "../kit/index.ts";
import { DEPTHS, SMOKE_SETTINGS, smokeFile } from "./smoke-settings.ts";
import type { SmokeSettings } from "./smoke-settings.ts";

/** Smoke tests of a running service in four depths, by hand and for other workflows. */
export interface EnhancedSmokeTestsOptions extends SmokeSettings {
  /** What runs when nobody says how deep. */
  depth: (typeof DEPTHS)[number];
}

const INPUTS: Environment = {
  VERSION: "${{ inputs.version_to_test }}",
  ENVIRONMENT: "${{ inputs.environment }}",
  DEPTH: "${{ inputs.test_depth }}",
};

export const enhancedSmokeTests: Family<EnhancedSmokeTestsOptions> = ({ depth, ...settings }, repository) => {
  const targets = some(Object.keys(settings.targets));
  const version = { description: "Version that should be running, such as 1.2.3", required: true, type: "string" } as const;
  return {
    workflows: [
      {
        file: "enhanced-smoke-tests.yml",
        about: `Smoke tests of a running service: ${DEPTHS.join(", ")}. By hand, and called by other workflows.\nWhat is asked of it stands in ${SMOKE_SETTINGS}.`,
        document: {
          name: "Enhanced smoke tests",
          on: {
            workflow_dispatch: {
              inputs: {
                version_to_test: version,
                environment: { description: "Where", required: true, type: "choice", options: targets, default: targets[0] },
                test_depth: { description: "How deep", required: true, type: "choice", options: [...DEPTHS], default: depth },
              },
            },
            workflow_call: {
              inputs: {
                version_to_test: version,
                environment: { description: `One of ${targets.join(", ")}`, required: true, type: "string" },
                test_depth: { description: `One of ${DEPTHS.join(", ")}`, required: false, type: "string", default: depth },
              },
              outputs: Object.fromEntries(outputs.map(([name, description]) => [name, { description, value: `\${{ jobs.smoke.outputs.${name} }}` }])),
            },
          },
          concurrency: { group: "smoke-${{ github.run_id }}-${{ inputs.environment }}", cancel: false },
          jobs: { smoke: job() },
        },
      },
    ],
    files: { [SMOKE_SETTINGS]: smokeFile(settings, repository) },
  };
};

const outputs = [
  ["result", "passed or failed"],
  ["failed", "Names of the checks that failed"],
  ["success_rate", "Lowest share of expected answers under load, in per cent"],
  ["p95_ms", "Highest 95th percentile of the response time, in milliseconds"],
] as const;

function job(): StepsJob {
  return {
    name: "Smoke tests",
    timeoutMinutes: 20,
    outputs: Object.fromEntries(outputs.map(([name]) => [name, `\${{ steps.smoke.outputs.${name} }}`])),
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("smoke-test.mjs", { name: "Test", id: "smoke", env: INPUTS }),
      {
        name: "Keep the report",
        if: "always() && steps.smoke.outputs.result != ''",
        uses: pinned("actions/upload-artifact"),
        with: { name: "smoke-report-${{ inputs.environment }}", path: "smoke-report.*", "retention-days": 30, overwrite: true },
      },
    ],
  };
}
