import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Answer, Ran, Server } from "../../test/workflows/script-room.ts";

type Values = Partial<Record<"requests" | "errors" | "time" | "successes", string | string[]>>;

const good: Values = { requests: "1200", errors: "0.4", time: "180.5", successes: "99.5" };

function kindOf(query: string): keyof Values {
  if (query.includes("histogram_quantile")) return "time";
  if (query.includes("5..")) return "errors";
  return query.includes("[123]") ? "successes" : "requests";
}

/** A Prometheus with one value for each measure; a list gives several series, an empty one none. */
function prometheus(valuesAt: (look: number) => Values): Promise<Server> {
  let asked = 0;
  return serve(({ path, body }): Answer => {
    if (path === "/health") return { body: "{}" };
    const value = valuesAt(Math.floor(asked++ / 4))[kindOf(new URLSearchParams(String(body)).get("query") ?? "")] ?? [];
    const result = [value].flat().map((each) => ({ metric: {}, value: [1, each] }));
    return { body: { status: "success", data: { resultType: "vector", result } } };
  });
}

const limits = { WINDOW: "5m", ERROR_RATE_PERCENT: "5", RESPONSE_TIME_MS: "2000", SUCCESS_RATE_PERCENT: "95", LEAST_REQUESTS: "100" };

function judge(url: string, env: Record<string, string> = {}): Promise<Ran> {
  return scriptRoom().run("canary-metrics.mjs", { SERVICE: "shop", NAMESPACE: "store", REVISION: "r1", PAUSE_MS: "10", PROMETHEUS_URL: url, ...limits, ...env });
}

describe("canary-metrics.mjs", () => {
  it("passes a canary within all limits, asking for its revision alone", async () => {
    const server = await prometheus(() => good);
    const { code, outputs } = await judge(server.url, { HEALTH_URL: `${server.url}/health`, TESTER_HEADER: "x-canary: always" });
    expect([code, outputs]).toEqual([0, { verdict: "healthy", health: "200", requests: "1200", error_rate: "0.4", response_time_p95: "180.5", success_rate: "99.5" }]);
    const queries = server.requests.filter(({ method }) => method === "POST").map(({ body }) => new URLSearchParams(String(body)).get("query"));
    expect(queries).toHaveLength(4);
    expect(queries.every((query) => query?.includes('destination_service_name="shop",destination_service_namespace="store",destination_version="r1"') && query.includes("[5m]"))).toBe(true);
    expect(server.requests.find(({ path }) => path === "/health")?.headers["x-canary"]).toBe("always");
  });

  it.each<[string, Values, string]>([
    ["errors", { errors: "5.1" }, "Error rate"],
    ["times", { time: "2000.1" }, "Response time, p95"],
    ["successes", { successes: "94.9" }, "Success rate"],
  ])("calls %s beyond the limit a breach", async (_, values, name) => {
    const { code, outputs, stderr } = await judge((await prometheus(() => ({ ...good, ...values }))).url);
    expect([code, outputs["verdict"], stderr.trim()]).toEqual([2, "breach", `${name}: beyond its limit`]);
  });

  it("accepts a value that is exactly at its limit", async () => {
    expect((await judge((await prometheus(() => ({ requests: "100", errors: "5", time: "2000", successes: "95" }))).url)).code).toBe(0);
  });

  it.each<[string, Values, string]>([
    ["no series", { errors: [] }, "Error rate: there is no data"],
    ["NaN", { time: "NaN" }, "Response time, p95: the value is NaN"],
    ["+Inf", { errors: "+Inf" }, "Error rate: the value is +Inf"],
    ["several series", { successes: ["99", "1"] }, "Success rate: there are 2 series where one was asked for"],
    ["too few requests", { requests: "99.6" }, "Requests: 99 are too few to know"],
  ])("refuses on %s without calling it a breach", async (_, values, why) => {
    const { code, outputs, stderr } = await judge((await prometheus(() => ({ ...good, ...values }))).url);
    expect([code, outputs["verdict"], stderr.trim()]).toEqual([1, "unknown", why]);
  });

  it.each<[string, Answer, string]>([
    ["HTML", { body: "<html>login</html>" }, "Prometheus answered 200 with something that is no JSON"],
    ["an error", { status: 422, body: { status: "error", error: "bad query" } }, "Prometheus answered 422: bad query"],
    ["a matrix", { body: { status: "success", data: { resultType: "matrix", result: [] } } }, "Prometheus answered something that is no vector"],
    ["a null", { body: "null" }, "Prometheus answered 200: nothing of use"],
  ])("refuses where Prometheus answers %s", async (_, answer, why) => {
    const { code, stderr } = await judge((await serve(() => answer)).url);
    expect(code).toBe(1);
    expect(stderr).toContain(why);
  });

  it("never shows the address of Prometheus, and sends its password as a header", async () => {
    const server = await prometheus(() => good);
    await judge(server.url.replace("//", "//reader:s3cr%20t@"));
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from("reader:s3cr t").toString("base64")}`);
    const { stdout, stderr } = await judge("http://reader:s3cret@");
    expect(stdout + stderr).not.toContain("s3cret");
  });

  it("watches until the time is over, and ends at once on a breach", async () => {
    const healthy = await judge((await prometheus(() => good)).url, { WATCH_MINUTES: "0.01" });
    expect([healthy.code, healthy.stdout.match(/^look \d+: healthy$/gm)?.length ?? 0]).toEqual([0, expect.any(Number)]);
    expect(healthy.stdout).toContain("look 2: healthy");
    const breach = await judge((await prometheus((look) => (look < 2 ? good : { ...good, errors: "12" }))).url, { WATCH_MINUTES: "10" });
    expect([breach.code, breach.outputs["verdict"], breach.stdout.trim().split("\n").length]).toEqual([2, "breach", 3]);
  });

  it("gives up watching after ten looks in a row that told nothing, but not before", async () => {
    const { code, outputs, stdout } = await judge((await prometheus((look) => (look === 5 ? good : {}))).url, { WATCH_MINUTES: "10" });
    expect([code, outputs["verdict"], stdout.trim().split("\n").length]).toEqual([1, "unknown", 16]);
  });

  it.each([["SERVICE", 'shop"} or vector(0)'], ["NAMESPACE", "a\nb"], ["REVISION", 'r"1'], ["WINDOW", "5m] or x["], ["ERROR_RATE_PERCENT", "NaN"], ["PROMETHEUS_URL", ""]])("refuses %s=%j", async (name, value) => {
    const { code, stderr } = await judge("http://127.0.0.1:1", { [name]: value });
    expect([code, stderr]).toEqual([1, expect.stringContaining(`::error::${name}: is not`)]);
  });
});
