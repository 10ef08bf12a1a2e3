import { expect, test } from "@jest/globals";
import { ruleGroups, rulesDocument } from "../components/observability/prometheus-rules.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { promtool } from "./promtool.ts";
import { seriesOf } from "./rule-tests/series.ts";

const MINE = { reporter: "destination", destination_workload_namespace: LEVEL.namespace, destination_app: LEVEL.service };
const POD = { namespace: LEVEL.namespace, pod: "storefront-r0123456789-aaaaa" };

const PODS = { [seriesOf("kube_pod_container_status_ready", { ...POD, container: LEVEL.service })]: "1x200", [seriesOf("up", { ...POD, job: LEVEL.service })]: "1x200" };

/** Requests of a revision each half minute, of which some fail; all of them within the bound. */
function revision(id: string, good: number, failed: number, grpc = 0): Record<string, string> {
  const of = { ...MINE, destination_version: id };
  return {
    [seriesOf("istio_requests_total", { ...of, response_code: "200" })]: `100+${good}x200`,
    [seriesOf("istio_requests_total", { ...of, response_code: "503" })]: `100+${failed}x200`,
    [seriesOf("istio_requests_total", { ...of, response_code: "200", grpc_response_status: "14" })]: `100+${grpc}x200`,
    [seriesOf("istio_request_duration_milliseconds_count", of)]: `100+${good + failed + grpc}x200`,
    [seriesOf("istio_request_duration_milliseconds_bucket", { ...of, le: "500" })]: `100+${good + failed + grpc}x200`,
    [seriesOf("istio_request_duration_milliseconds_bucket", { ...of, le: "+Inf" })]: `100+${good + failed + grpc}x200`,
  };
}

/** All rules of the service at once, as a Prometheus runs them: which alerts fire at the minute. */
function firing(series: Record<string, string>, minute: number, expected: string[]): string {
  const document = {
    rule_files: ["rules.yaml"],
    evaluation_interval: "30s",
    tests: [{
      interval: "30s",
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [{
        expr: 'count by (alertname, severity, role, revision) (ALERTS{alertstate="firing"})',
        eval_time: `${minute}m`,
        exp_samples: expected.map((labels) => ({ labels: `{${labels}}`, value: 1 })),
      }],
    }],
  };
  const { code, said } = promtool(["test", "rules"], { "rules.yaml": rulesDocument(ruleGroups(LEVEL)), "tests.yaml": document }, ["tests.yaml"]);
  return code === 0 ? "" : said;
}

test.each<[string, Record<string, string>, number, string[]]>([
  ["a healthy service: nothing", { ...PODS, ...revision("ra", 60, 0), ...revision("rb", 6, 0) }, 40, []],
  ["a canary that fails 7 %: its own alerts, and no page", { ...PODS, ...revision("ra", 540, 0), ...revision("rb", 27.9, 2.1) }, 10, [
    'alertname="SlipwayCanaryErrorRateHigh",revision="rb",role="canary",severity="ticket"',
    'alertname="SlipwayCanarySuccessRateLow",revision="rb",role="canary",severity="ticket"',
  ]],
  ["trap 4: a canary that fails 7 % by gRPC: the same", { ...PODS, ...revision("ra", 540, 0), ...revision("rb", 27.9, 0, 2.1) }, 10, [
    'alertname="SlipwayCanaryErrorRateHigh",revision="rb",role="canary",severity="ticket"',
    'alertname="SlipwayCanarySuccessRateLow",revision="rb",role="canary",severity="ticket"',
  ]],
  ["a canary that fails half of too few requests: nothing", { ...PODS, ...revision("ra", 540, 0), ...revision("rb", 0.5, 0.4) }, 8, []],
  ["trap 5: the callers' own counters: they count for nothing", { ...PODS, ...revision("ra", 540, 0), [seriesOf("istio_requests_total", { ...MINE, reporter: "source", destination_version: "ra", response_code: "503" })]: "0+900x200" }, 40, []],
  ["trap 6: pods without any request metric: that it is so", PODS, 40, ['alertname="SlipwayMetricsAbsent",severity="ticket"']],
  ["trap 6: no metrics at all: that there are none, and no other", {}, 40, ['alertname="SlipwayPodsAbsent",severity="page"', 'alertname="SlipwayApplicationMetricsDown",severity="ticket"']],
])("all rules together say of %s", (_, series, minute, expected) => {
  expect(firing(series, minute, expected)).toBe("");
});
