import { describe, expect, test } from "@jest/globals";
import { upTo } from "../../components/observability/bound-matcher.ts";
import { catalogue } from "../../components/observability/promql/catalogue.ts";
import { checkExpression } from "../../components/observability/promql/check.ts";
import { LEVEL } from "./levels.ts";

const KNOWN = catalogue(LEVEL);
const OF = 'reporter="destination",destination_app="storefront"';
const ALL = `sum(rate(istio_requests_total{${OF}}[5m]))`;
const BOUNDS = "0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000";

function buckets(le: string): string {
  return `sum(rate(istio_request_duration_milliseconds_bucket{${OF},${le}}[5m]))`;
}

describe("a query is refused where", () => {
  test.each([
    ["trap 1: le is no bound of the histogram", buckets('le="1500"'), `asks for a bound that the mesh's latency histogram does not have, got "1500"; use one of ${BOUNDS}`],
    ["trap 1: one of the alternatives of le is no bound", buckets('le=~"2000|1500"'), `asks for a bound that the mesh's latency histogram does not have, got "2000|1500"; use one of ${BOUNDS}`],
    ["trap 1: le is nothing", buckets('le=""'), `asks for a bound that the mesh's latency histogram does not have, got ""; use one of ${BOUNDS}`],
    ["le is written as one Prometheus alone writes it", buckets('le="2000"'), 'asks for a bound as Prometheus 2 writes it, and Prometheus 3 writes 2000.0, got "2000"; use upTo(2000)'],
    ["several bounds are added up", buckets('le=~"500|1000"'), 'adds up several bounds of a cumulative histogram, got "500|1000"; use one'],
    ["a bound is left out", buckets('le!="+Inf"'), 'leaves out bounds of a cumulative histogram, got le!="+Inf"; use le= or le=~'],
    ["all buckets are added up", `sum(rate(istio_request_duration_milliseconds_bucket{${OF}}[5m]))`, "adds up the buckets of a cumulative histogram, got istio_request_duration_milliseconds_bucket; name one bound by le, or use histogram_quantile"],
    ["a quantile has no bounds", `histogram_quantile(0.95, sum(rate(istio_request_duration_milliseconds_bucket{${OF}}[5m])))`, "loses the bounds before histogram_quantile, got istio_request_duration_milliseconds_bucket; use sum by (le, …)"],
    ["a quantile sums the bounds away", `histogram_quantile(0.95, sum without (le) (rate(istio_request_duration_milliseconds_bucket{${OF}}[5m])))`, "loses the bounds before histogram_quantile, got istio_request_duration_milliseconds_bucket; use sum by (le, …)"],
    ["a label is called otherwise by the mesh", ALL.replace("destination_app", "code"), 'asks for a label that istio_requests_total does not have, got "code"; use response_code'],
    ["it groups by a label that is not there", 'sum by (nodes) (up{namespace="shop"})', 'asks for a label that up does not have, got "nodes"; use one of container, endpoint, instance, job, namespace, pod, service'],
    ["trap 4: gRPC failures are missed", `sum(rate(istio_requests_total{${OF},response_code=~"5.."}[5m]))`, "misses gRPC's failures, which are HTTP 200, got response_code alone; ask grpc_response_status as well, as failureRate does"],
    ["trap 5: no reporter is named", 'sum(rate(istio_requests_total{destination_app="storefront"}[5m]))', 'does not say who reports, so that each request counts twice, got istio_requests_total; add reporter="destination"'],
    ["trap 5: both reporters are", 'sum(rate(istio_requests_total{reporter=~".*"}[5m]))', 'does not say who reports, so that each request counts twice, got istio_requests_total; add reporter="destination"'],
    ["trap 6: missing metrics become 0", `${ALL} or vector(0)`, "invents a value where there is none, got vector(0); leave it out, so that no data stays no data"],
    ["trap 6: 0 / 0 is NaN", `${ALL} / ${ALL}`, `divides by what may be 0, which gives NaN, got ${ALL}; divide by (… > 0)`],
    ["a divisor may be below 0", `${ALL} / (${ALL} > -1)`, `divides by what may be 0, which gives NaN, got (${ALL} > -1); divide by (… > 0)`],
    ["trap 6: a recorded ratio may be 0 as well", 'up{namespace="shop"} / slipway:burn_rate:rate1d{namespace="shop",service="storefront"}', 'divides by what may be 0, which gives NaN, got slipway:burn_rate:rate1d{namespace="shop",service="storefront"}; divide by (… > 0)'],
    ["a metric is unknown", "sum(rate(istio_request_total[5m]))", 'asks for a metric that nothing reports, got "istio_request_total"; use one of the catalogue in components/observability/promql'],
    ["a metric is not named", '{reporter="destination"}', 'asks for a metric that nothing reports, got ""; use one of the catalogue in components/observability/promql'],
    ["a counter is used as it is", `sum(istio_requests_total{${OF}}) > 5`, "uses a counter as it is, which starts again with each pod, got istio_requests_total; use rate or increase"],
    ["a gauge is rated", 'rate(up{namespace="shop"}[5m])', "takes the rate of a gauge, got up; use it as it is"],
    ["it is about every namespace", "up == 0", 'does not say of which namespace, got up; add namespace="…"'],
    ["it is about every service", 'slipway:requests:rate5m{namespace="shop"}', 'does not say of which service, got slipway:requests:rate5m; add service="…"'],
    ["it is cut off", "sum(rate(x[5m])", 'is no PromQL, got "sum(rate(x[5m])"; write it as Prometheus\' documentation says'],
    ["the grammar sees nothing, and the type rules do", "rate(1)", 'is not well typed (expected type matrix in call to function "rate", got scalar), got "1"; write it as Prometheus\' documentation says'],
    ["the type rules see nothing, and the grammar does", 'up{namespace="x"} offset', 'is no PromQL, got "amespace="x"} offset"; write it as Prometheus\' documentation says'],
  ])("%s", (_, query, problem) => {
    expect(checkExpression(query, KNOWN, "services.shop")).toEqual([`services.shop: ${problem}`]);
  });

  test("several things are wrong, each once and in one answer", () => {
    expect(checkExpression('sum(rate(istio_requests_total{code="500"}[5m])) or sum(rate(istio_requests_total{code="500"}[5m])) or vector(0)', KNOWN)).toEqual([
      'query: asks for a label that istio_requests_total does not have, got "code"; use response_code',
      "query: invents a value where there is none, got vector(0); leave it out, so that no data stays no data",
    ]);
  });

  test("it is wrong far behind its beginning: an editor would have stopped reading there", () => {
    const long = Array.from({ length: 60 }, () => ALL).join(" + ");
    expect(checkExpression(long, KNOWN)).toEqual([]);
    expect(checkExpression(`${long} + rate(1)`, KNOWN)).toHaveLength(1);
  });
});

