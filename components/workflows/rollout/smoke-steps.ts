import { pinned, runScript } from "../kit/index.ts";
import type { CallJob, Step } from "../kit/index.ts";
import type { DEPTHS } from "./smoke-settings.ts";

interface SmokeRun {
  /** One of the targets of enhancedSmokeTests. */
  target: string;
  depth: (typeof DEPTHS)[number];
  /** An expression. */
  version: string;
  if?: string;
}

/** Smoke tests inside a job, where what follows depends on them; the job has checked out the scripts. */
export function smokeSteps({ target, depth, version, if: condition }: SmokeRun): Step[] {
  return [
    runScript("smoke-test.mjs", {
      name: "Smoke-test it",
      id: "smoke",
      ...(condition !== undefined && { if: condition }),
      env: { VERSION: version, ENVIRONMENT: target, DEPTH: depth },
    }),
    {
      name: "Keep the report",
      if: "always() && steps.smoke.outputs.result != ''",
      uses: pinned("actions/upload-artifact"),
      with: { name: `smoke-report-${target}`, path: "smoke-report.*", "retention-days": 30, overwrite: true },
    },
  ];
}

/** Smoke tests as a job of their own. */
export function smokeJob(name: string, { target, depth, version, if: condition }: SmokeRun, needs: readonly string[]): CallJob {
  return {
    name,
    needs,
    ...(condition !== undefined && { if: condition }),
    uses: "./.github/workflows/enhanced-smoke-tests.yml",
    with: { version_to_test: version, environment: target, test_depth: depth },
    grants: { contents: ["read", "check out the scripts"] },
  };
}
