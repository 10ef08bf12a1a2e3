import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { monitor } from "../components/observability/monitors.ts";
import { applicationMetricsDown } from "../components/observability/workload-queries.ts";
import { startPrometheus } from "./accuracy/prometheus.ts";
import type { Prometheus } from "./accuracy/prometheus.ts";
import { until } from "./accuracy/until.ts";

const MESH = 'istio_requests_total{reporter="destination"} 7\nenvoy_server_live 1\nistio_agent_go_goroutines 9\n';
const APPLICATION = 'http_requests_total{method="GET"} 3\nhttp_requests_total{method="GET",user_id="u1"} 1\nqueue_length 4\nqueue_length{request_id="7",email="a@example.com"} 1\n';
const MANY = Array.from({ length: 51 }, (_, at) => `cells{cell="${at}"} 1\n`).join("");

/** Pods on addresses of this machine, whose agent listens on 15020 as the sidecar's does. */
const PODS = {
  healthy: { host: "127.0.15.1", revision: "r1", merged: true, answer: MESH + APPLICATION },
  silent: { host: "127.0.15.2", revision: "r2", merged: true, answer: MESH },
  crowded: { host: "127.0.15.3", revision: "r2", merged: true, answer: MESH + APPLICATION + MANY },
  gone: { host: "127.0.15.4", revision: "r2", merged: true, answer: undefined },
  before: { host: "127.0.15.5", revision: "r0", merged: false, answer: MESH },
};

const snake = (value: object): object => Object.fromEntries(Object.entries(value).map(([key, each]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), each]));

/** The scrape that the operator makes of the monitor; what the cluster tells of each pod stands in the target's labels. */
function configuration(): object {
  const { kind, spec } = monitor("storefront", { port: "metrics", path: "/metrics", intervalSeconds: 1, sampleLimit: 50 }, ["metrics"]);
  if (kind !== "ServiceMonitor") throw new Error("the Service has the port");
  const [endpoint] = spec.endpoints;
  if (endpoint === undefined) throw new Error("the monitor has no endpoint");
  const targets = Object.entries(PODS).map(([pod, { host, merged, revision }]) => ({
    targets: [`${host}:9464`],
    labels: {
      namespace: "shop", pod, __meta_kubernetes_service_label_app: "storefront", __meta_kubernetes_pod_label_version: revision,
      ...(merged && { __meta_kubernetes_pod_annotation_prometheus_istio_io_merge_metrics: "true" }),
    },
  }));
  return {
    scrape_configs: [{
      job_name: "serviceMonitor/shop/storefront/0",
      metrics_path: endpoint.path,
      scrape_interval: endpoint.interval,
      scrape_timeout: endpoint.interval,
      sample_limit: spec.sampleLimit,
      label_limit: spec.labelLimit,
      label_name_length_limit: spec.labelNameLengthLimit,
      label_value_length_limit: spec.labelValueLengthLimit,
      static_configs: targets,
      relabel_configs: [{ source_labels: [`__meta_kubernetes_service_label_${spec.jobLabel}`], regex: "(.+)", target_label: "job" }, ...endpoint.relabelings.map(snake)],
      metric_relabel_configs: endpoint.metricRelabelings.map(snake),
    }],
  };
}

describe("a real Prometheus with the monitor of a service", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-metrics-"));
  const agents: Server[] = [];
  let prometheus: Prometheus;

  beforeAll(async () => {
    for (const { answer, host } of Object.values(PODS)) {
      if (answer === undefined) continue;
      const agent = createServer(({ url }, response) => {
        response.statusCode = url === "/stats/prometheus" ? 200 : 404;
        response.end(answer);
      }).listen(15020, host);
      await once(agent, "listening");
      agents.push(agent);
    }
    prometheus = await startPrometheus(folder, configuration());
    await until("four scraped pods", 60, async () => ((await prometheus.ask('scrape_duration_seconds{job="storefront"}')).length === 4 ? true : undefined));
  });
  afterAll(async () => {
    await prometheus.stop();
    for (const agent of agents) {
      agent.close();
      agent.closeAllConnections();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test("keeps what the application counts, with its revision, and leaves out the mesh's and what has no end of values", async () => {
    const own = await prometheus.ask('{pod="healthy",__name__!~"up|scrape_.*"}');
    const target = { job: "storefront", namespace: "shop", pod: "healthy", revision: "r1", instance: "127.0.15.1:15020" };
    expect(own.map(({ labels, value }) => [labels.__name__, labels, value]).sort()).toEqual([
      ["http_requests_total", { ...target, __name__: "http_requests_total", method: "GET" }, 3],
      ["queue_length", { ...target, __name__: "queue_length" }, 4],
    ]);
  });

  test("does not scrape pods whose sidecar was never told of the metrics", async () => {
    expect((await prometheus.ask('up{job="storefront"}')).map(({ labels }) => labels.pod).sort()).toEqual(["crowded", "gone", "healthy", "silent"]);
  });

  test("tells by the alert's query of each pod that gives nothing: gone, over its limit, or silent behind its sidecar", async () => {
    const down = await prometheus.ask(applicationMetricsDown({ namespace: "shop", service: "storefront" }));
    expect(down.map(({ labels, value }) => [labels.pod, value]).sort()).toEqual([["crowded", 0], ["gone", 0], ["silent", 0]]);
    const alive = await prometheus.ask('up{job="storefront"}');
    expect(alive.map(({ labels, value }) => [labels.pod, value]).sort()).toEqual([["crowded", 0], ["gone", 0], ["healthy", 1], ["silent", 1]]);
  });

  test("says so as well where it finds no pod at all", async () => {
    const absent = await prometheus.ask(applicationMetricsDown({ namespace: "shop", service: "checkout" }));
    expect(absent.map(({ labels, value }) => ({ ...labels, value }))).toEqual([{ namespace: "shop", job: "checkout", value: 1 }]);
  });
});
