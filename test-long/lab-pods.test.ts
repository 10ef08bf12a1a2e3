import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { local } from "../lab/parts/part.ts";
import { Mesh, until } from "./lab/mesh.ts";
import { NAMESPACE, revision, service, split } from "./lab/objects.ts";

let mesh: Mesh;

beforeAll(async () => {
  mesh = await Mesh.open();
  await mesh.apply([...service(), ...revision("v1"), ...split({ v1: 100 })]);
  await until("the pods are ready", async () => (await mesh.status("shop-v1")).readyReplicas === 2, 120);
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
