import { expect, test } from "@jest/globals";
import { prometheusConfiguration } from "../../lab/prometheus/configuration.ts";
import { relabelling } from "../../lab/prometheus/relabelling.ts";
import type { Relabel } from "../../lab/prometheus/relabelling.ts";

/** What Prometheus makes of a series; undefined where it drops it. RE2 and JavaScript agree on these expressions. */
function relabelled(labels: Record<string, string>, steps: readonly Relabel[] = relabelling): Record<string, string> | undefined {
  const now = { ...labels };
  for (const { action = "replace", regex = "(.*)", replacement = "$1", source_labels = [], target_label = "" } of steps) {
    const whole = new RegExp(`^(?:${regex})$`);
    const value = source_labels.map((name) => now[name] ?? "").join(";");
    if (action === "keep" && !whole.test(value)) return undefined;
    if (action === "replace" && whole.test(value)) now[target_label] = value.replace(whole, replacement);
    if (action === "labeldrop") for (const name of Object.keys(now)) if (whole.test(name)) delete now[name];
  }
  return now;
}

const cluster_name = "outbound|8080|v2|shop.store.svc.cluster.local";
const labels = {
  reporter: "destination", destination_app: "shop", destination_service_name: "shop", destination_service: "shop.store.svc.cluster.local", destination_service_namespace: "store",
  destination_workload: "shop-v2", destination_workload_namespace: "store", destination_version: "v2", destination_canonical_revision: "v2", request_protocol: "http",
};

test("the requests of a subset become Istio's request counter with the revision's labels", () => {
  expect(relabelled({ __name__: "envoy_cluster_upstream_rq", cluster_name, response_code: "503" })).toEqual({ __name__: "istio_requests_total", response_code: "503", ...labels });
});

test("the times of a subset become Istio's histogram, each of its series", () => {
  for (const part of ["bucket", "sum", "count"]) {
    expect(relabelled({ __name__: `envoy_cluster_upstream_rq_time_${part}`, cluster_name, le: "2000" })).toEqual({ __name__: `istio_request_duration_milliseconds_${part}`, le: "2000", ...labels });
  }
});

test("clusters of no subset and other numbers are dropped", () => {
  expect(relabelled({ __name__: "envoy_cluster_upstream_rq", cluster_name: "outbound|8080||shop.store.svc.cluster.local", response_code: "200" })).toBeUndefined();
  expect(relabelled({ __name__: "envoy_cluster_upstream_cx_active", cluster_name })).toBeUndefined();
  expect(relabelled({ __name__: "envoy_server_live" })).toBeUndefined();
});

test("Prometheus scrapes the gateway and the agent of its own lab", () => {
  expect(prometheusConfiguration({ gatewayAdmin: 1, agent: 2 })).toMatchObject({
    rule_files: ["../rules/*.yaml"],
    scrape_configs: [{ job_name: "gateway", static_configs: [{ targets: ["127.0.0.1:1"] }] }, { job_name: "agent", static_configs: [{ targets: ["127.0.0.1:2"] }] }],
  });
});
