import { describe, expect, test } from "@jest/globals";
import { indicators } from "../../components/observability/indicators.ts";
import type { Indicators, Scope } from "../../components/observability/indicators.ts";
import { catalogue } from "../../components/observability/promql/catalogue.ts";
import { checkExpression } from "../../components/observability/promql/check.ts";
import { LEVEL } from "./levels.ts";

const ASK = indicators(LEVEL);
const MINE = 'reporter="destination",destination_workload_namespace="shop",destination_app="storefront"';
const FIVE = { window: "5m" };
const SCOPES: Scope[] = [FIVE, { window: "1h", by: "service" }, { window: "$__rate_interval", by: "revision", revisions: "ra|rb" }];

const ALL: Record<keyof Indicators, (scope: Scope) => string> = {
  ...ASK,
  latencyQuantile: (scope) => ASK.latencyQuantile(0.95, scope),
  slow: (scope) => ASK.slow(2000, scope),
  goodLatencyRatio: (scope) => ASK.goodLatencyRatio(2000, scope),
};

describe("an indicator", () => {
  test.each(Object.entries(ALL))("%s is right by grammar, types and catalogue, whatever it is asked of", (_, ask) => {
    expect(SCOPES.flatMap((scope) => checkExpression(ask(scope), catalogue(LEVEL)))).toEqual([]);
  });

  test.each([
    ["traffic", ASK.traffic(FIVE), `sum by (destination_version) (rate(istio_requests_total{${MINE}}[5m]))`],
    ["traffic of the service", ASK.traffic({ ...FIVE, by: "service" }), `sum(rate(istio_requests_total{${MINE}}[5m]))`],
    ["requests of one revision", ASK.requests({ ...FIVE, revisions: "ra" }), `sum by (destination_version) (increase(istio_requests_total{${MINE},destination_version=~"ra"}[5m]))`],
    ["enough requests", ASK.enough({ ...FIVE, by: "service" }), `sum(increase(istio_requests_total{${MINE}}[5m])) >= 20`],
    ["success", ASK.successRatio(FIVE), `1 - ${ASK.errorRatio(FIVE)}`],
    ["error ratio", ASK.errorRatio(FIVE), `(${ASK.errorsOrZero(FIVE)}) / (${ASK.traffic(FIVE)} > 0)`],
    ["p95 of the service", ASK.latencyQuantile(0.95, { ...FIVE, by: "service" }), `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${MINE}}[5m]))) >= 0`],
    [
      "share answered within a bound",
      ASK.goodLatencyRatio(2000, { ...FIVE, by: "service" }),
      `sum(rate(istio_request_duration_milliseconds_bucket{${MINE},le=~"2000|2000[.]0"}[5m])) / (sum(rate(istio_request_duration_milliseconds_count{${MINE}}[5m])) > 0)`,
    ],
    [
      "slow requests",
      ASK.slow(500, { ...FIVE, by: "service" }),
      `sum(rate(istio_request_duration_milliseconds_count{${MINE}}[5m])) - sum(rate(istio_request_duration_milliseconds_bucket{${MINE},le=~"500|500[.]0"}[5m]))`,
    ],
  ])("for %s is exact", (_, query, expected) => {
    expect(query).toBe(expected);
  });

  test.each([["slow", ASK.slow], ["goodLatencyRatio", ASK.goodLatencyRatio]])("trap 1: %s refuses a time between two bounds", (_, ask) => {
    expect(() => ask(1500, FIVE)).toThrow(new RangeError("services.storefront.observability: a latency is no bound of the mesh's histogram, got 1500; use one of 0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000"));
  });
});
