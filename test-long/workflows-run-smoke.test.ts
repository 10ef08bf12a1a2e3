import { serve } from "../test/workflows/serve.ts";
import type { Answer } from "../test/workflows/serve.ts";
import { stage } from "./act/stage.ts";
import type { Stage } from "./act/stage.ts";

const healthy = (): Answer => ({ body: { status: "ok", version: "1.2.3" } });

/** A repository whose smoke tests ask services that run here. */
async function room(production: string, staging: string): Promise<Stage> {
  return stage({
    workflows: {
      enhancedSmokeTests: {
        targets: { production: { url: production }, staging: { url: staging, headers: { "x-canary": "always" } } },
        endpoints: [{ path: "/", json: { version: "{version}" } }],
        load: { concurrency: 4, requests: 100, seconds: 5 },
      },
    },
  });
}

describe("enhanced-smoke-tests.yml", () => {
  it("passes a healthy service, and leaves its figures and its report", async () => {
    const service = await serve(healthy);
    const { run, artifact } = await room("http://127.0.0.1:1", service.url);
    const ran = await run("enhanced-smoke-tests.yml", { inputs: { version_to_test: "1.2.3", environment: "staging", test_depth: "comprehensive" } });
    expect([ran.code, ran.jobs]).toEqual([0, { "Smoke tests": "success" }]);
    expect(ran.outputs).toEqual(expect.arrayContaining(["result=passed", "failed=", "success_rate=100.00"]));
    expect(artifact("smoke-report-staging")).toEqual(["smoke-report.json", "smoke-report.md"]);
    expect(ran.summaries.join("")).toContain("## Smoke test of 1.2.3 on staging: passed");
    expect(service.requests).toHaveLength(1 + 1 + 50 + 160);
    expect(service.requests.every(({ headers }) => headers["x-canary"] === "always")).toBe(true);
  });

  it("fails a service that runs another version, and still leaves the report", async () => {
    const service = await serve(healthy);
    const { run, artifact } = await room(service.url, "http://127.0.0.1:1");
    const ran = await run("enhanced-smoke-tests.yml", { inputs: { version_to_test: "1.2.4", environment: "production", test_depth: "standard" } });
    expect([ran.code, ran.jobs]).toEqual([1, { "Smoke tests": "failure" }]);
    expect(ran.outputs).toEqual(expect.arrayContaining(["result=failed", "failed=GET /"]));
    expect(artifact("smoke-report-production")).toEqual(["smoke-report.json", "smoke-report.md"]);
  });

  it("asks nothing for a version that is a command", async () => {
    const service = await serve(healthy);
    const { run } = await room(service.url, service.url);
    const ran = await run("enhanced-smoke-tests.yml", { inputs: { version_to_test: '1.2.3"; touch pwned #$(touch pwned)', environment: "production", test_depth: "basic" } });
    expect([ran.jobs, service.requests]).toEqual([{ "Smoke tests": "failure" }, []]);
    expect(ran.log).toContain("VERSION: is not a version");
  });
});