describe("a query is taken where", () => {
  test.each([
    ["it asks only whether something is there", 'absent(istio_requests_total{reporter="source"}) or count(istio_requests_total{reporter="destination"})'],
    ["a label was made before it is grouped by", `sum by (revision) (label_replace(${ALL}, "revision", "$1", "destination_version", "(.*)"))`],
    ["a divisor is a number or a gauge that is never 0", `${ALL} / 0.005 / sum(kube_pod_container_resource_requests{namespace="shop"})`],
    ["the window is Grafana's", ALL.replace("5m", "$__rate_interval")],
    ["the bound has no second way of being written", buckets('le="0.5"')],
    ["the bound is for both generations of Prometheus", buckets(upTo(2000))],
    ["the bounds are grouped by all that is not named", `histogram_quantile(0.95, sum without (pod) (rate(istio_request_duration_milliseconds_bucket{${OF}}[5m])))`],
    ["a string is in other quotes", ALL.replaceAll('"', "'")],
    ["a string is in raw quotes", ALL.replaceAll('"', "`")],
    ["a label is quoted", 'sum(rate(istio_requests_total{"reporter"="destination"}[5m]))'],
  ])("%s", (_, query) => {
    expect(checkExpression(query, KNOWN)).toEqual([]);
  });
});

test.each([
  [0.5, 'le="0.5"'],
  [1, 'le=~"1|1[.]0"'],
  [2000, 'le=~"2000|2000[.]0"'],
  [600_000, 'le=~"600000|600000[.]0"'],
  [1_800_000, 'le=~"1800000|1[.]8e[+]06"'],
  [1_000_000, 'le=~"1000000|1e[+]06"'],
])("the bound %d is matched as Prometheus 2 and Prometheus 3 write it", (bound, matcher) => {
  expect(upTo(bound)).toBe(matcher);
});
