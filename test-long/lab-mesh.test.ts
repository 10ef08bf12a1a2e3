import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { local } from "../lab/parts/part.ts";
import { Mesh, until } from "./lab/mesh.ts";
import { NAMESPACE, revision, service, split } from "./lab/objects.ts";

let mesh: Mesh;

beforeAll(async () => {
  mesh = await Mesh.open();
  await mesh.apply([...service(), ...revision("v1"), ...revision("v2"), ...split({ v1: 100, v2: 0 })]);
  for (const name of ["shop-v1", "shop-v2"]) await until(`${name} is ready`, async () => (await mesh.status(name)).readyReplicas === 2, 120);
  await until("the gateway answers", async () => (await mesh.send({ requests: 1 })).failed === 0);
}, 45 * 60_000);
afterAll(() => mesh?.close());

async function names(path: string, start: string): Promise<string[]> {
  const { items } = await mesh.api.call<{ items: { metadata: { name: string } }[] }>("GET", `${path.replace("NAMESPACE", `namespaces/${NAMESPACE}`)}`);
  return items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith(start));
}

const pods = (start: string) => names("/api/v1/NAMESPACE/pods", start);
const entries = (start: string) => names("/apis/networking.istio.io/v1/NAMESPACE/workloadentries", start);

async function condition(name: string, type: string): Promise<string> {
  const found = (await mesh.status(name)).conditions?.find((each) => each.type === type);
  return `${found?.status} ${found?.reason}`;
}

function turn(deployment: string, knobs: object): void {
  writeFileSync(join(mesh.lab.folder, "knobs", `${NAMESPACE}.${deployment}.json`), JSON.stringify(knobs));
}

/** The gateway follows within a second; requests are counted once none shows the old split. */
async function settled(weights: { v1: number; v2: number }): Promise<void> {
  await mesh.apply(split(weights));
  await until("the gateway follows", async () => {
    const share = ((await mesh.send({ requests: 400 })).byVersion["v1"] ?? 0) / 4;
    return Math.abs(share - weights.v1) < 8;
  });
}

test("Prometheus counts the requests of each revision as Istio's sidecars would", async () => {
  const series = `istio_requests_total{reporter="destination",destination_workload_namespace="${NAMESPACE}",destination_app="shop"}`;
  const counted = async () => Object.fromEntries((await mesh.ask(`sum by (destination_version, response_code) (${series})`)).map(({ metric, value }) => [`${metric["destination_version"]} ${metric["response_code"]}`, value]));
  await settled({ v1: 50, v2: 50 });
  const first = await counted();
  const { byVersion } = await mesh.send({ requests: 1000 });
  await until("every request is counted", async () => {
    const now = await counted();
    const more = (version: string) => (now[`${version} 200`] ?? 0) - (first[`${version} 200`] ?? 0);
    return more("v1") >= (byVersion["v1"] ?? 0) && more("v2") >= (byVersion["v2"] ?? 0);
  });
  // Envoy merges its histograms a few seconds after it counted.
  const bounds = async () => (await mesh.ask(`sum by (le) (istio_request_duration_milliseconds_bucket{destination_app="shop"})`)).map(({ metric }) => Number(metric["le"] === "+Inf" ? Infinity : metric["le"]));
  await until("the histogram is there", async () => (await bounds()).length > 0);
  expect(await bounds()).toContain(2000);
});

test("a revision that fails a tenth of its requests shows it, at the gateway and in Prometheus", async () => {
  await mesh.apply(revision("v3", { LAB_ERROR_SHARE: "0.1" }));
  await until("shop-v3 is ready", async () => (await mesh.status("shop-v3")).readyReplicas === 2, 120);
  await mesh.apply(split({ v1: 50, v3: 50 }));
  await until("the gateway follows", async () => ((await mesh.send({ requests: 100 })).byVersion["v3"] ?? 0) > 0);
  const { byStatus } = await mesh.send({ requests: 4000 });
  expect((byStatus["500"] ?? 0) / 4000).toBeGreaterThan(0.035);
  expect((byStatus["500"] ?? 0) / 4000).toBeLessThan(0.065);
  await until("Prometheus has its failures", async () => (await mesh.ask(`sum(istio_requests_total{destination_version="v3",response_code=~"5.."})`)).some(({ value }) => value >= 100));
  expect(await mesh.ask(`sum(istio_requests_total{destination_version!="v3",response_code=~"5.."})`)).toEqual([]);
});

test("a revision whose 95th percentile is at 3 s shows it in the histogram", async () => {
  await mesh.apply(revision("v4", { LAB_MEDIAN_MS: "1000", LAB_P95_MS: "3000" }));
  await until("shop-v4 is ready", async () => (await mesh.status("shop-v4")).readyReplicas === 2, 120);
  await mesh.apply(split({ v1: 50, v4: 50 }));
  await until("the gateway follows", async () => ((await mesh.send({ requests: 10 })).byVersion["v4"] ?? 0) > 0);
  await mesh.send({ requests: 800, connections: 64 });
  const quantile = (version: string) => mesh.ask(`histogram_quantile(0.95, sum by (le) (istio_request_duration_milliseconds_bucket{destination_version="${version}"}))`);
  await until("Prometheus has its times", async () => (await quantile("v4")).some(({ value }) => value > 2000 && value < 5000));
  expect((await quantile("v1"))[0]?.value).toBeLessThan(1000);
});

