import { canaryPromote } from "../../../components/workflows/rollout/canary-promote.ts";
import { enhancedSmokeTests } from "../../../components/workflows/rollout/enhanced-smoke-tests.ts";
import { orchestratedReleasePipeline } from "../../../components/workflows/rollout/orchestrated-release-pipeline.ts";
import { rollout as schemas } from "../../../settings/schema/workflows/rollout.ts";
import { made, step } from "./made.ts";
import type { Step } from "./made.ts";

describe("canaryPromote", () => {
  it("judges by readiness, health and metrics, load, and then promotes, watches and goes back in one job", () => {
    const { jobs } = made(canaryPromote, schemas.canaryPromote, { stableMinutes: 45 }).document;
    expect(Object.keys(jobs).map((id) => [id, jobs[id].needs])).toEqual([
      ["readiness", undefined],
      ["validate", ["readiness"]],
      ["load", ["validate"]],
      ["promote", ["readiness", "validate", "load"]],
      ["go-on", ["promote"]],
      ["announce", ["readiness", "validate", "load", "promote"]],
    ]);
    expect(jobs.promote.steps.slice(-3)).toMatchObject([
      { env: { COMMAND: "promote", NOW: "${{ inputs.promote_immediately }}", LEAVE_AFTER_MINUTES: 285 } },
      { id: "watch", if: "steps.promote.outputs.state == 'done'", env: { WATCH_MINUTES: 45 } },
      { if: "failure() && steps.watch.outputs.verdict == 'breach'", env: { COMMAND: "rollback" } },
    ]);
  });

  it("holds the seeds' thresholds, or the stack's own", () => {
    const judged = (settings: object) => step(made(canaryPromote, schemas.canaryPromote, settings).document.jobs.validate, "Judge it").env;
    expect(judged({})).toMatchObject({ ERROR_RATE_PERCENT: 5, RESPONSE_TIME_MS: 2000, SUCCESS_RATE_PERCENT: 95, WINDOW: "5m", LEAST_REQUESTS: 100, PROMETHEUS_URL: "${{ secrets.PROMETHEUS_URL }}", HEALTH_URL: "https://shop.example.com/healthz" });
    expect(judged({ metrics: { errorRatePercent: 1, windowMinutes: 10 } })).toMatchObject({ ERROR_RATE_PERCENT: 1, WINDOW: "10m" });
  });

  it("marks the release in Grafana where there is one", () => {
    const announced = (settings: object) => made(canaryPromote, schemas.canaryPromote, settings).document.jobs.announce.steps.map(({ name }: Step) => name);
    expect(announced({ grafana: {} })).toEqual(["Check out the scripts", "Mark the release in Grafana", "Tell how it ended"]);
    expect(announced({})).toEqual(["Check out the scripts", "Tell how it ended"]);
  });
});

describe("enhancedSmokeTests", () => {
  it("offers its targets and four depths, and can be called", () => {
    const { document, pipeline } = made(enhancedSmokeTests, schemas.enhancedSmokeTests, { targets: { production: {}, staging: {}, canary: { url: "https://c.example.com", headers: { "x-canary": "always" } } } });
    expect(document.on.workflow_dispatch.inputs).toMatchObject({ environment: { options: ["production", "staging", "canary"], default: "production" }, test_depth: { options: ["basic", "standard", "comprehensive", "stress"], default: "standard" } });
    expect(Object.keys(document.on.workflow_call.outputs)).toEqual(["result", "failed", "success_rate", "p95_ms"]);
    expect(JSON.parse(pipeline.files?.[".github/smoke-tests.json"] ?? "")).toEqual({
      health: "/healthz",
      targets: {
        production: { url: "https://shop.example.com", headers: {} },
        staging: { url: "https://staging.shop.example.com", headers: {} },
        canary: { url: "https://c.example.com", headers: { "x-canary": "always" } },
      },
      endpoints: [],
      thresholds: { errorRatePercent: 5, responseTimeMs: 2000, successRatePercent: 95 },
      load: { concurrency: 10, requests: 2000, seconds: 60 },
    });
  });
});

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
