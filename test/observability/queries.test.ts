import { describe, expect, test } from "@jest/globals";
import { serviceDashboards } from "../../components/observability/dashboards/index.ts";
import {
  connectionRate, failureRate, failureRatio, latency, requestRate, revisionsSeen, sentRate, trafficShare,
} from "../../components/observability/queries.ts";
import { cpuUse, memoryUse, readyPods, restarts, runningImages } from "../../components/observability/saturation.ts";
import { expressions, read } from "./dashboards/read.ts";
import { LEVEL } from "./levels.ts";

const SUBJECT = { service: "storefront", namespace: "shop", window: "5m" };
const LABELS = 'reporter="destination",destination_workload_namespace="shop",destination_app="storefront"';
const POD = 'namespace="shop",container="storefront"';
const ALL = `sum by (destination_version) (rate(istio_requests_total{${LABELS}}[5m]))`;
const FAILED = `sum by (destination_version) (rate(istio_requests_total{${LABELS},response_code=~"5.."}[5m]) or rate(istio_requests_total{${LABELS},response_code!~"5..",grpc_response_status=~"2|4|12|13|14|15"}[5m]))`;

describe("a query", () => {
  test.each([
    ["requests", requestRate(SUBJECT), ALL],
    ["requests of some revisions", requestRate({ ...SUBJECT, revisions: "ra|rb" }), ALL.replace("}", ',destination_version=~"ra|rb"}')],
    ["failures", failureRate(SUBJECT), FAILED],
    ["the share of failures", failureRatio(SUBJECT), `(${FAILED} or ${ALL} * 0) / (${ALL} > 0)`],
    [
      "p95",
      latency(SUBJECT, 0.95),
      `histogram_quantile(0.95, sum by (le, destination_version) (rate(istio_request_duration_milliseconds_bucket{${LABELS}}[5m]))) >= 0`,
    ],
    ["the split", trafficShare(SUBJECT), `${ALL} / on () group_left () (sum(rate(istio_requests_total{${LABELS}}[5m])) > 0)`],
    ["connections", connectionRate(SUBJECT), `sum by (destination_version) (rate(istio_tcp_connections_opened_total{${LABELS}}[5m]))`],
    ["bytes sent", sentRate(SUBJECT), `sum by (destination_version) (rate(istio_tcp_sent_bytes_total{${LABELS}}[5m]))`],
    [
      "CPU",
      cpuUse(SUBJECT),
      `sum by (pod) (rate(container_cpu_usage_seconds_total{${POD}}[5m])) / sum by (pod) (kube_pod_container_resource_requests{${POD},resource="cpu"})`,
    ],
    [
      "memory",
      memoryUse(SUBJECT),
      `sum by (pod) (container_memory_working_set_bytes{${POD}}) / sum by (pod) (kube_pod_container_resource_limits{${POD},resource="memory"})`,
    ],
    ["pods", readyPods(SUBJECT), `sum(kube_pod_container_status_ready{${POD}})`],
    ["restarts", restarts(SUBJECT), `sum by (pod) (increase(kube_pod_container_status_restarts_total{${POD}}[5m])) > 0`],
    ["images", runningImages(SUBJECT), `count by (image_spec) (kube_pod_container_info{${POD}})`],
    ["revisions of HTTP", revisionsSeen(SUBJECT, { http: true }), `label_values(istio_requests_total{${LABELS}}, destination_version)`],
    ["revisions of TCP", revisionsSeen(SUBJECT, { http: false }), `label_values(istio_tcp_connections_opened_total{${LABELS}}, destination_version)`],
  ])("for %s is exact", (_, query, expected) => {
    expect(query).toBe(expected);
  });

  test("trap 4: for failures asks the gRPC status as well, each request once", () => {
    const [http = "", grpc = ""] = failureRate(SUBJECT).split(" or ");
    expect(http).toContain('response_code=~"5.."');
    expect(grpc).toContain('response_code!~"5..",grpc_response_status=~"2|4|12|13|14|15"');
  });

  test("trap 6: for the share of failures invents nothing where the metrics are missing", () => {
    expect(failureRatio(SUBJECT)).not.toContain("vector(");
  });

  test("trap 5: about requests or connections always names the reporter, as each would count twice", () => {
    const asked = serviceDashboards({ ...LEVEL, protocols: ["http", "tcp"] }).flatMap((dashboard) => expressions(read(dashboard)));
    const selectors = asked.flatMap((expression) => expression.match(/istio_[a-z_]+\{[^}]*\}/g) ?? []);
    expect(selectors.length).toBeGreaterThan(10);
    expect(selectors.filter((selector) => !selector.includes('reporter="destination"'))).toEqual([]);
    expect(asked.join()).not.toMatch(/istio_[a-z_]+\[/);
  });
});