test("requests for a revision without a ready pod fail, and count as its failures", async () => {
  await mesh.apply([...revision("v5", { LAB_NEVER_READY: "true" }), ...split({ v1: 50, v5: 50 })]);
  await until("the gateway follows", async () => (await mesh.send({ requests: 20 })).failed > 0);
  const { byStatus } = await mesh.send({ requests: 200 });
  expect(Object.keys(byStatus).sort()).toEqual(["200", "503"]);
  await until("Prometheus has them", async () => (await mesh.ask('istio_requests_total{destination_version="v5",response_code="503"}')).some(({ value }) => value >= (byStatus["503"] ?? 0)));
  await settled({ v1: 100, v2: 0 });
});

test("a Deployment whose pods are ready is available, as its controller says", async () => {
  expect(await mesh.status("shop-v1")).toMatchObject({ observedGeneration: 1, replicas: 2, readyReplicas: 2, updatedReplicas: 2, availableReplicas: 2 });
  expect(await condition("shop-v1", "Available")).toBe("True MinimumReplicasAvailable");
  await until("it has progressed", async () => (await condition("shop-v1", "Progressing")) === "True NewReplicaSetAvailable");
});

test("a Deployment that never is ready gets no requests and runs into its deadline", async () => {
  await mesh.apply(revision("never", { LAB_NEVER_READY: "true" }));
  await until("the deadline", async () => (await condition("shop-never", "Progressing")) === "False ProgressDeadlineExceeded", 90);
  expect(await condition("shop-never", "Available")).toBe("False MinimumReplicasUnavailable");
  expect(await entries("shop-never-")).toEqual([]);
});

test("a Deployment whose ConfigMap is missing waits, and says so", async () => {
  await mesh.apply(revision("bare").filter(({ kind }) => kind === "Deployment"));
  const reasons = async () => {
    const { items } = await mesh.api.call<{ items: { metadata: { name: string }; status: { containerStatuses?: { state: { waiting?: { reason: string } } }[] } }[] }>("GET", `/api/v1/namespaces/${NAMESPACE}/pods`);
    return items.filter(({ metadata }) => metadata.name.startsWith("shop-bare-")).map(({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason);
  };
  await until("the reason is known", async () => (await reasons()).join() === "CreateContainerConfigError,CreateContainerConfigError");
});

test("pods beyond the cap are ready without processes of their own", async () => {
  await mesh.apply(revision("many", {}, 5));
  await until("all are ready", async () => (await mesh.status("shop-many")).readyReplicas === 5);
  expect(await entries("shop-many-")).toHaveLength(2);
  expect(await pods("shop-many-")).toHaveLength(5);
});

test("a crash costs readiness and is counted; the pod comes back", async () => {
  await mesh.apply(revision("weak", {}, 1));
  await until("it is ready", async () => (await mesh.status("shop-weak")).readyReplicas === 1);
  turn("shop-weak", { crashAfterMs: 0 });
  await until("it is unready", async () => ((await mesh.status("shop-weak")).readyReplicas ?? 0) === 0);
  expect(await entries("shop-weak-")).toEqual([]);
  turn("shop-weak", { crashAfterMs: -1 });
  await until("it is ready again", async () => (await mesh.status("shop-weak")).readyReplicas === 1);
  await until("Prometheus knows", async () => (await mesh.ask(`kube_pod_container_status_restarts_total{pod=~"shop-weak-.*"}`)).some(({ value }) => value >= 1));
});

test("a revision is retired without a failed request", async () => {
  await mesh.apply([...revision("next")]);
  await until("it is ready", async () => (await mesh.status("shop-next")).readyReplicas === 2);
  const stop = new AbortController();
  const flow = mesh.send({ rate: 100, signal: stop.signal });
  await mesh.apply(split({ v1: 50, next: 50 }));
  await until("both answer", async () => Object.keys((await mesh.send({ requests: 40 })).byVersion).length === 2);
  await mesh.apply(split({ next: 100 }));
  await until("the next answers alone", async () => (await mesh.send({ requests: 40 })).byVersion["next"] === 40);
  await mesh.api.call("DELETE", `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/shop-v1`, { propagationPolicy: "Background" });
  await until("its pods are gone", async () => (await pods("shop-v1-")).length === 0 && (await entries("shop-v1-")).length === 0);
  stop.abort();
  const { failed, requests } = await flow;
  expect(requests).toBeGreaterThan(100);
  expect(failed).toBe(0);
});

test("a PrometheusRule of the cluster becomes a rule of Prometheus, and goes with it", async () => {
  const rule = {
    apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata: { name: "shop", namespace: NAMESPACE },
    spec: { groups: [{ name: "shop", rules: [{ record: "lab:requests:total", expr: "sum(istio_requests_total)" }] }] },
  };
  const known = async () => (await (await fetch(local(mesh.lab.ports.prometheus, "/api/v1/rules"))).text()).includes("lab:requests:total");
  await mesh.apply([rule]);
  await until("it is known", known);
  await until("it has a value", async () => (await mesh.ask("lab:requests:total")).some(({ value }) => value > 0));
  await mesh.api.call("DELETE", `/apis/monitoring.coreos.com/v1/namespaces/${NAMESPACE}/prometheusrules/shop`);
  await until("it is gone", async () => !(await known()));
});

test("a namespace goes with everything in it", async () => {
  await mesh.api.call("DELETE", `/api/v1/namespaces/${NAMESPACE}`);
  await until("it is gone", async () => !(await mesh.api.call<{ items: { metadata: { name: string } }[] }>("GET", "/api/v1/namespaces")).items.some(({ metadata }) => metadata.name === NAMESPACE), 120);
});
