import { describe, expect, test } from "@jest/globals";
import { flaggerChecks } from "../../components/observability/flagger-checks.ts";
import { catalogue } from "../../components/observability/promql/catalogue.ts";
import { checkExpression } from "../../components/observability/promql/check.ts";
import { LEVEL } from "./levels.ts";

const CHECKS = flaggerChecks({ level: LEVEL, minimumRequests: 100, workloads: { candidate: "storefront", stable: "storefront-primary" } });
const query = (name: string): string => CHECKS.find((check) => check.name === name)?.query ?? "";

/** Series that one workload's sidecars counted. */
function of(metric: string, workload: string, more = ""): string {
  return `${metric}{reporter="destination",destination_workload_namespace="shop",destination_app="storefront",destination_workload="${workload}"${more}}[{{ interval }}]`;
}

function ratio(workload: string): string {
  const requests = of("istio_requests_total", workload);
  const http = of("istio_requests_total", workload, ',response_code=~"5.."');
  const grpc = of("istio_requests_total", workload, ',response_code!~"5..",grpc_response_status=~"2|4|12|13|14|15"');
  return `(sum(rate(${http}) or rate(${grpc})) or sum(rate(${requests})) * 0) / (sum(rate(${requests})) > 0)`;
}

describe("what Flagger asks Prometheus", () => {
  test("has the gate's limits", () => {
    expect(CHECKS.map(({ name, range }) => [name, range])).toEqual([
      ["requests", { min: 100 }],
      ["error-percent", { max: 5 }],
      ["success-percent", { min: 95 }],
      ["p95-milliseconds", { max: 2000 }],
      ["error-regression", { max: 0.1 }],
      ["slowness-regression", { max: 0.1 }],
    ]);
  });

  test("is about the candidate's Deployment alone, gRPC's failures included", () => {
    expect(query("requests")).toBe(`sum(increase(${of("istio_requests_total", "storefront")}))`);
    expect(query("error-percent")).toBe(`100 * (${ratio("storefront")})`);
    expect(query("success-percent")).toBe(`100 * (1 - ${ratio("storefront")})`);
    expect(query("p95-milliseconds")).toBe(`histogram_quantile(0.95, sum by (le) (rate(${of("istio_request_duration_milliseconds_bucket", "storefront")}))) >= 0`);
  });

  test("compares with the copy that serves, 15 % and three standard errors left aside", () => {
    const spread = `3 * sqrt(clamp_min(${ratio("storefront-primary")}, 0.001) / (sum(increase(${of("istio_requests_total", "storefront")})) > 0))`;
    expect(query("error-regression")).toBe(`100 * ((${ratio("storefront")}) - 1.15 * (${ratio("storefront-primary")}) - ${spread})`);
    expect(query("slowness-regression").match(/destination_workload="storefront(-primary)?"/g)).toHaveLength(7);
  });

  test.each(CHECKS)("$name is right PromQL of metrics that exist, and invents nothing where there is no data", (check) => {
    expect(checkExpression(check.query.replaceAll("{{ interval }}", "60s"), catalogue(LEVEL))).toEqual([]);
  });

  test.each(CHECKS)("$name is a template of which Flagger fills in the window and nothing else", (check) => {
    expect(new Set(check.query.match(/\{\{.*?\}\}/g))).toEqual(new Set(["{{ interval }}"]));
  });
});
