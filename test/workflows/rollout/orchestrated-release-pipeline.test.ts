import { orchestratedReleasePipeline } from "../../../components/workflows/rollout/orchestrated-release-pipeline.ts";
import { rollout as schemas } from "../../../settings/schema/workflows/rollout.ts";
import { made, step } from "./made.ts";

describe("orchestratedReleasePipeline", () => {
  const { jobs, on } = made(orchestratedReleasePipeline, schemas.orchestratedReleasePipeline).document;

  it("goes through validation, performance, staging, readiness, deployment and verification, and tells in the end", () => {
    expect(Object.keys(jobs)).toEqual(["validate", "performance", "smoke", "readiness", "deploy", "verify", "announce"]);
    expect([jobs.performance.uses, jobs.smoke.uses, jobs.verify.uses]).toEqual(["./.github/workflows/performance-regression-detection.yml", "./.github/workflows/enhanced-smoke-tests.yml", "./.github/workflows/enhanced-smoke-tests.yml"]);
    expect([jobs.smoke.with.environment, jobs.verify.with.environment]).toEqual(["staging", "production"]);
    expect(on.workflow_dispatch.inputs).toMatchObject({ baseline_version: { required: false }, deployment_strategy: { options: ["direct", "canary", "blue-green"], default: "canary" }, skip_performance_check: { type: "boolean", default: false } });
  });

  it("deploys only after all before it succeeded, and lets a skipped performance check pass", () => {
    expect(jobs.smoke.if).toBe("!cancelled() && needs.validate.result == 'success' && (needs.performance.result == 'success' || inputs.skip_performance_check)");
    expect(jobs.readiness.if).toBe("!cancelled() && needs.smoke.result == 'success'");
    expect(jobs.deploy.if).toBe("!cancelled() && needs.readiness.result == 'success'");
    expect(step(jobs.deploy, "Roll out").env).toMatchObject({ STRATEGY: "${{ inputs.deployment_strategy }}", AUTO_PROMOTE: true, IMAGE: "${{ needs.readiness.outputs.image }}" });
    expect(jobs.announce.if).toBe("always()");
  });
});
