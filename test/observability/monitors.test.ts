import { describe, expect, test } from "@jest/globals";
import { cardinalityProblems } from "../../components/observability/cardinality.ts";
import { monitor, UNBOUNDED_LABELS } from "../../components/observability/monitors.ts";
import { Observability } from "../../components/observability/observability.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { validate } from "../../sandbox/kubernetes/index.ts";
import { declared, objects, plain } from "../kubernetes/declared.ts";
import type { Declared } from "../kubernetes/declared.ts";
import { LEVEL, TCP } from "./levels.ts";

const ENDPOINT = {
  port: "metrics",
  path: "/stats/prometheus",
  interval: "30s",
  relabelings: [
    { action: "keep", sourceLabels: ["__meta_kubernetes_pod_annotation_prometheus_istio_io_merge_metrics"], regex: "true" },
    { sourceLabels: ["__address__"], regex: "(.+):\\d+", replacement: "$1:15020", targetLabel: "__address__" },
    { sourceLabels: ["__meta_kubernetes_pod_label_version"], regex: "(.+)", replacement: "$1", targetLabel: "revision" },
  ],
  metricRelabelings: [
    { action: "drop", sourceLabels: ["__name__"], regex: "(istio|envoy|pilot|citadel)_.*" },
    { action: "drop", sourceLabels: UNBOUNDED_LABELS, separator: ";", regex: ".*[^;].*" },
  ],
};
const COMMON = { selector: { matchLabels: { app: "storefront" } }, jobLabel: "app", sampleLimit: 5000, labelLimit: 40, labelNameLengthLimit: 100, labelValueLengthLimit: 500 };


const METRICS = { port: "metrics", path: "/metrics", intervalSeconds: 30, sampleLimit: 5000 };

function observed(level: ServiceLevel, servicePorts: string[]): Promise<Declared[]> {
  return declared((opts) => new Observability(`${level.service}-observability`, { level, servicePorts, namespace: "shop" }, opts));
}

describe("the application's own metrics", () => {
  test.each([
    ["by its Service, where that has the port", ["http", "metrics"], "ServiceMonitor storefront-monitoring-service", "ServiceMonitor", { endpoints: [ENDPOINT] }],
    ["by its pods, where the Service has no such port yet", ["http"], "PodMonitor storefront-monitoring-pods", "PodMonitor", { podMetricsEndpoints: [ENDPOINT] }],
  ])("are found %s", async (_, ports, object, kind, endpoints) => {
    const all = await observed(LEVEL, ports);
    expect(objects(all).filter((each) => each.includes("Monitor"))).toEqual([object]);
    const made = all.filter(({ name }) => object.endsWith(` ${name}`)).map(({ inputs }) => plain(inputs));
    expect(made).toEqual([{
      apiVersion: "monitoring.coreos.com/v1",
      kind,
      metadata: { name: "storefront", namespace: "shop", labels: { "app.kubernetes.io/name": "storefront", "app.kubernetes.io/managed-by": "slipway" } },
      spec: { ...COMMON, ...endpoints },
    }]);
    expect(made.flatMap(validate)).toEqual([]);
  });

  test("are not looked for where there are none", async () => {
    const all = await observed(TCP, ["tcp"]);
    expect(all.map(({ type }) => type).filter((type) => /Monitor/.test(type))).toEqual([]);
  });

  test("are read as often, and bounded, as the settings say", () => {
    expect(monitor("storefront", { ...METRICS, port: "http", intervalSeconds: 60, sampleLimit: 100 }, ["http"])).toMatchObject({ kind: "ServiceMonitor", spec: { sampleLimit: 100, endpoints: [{ port: "http", path: "/stats/prometheus", interval: "60s" }] } });
  });
});

describe("a series of the application", () => {
  const [mesh, unbounded] = ENDPOINT.metricRelabelings;
  const matches = (rule: typeof mesh, labels: Record<string, string>): boolean =>
    new RegExp(`^(?:${rule?.regex})$`, "s").test((rule?.sourceLabels ?? []).map((label) => labels[label] ?? "").join(rule?.separator ?? ";"));

  test.each<[boolean, string]>([
    [true, "istio_requests_total"], [true, "envoy_cluster_upstream_cx_total"], [true, "istio_agent_go_goroutines"],
    [false, "http_requests_total"], [false, "my_istio_calls_total"], [false, "process_cpu_seconds_total"],
  ])("is left out: %s, %s", (expected, name) => {
    expect(matches(mesh, { __name__: name })).toBe(expected);
  });

  test("is left out with any label that has no end of values, and stays with none", () => {
    expect(matches(unbounded, { method: "GET" })).toBe(false);
    for (const label of UNBOUNDED_LABELS) expect([label, matches(unbounded, { [label]: "7", method: "GET" })]).toEqual([label, true]);
  });

  test("is left out for what the dashboards and rules are refused as well", () => {
    expect(UNBOUNDED_LABELS.filter((label) => cardinalityProblems([label], "shown", "x").length === 0)).toEqual([]);
  });

  test("has the address of the sidecar's agent, of IPv4 and IPv6", () => {
    const address = ENDPOINT.relabelings[1];
    const moved = (from: string): string => from.replace(new RegExp(`^(?:${address?.regex})$`), address?.replacement ?? "");
    expect([moved("10.1.2.3:9464"), moved("[fd00::7]:9464")]).toEqual(["10.1.2.3:15020", "[fd00::7]:15020"]);
  });
});
