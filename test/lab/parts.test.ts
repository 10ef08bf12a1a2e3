import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { metrics } from "../../lab/agent/metrics.ts";
import { CREATING } from "../../lab/agent/pod-status.ts";
import { ruleFiles } from "../../lab/agent/rules.ts";
import { makers } from "../../lab/parts.ts";
import { PARTS } from "../../lab/parts/part.ts";
import { freePorts } from "../../lab/ports.ts";
import { bundles, programs } from "../../lab/sources.ts";
import { pod } from "./pods.ts";

const lab = { folder: "/nowhere/lab", ports: await freePorts(), token: "word", processes: 2 };
const parts = Object.fromEntries(PARTS.map((name) => [name, makers[name].make(lab, `/bin/${name}`)]));

test("nothing of the lab listens anywhere but on loopback, and nothing twice on one port", () => {
  for (const [name, { command, files, ready }] of Object.entries(parts)) {
    const said = [...command.args, ...Object.values(files), ready ?? ""].join("\n");
    expect(`${name}: ${said.match(/0\.0\.0\.0|::(?!1)|:\d+:/g)?.join() ?? ""}`).toBe(`${name}: `);
    for (const address of said.match(/https?:\/\/[^/:\s"]+/g) ?? []) expect(["http://127.0.0.1", "https://127.0.0.1", "https://kubernetes.default.svc"]).toContain(address);
  }
  expect(new Set(Object.values(lab.ports)).size).toBe(Object.keys(lab.ports).length);
});

test("the API server's clients check its certificate", () => {
  const { clusters } = parse(parts["api-server"]?.files["kubeconfig"] ?? "");
  expect(clusters[0].cluster).toEqual({ server: `https://127.0.0.1:${lab.ports.api}`, "certificate-authority": "/nowhere/lab/data/certificates/apiserver.crt" });
});

test("the gateway's histogram has a bound at 2000 ms", () => {
  const { stats_config } = parse(parts["gateway"]?.files["data/gateway.yaml"] ?? "");
  expect(stats_config.histogram_bucket_settings[0].buckets).toContain(2000);
});

test("every program is in a bundle that brings it", () => {
  for (const [program, [bundle, file]] of Object.entries(programs)) {
    const source = bundles[bundle];
    if (source.from === "go") expect(Object.keys(source.packages)).toContain(program);
    expect(file.endsWith(program) || source.from === "documents").toBe(true);
  }
});

test("a PrometheusRule becomes a rule file of its namespace and name", () => {
  const groups = [{ name: "shop", rules: [{ record: "a:b:c", expr: "1" }] }];
  const rule = { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata: { name: "shop", namespace: "store" }, spec: { groups } };
  const files = ruleFiles([rule, { ...rule, metadata: { name: "empty", namespace: "store" }, spec: {} }]);
  expect([...files.keys()]).toEqual(["store.shop.yaml", "store.empty.yaml"]);
  expect(parse(files.get("store.shop.yaml") ?? "")).toEqual({ groups });
  expect(parse(files.get("store.empty.yaml") ?? "")).toEqual({ groups: [] });
});

test("the agent tells restarts and readiness of each pod", () => {
  expect(metrics([{ pod: pod("a"), health: { ...CREATING, restarts: 3, ready: true } }])).toBe([
    "# TYPE kube_pod_container_status_restarts_total counter",
    'kube_pod_container_status_restarts_total{namespace="shop",pod="a",container="shop"} 3',
    "# TYPE kube_pod_container_status_ready gauge",
    'kube_pod_container_status_ready{namespace="shop",pod="a",container="shop"} 1',
    "",
  ].join("\n"));
});
