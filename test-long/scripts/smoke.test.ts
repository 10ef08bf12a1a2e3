import { serve } from "../../test/workflows/script-room.ts";
import type { Answer, Recorded } from "../../test/workflows/script-room.ts";
import { healthy, smoke, thresholds, wait } from "../../test/workflows/rollout/smoke-run.ts";

describe("smoke-test.mjs", () => {
  it("passes a healthy service at every depth, and asks more the deeper it goes", async () => {
    const endpoints = [
      { path: "/health", status: 200, json: { status: "ok", version: "{version}", "data.ready": true } },
      { path: "/rpc", body: '{"id":1}', status: 200, json: {} },
    ];
    const asked: number[] = [];
    for (const depth of ["basic", "standard", "comprehensive", "stress"]) {
      const server = await serve(healthy);
      const { code, outputs, report } = await smoke(server.url, depth, { endpoints });
      expect([depth, code, outputs["result"], report.passed]).toEqual([depth, 0, "passed", true]);
      expect(server.requests.every(({ headers }) => headers["x-canary"] === "always")).toBe(true);
      asked.push(server.requests.length);
    }
    expect(asked).toEqual([1, 1 + 2 + 50, 1 + 2 + 50 + 160, 1 + 2 + 50 + 160 + 120]);
  });

  it("gives callers its figures, and people a report", async () => {
    const { outputs, summary, room } = await smoke((await serve(healthy)).url, "standard");
    expect(outputs).toMatchObject({ result: "passed", failed: "", success_rate: "100.00", p95_ms: expect.stringMatching(/^\d+$/) });
    expect(summary).toContain("## Smoke test of 1.2.3 on production: passed");
    expect(room.read("smoke-report.md")).toBe(`${summary.trimEnd()}\n`);
  });

  it("sends what an endpoint asks for", async () => {
    const server = await serve(healthy);
    await smoke(server.url, "standard", { endpoints: [{ path: "/rpc?x=1", body: '{"id":1}', status: 200, json: {} }] });
    expect(server.requests.find(({ method }) => method === "POST")).toMatchObject({ path: "/rpc?x=1", body: { id: 1 } });
  });

  it("fails a slow service by its 95th percentile", async () => {
    const server = await serve(async () => (await wait(20), healthy()));
    const { code, failed, outputs } = await smoke(server.url, "standard", { thresholds: { ...thresholds, responseTimeMs: 10 } });
    expect([code, failed]).toEqual([2, ["One after the other: p95"]]);
    expect(Number(outputs["p95_ms"])).toBeGreaterThanOrEqual(19);
  });

  it("fails a service that fails one request in ten", async () => {
    let requests = 0;
    const server = await serve((): Answer => (++requests % 10 === 0 ? { status: 503 } : healthy()));
    const { code, failed, outputs, report } = await smoke(server.url, "standard");
    expect([code, failed]).toEqual([2, ["One after the other: errors", "One after the other: successes"]]);
    expect(outputs["success_rate"]).toBe("90.00");
    expect(report.checks.find(({ name }) => name.endsWith(": errors"))).toMatchObject({ value: "10.0 %", detail: "status 503" });
  });

  it("tells a refusal from an error", async () => {
    let requests = 0;
    const server = await serve((): Answer => (++requests % 5 === 0 ? { status: 429 } : healthy()));
    expect((await smoke(server.url, "standard")).failed).toEqual(["One after the other: successes"]);
  });

  it.each<[string, Answer, string]>([
    ["another value", { body: { status: "degraded", version: "1.2.2" } }, 'status is "degraded", and not "ok"; version is "1.2.2", and not "1.2.3"'],
    ["no JSON", { body: "<html>" }, "the body is no JSON: <html>"],
    ["a null", { body: "null" }, 'status is undefined, and not "ok"; version is undefined, and not "1.2.3"'],
  ])("fails a wrong body: %s", async (_, answer, detail) => {
    const server = await serve(({ path }: Recorded) => (path === "/" ? answer : healthy()));
    const { code, report } = await smoke(server.url, "standard", { endpoints: [{ path: "/", status: 200, json: { status: "ok", version: "{version}" } }] });
    expect(code).toBe(2);
    expect(report.checks.find(({ name }) => name === "GET /")?.detail).toContain(detail.split(";")[0]);
  });

  it("watches the memory, and takes no data for no good news", async () => {
    const metrics = { path: "/metrics", series: "process_resident_memory_bytes", growthPercent: 20 };
    let bytes = 100 * 1024 ** 2;
    const grow = (by: number) => serve(({ path }) => (path === "/metrics" ? { body: `# HELP x y\nprocess_resident_memory_bytes{pod="a"} ${(bytes *= by)}\nprocess_resident_memory_bytes_max 9\n` } : healthy()));
    const leaking = await smoke((await grow(1.3)).url, "comprehensive", { metrics });
    expect([leaking.code, leaking.failed]).toEqual([2, ["Concurrent: memory"]]);
    expect(leaking.report.checks.at(-1)).toMatchObject({ value: "30.0 % more", limit: "20 % more" });
    expect((await smoke((await grow(1.1)).url, "comprehensive", { metrics })).code).toBe(0);
    const silent = await smoke((await serve(({ path }) => (path === "/metrics" ? { body: "process_resident_memory_bytes NaN" } : healthy()))).url, "comprehensive", { metrics });
    expect(silent.report.checks.at(-1)).toMatchObject({ ok: false, value: "no data" });
  });

  it("bounds stress by seconds where the service is slow", async () => {
    const server = await serve(async () => (await wait(30), healthy()));
    const started = Date.now();
    await smoke(server.url, "stress", { load: { concurrency: 2, requests: 100_000, seconds: 1 } });
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(server.requests.length).toBeLessThan(400);
  });

  it.each([
    ["VERSION", "1.0$(touch pwned)"],
    ["VERSION", "1\n::error::x"],
    ["ENVIRONMENT", "__proto__"],
    ["ENVIRONMENT", "../production"],
    ["DEPTH", "deep`touch pwned`"],
    ["DEPTH", "ultra"],
  ])("refuses %s=%j with 1 and asks nothing", async (name, value) => {
    const server = await serve(healthy);
    const { code, stderr, room } = await smoke(server.url, "basic", {}, { [name]: value });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^::error::${name}: is not .*\n$`));
    expect([server.requests, room.exists("pwned")]).toEqual([[], false]);
  });
});
