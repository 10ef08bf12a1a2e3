import { enhancedSmokeTests } from "../../../components/workflows/rollout/enhanced-smoke-tests.ts";
import { rollout as schemas } from "../../../settings/schema/workflows/rollout.ts";
import { made } from "./made.ts";

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
