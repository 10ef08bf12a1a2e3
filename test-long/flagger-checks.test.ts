import { describe, expect, test } from "@jest/globals";
import { flaggerChecks } from "../components/observability/flagger-checks.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { promtool } from "./promtool.ts";

const CHECKS = flaggerChecks({ level: LEVEL, minimumRequests: 100, workloads: { candidate: "storefront", stable: "storefront-primary" } });
const ALL = CHECKS.map(({ name }) => name);
const without = (...names: string[]): string[] => ALL.filter((name) => !names.includes(name));

/** One workload: requests in each step of 15 seconds, of which so many fail and so many take three seconds. */
interface Load {
  requests: number;
  http?: number;
  grpc?: number;
  slow?: number;
}

/** Promtool's series of what the sidecars of one workload count; the window of 60 seconds holds four steps. */
function counted(workload: string, { requests, http = 0, grpc = 0, slow = 0 }: Load, more: Record<string, string> = {}): Record<string, string> {
  const of = (metric: string, labels: Record<string, string>): string => {
    const all = { reporter: "destination", destination_workload_namespace: "shop", destination_app: "storefront", destination_workload: workload, destination_version: workload, ...more, ...labels };
    return `${metric}{${Object.entries(all).map(([name, value]) => `${name}="${value}"`).join(",")}}`;
  };
  const rising = (step: number): string => `0+${step}x12`;
  const upTo = (bound: number): number => (bound <= 250 ? 0 : bound < 3000 ? requests - slow : requests);
  return {
    [of("istio_requests_total", { response_code: "200" })]: rising(requests - http - grpc),
    ...(http > 0 && { [of("istio_requests_total", { response_code: "503" })]: rising(http) }),
    ...(grpc > 0 && { [of("istio_requests_total", { response_code: "200", grpc_response_status: "14" })]: rising(grpc) }),
    [of("istio_request_duration_milliseconds_count", {})]: rising(requests),
    ...Object.fromEntries([...LEVEL.bounds, Infinity].map((bound) => [of("istio_request_duration_milliseconds_bucket", { le: bound === Infinity ? "+Inf" : `${bound}` }), rising(upTo(bound))])),
  };
}

const candidate = (load: Load): Record<string, string> => counted("storefront", load);
const primary = (load: Load): Record<string, string> => counted("storefront-primary", load);
const GOOD = { requests: 1800, http: 18, slow: 18 };

/** Which checks pass in which world; Flagger fails those without an answer. */
const WORLDS: [title: string, series: Record<string, string>, passing: string[]][] = [
  ["both are as good", { ...candidate({ requests: 200, http: 2, slow: 2 }), ...primary(GOOD) }, ALL],
  ["neither fails", { ...candidate({ requests: 200 }), ...primary({ requests: 1800 }) }, ALL],
  ["two requests of 800 fail where none did", { ...candidate({ requests: 200, http: 0.5 }), ...primary({ requests: 1800 }) }, ALL],
  ["a tenth fails", { ...candidate({ requests: 200, http: 20 }), ...primary(GOOD) }, without("error-percent", "success-percent", "error-regression")],
  ["a tenth of the gRPC calls fails, each an HTTP 200", { ...candidate({ requests: 200, grpc: 20 }), ...primary(GOOD) }, without("error-percent", "success-percent", "error-regression")],
  ["4 % fail where 1 % did", { ...candidate({ requests: 200, http: 8 }), ...primary(GOOD) }, without("error-regression")],
  ["the copy fails as much: the limit holds all the same", { ...candidate({ requests: 200, http: 20 }), ...primary({ requests: 1800, http: 180 }) }, without("error-percent", "success-percent")],
  ["a tenth takes three seconds", { ...candidate({ requests: 200, slow: 20 }), ...primary(GOOD) }, without("p95-milliseconds", "slowness-regression")],
  ["4 % take three seconds where 1 % did", { ...candidate({ requests: 200, slow: 8 }), ...primary(GOOD) }, without("slowness-regression")],
  ["there are 80 requests", { ...candidate({ requests: 20 }), ...primary(GOOD) }, without("requests")],
  ["the candidate meets none", { ...candidate({ requests: 0 }), ...primary(GOOD) }, []],
  ["the candidate's metrics are missing", primary(GOOD), []],
  ["the copy's metrics are missing", candidate({ requests: 200 }), without("error-regression", "slowness-regression")],
  ["all metrics are missing", {}, []],
  ["only others have metrics", {
    ...counted("storefront", GOOD, { destination_workload_namespace: "other" }), ...counted("storefront", GOOD, { destination_app: "cart" }), ...counted("storefront", GOOD, { reporter: "source" }),
  }, []],
];

describe("Flagger's checks pass, and fail, where", () => {
  test.each(WORLDS)("%s", (_, series, passing) => {
    const verdicts = CHECKS.map(({ name, query, range }) => {
      const within = "min" in range ? `>= ${range.min}` : `<= ${range.max}`;
      return { expr: `count((${query.replaceAll("{{ interval }}", "60s")}) ${within})`, eval_time: "150s", exp_samples: passing.includes(name) ? [{ value: 1 }] : [] };
    });
    const tests = [{ interval: "15s", input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })), promql_expr_test: verdicts }];
    const { code, said } = promtool(["test", "rules"], { "tests.yaml": { evaluation_interval: "15s", tests } });
    expect([code, code === 0 ? "" : said]).toEqual([0, ""]);
  });

  test("each answer is one value, of which Flagger takes the last", () => {
    const tests = [{
      interval: "15s", input_series: Object.entries({ ...candidate({ requests: 200, http: 2, grpc: 2 }), ...primary(GOOD) }).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: CHECKS.map(({ query }) => ({ expr: `count(${query.replaceAll("{{ interval }}", "60s")})`, eval_time: "150s", exp_samples: [{ value: 1 }] })),
    }];
    expect(promtool(["test", "rules"], { "tests.yaml": { evaluation_interval: "15s", tests } }).code).toBe(0);
  });
});
