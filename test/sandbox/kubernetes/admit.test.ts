import { describe, expect, test } from "@jest/globals";
import { admit, UNKNOWN } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";

const NOW = new Date("2026-01-02T03:04:05.678Z");
const LATER = new Date("2026-02-02T00:00:00Z");
const object = (apiVersion: string, kind: string, more: Record<string, unknown> = {}, metadata: Record<string, unknown> = {}): Manifest =>
  ({ apiVersion, kind, metadata: { name: "web", namespace: "shop", ...metadata }, ...more });
const deployment = (spec: Record<string, unknown> = {}, image = "x:1"): Manifest =>
  object("apps/v1", "Deployment", { spec: { ...spec, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image }] } } } });

describe("what the server keeps count of", () => {
  test("an object gets its identity, the same for the same object at the same time", () => {
    const first = admit(deployment(), undefined, NOW);
    expect(first.metadata).toMatchObject({ creationTimestamp: "2026-01-02T03:04:05Z", generation: 1, resourceVersion: "1" });
    expect(first.metadata["uid"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(admit(deployment(), undefined, NOW)).toEqual(first);
    expect(admit(deployment(), undefined, LATER).metadata["uid"]).not.toBe(first.metadata["uid"]);
  });
  test("a change counts as a generation and a version, and leaves uid and creation alone", () => {
    const first = admit(deployment(), undefined, NOW);
    const second = admit(deployment({}, "x:2"), first, LATER);
    expect(second.metadata).toEqual({ ...first.metadata, generation: 2, resourceVersion: "2" });
    expect(second["status"]).toMatchObject({ observedGeneration: 2 });
  });
  test("a change of labels is a version and no generation", () => {
    const first = admit(deployment(), undefined, NOW);
    const labelled = deployment();
    labelled.metadata["labels"] = { team: "a" };
    expect(admit(labelled, first, LATER).metadata).toMatchObject({ generation: 1, resourceVersion: "2", labels: { team: "a" } });
  });
  test.each(["ConfigMap", "Secret", "Service", "ServiceAccount"])("a %s has no generation", (kind) => {
    expect(admit(object("v1", kind, kind === "Service" ? { spec: {} } : {}), undefined, NOW).metadata).not.toHaveProperty("generation");
  });
  test("a custom object has one", () => {
    expect(admit(object("networking.istio.io/v1", "VirtualService", { spec: {} }), undefined, NOW).metadata).toMatchObject({ generation: 1 });
    expect(admit(object("example.com/v1", "Thing", { spec: {} }), undefined, NOW).metadata).toMatchObject({ generation: 1 });
  });
});

describe("what others own", () => {
  test("replicas that the manifest does not name stay as the autoscaler left them", () => {
    const scaled = { ...admit(deployment(), undefined, NOW), spec: { ...Object(admit(deployment(), undefined, NOW)["spec"]), replicas: 7 } };
    expect(admit(deployment(), scaled, LATER)["spec"]).toMatchObject({ replicas: 7 });
    expect(admit(deployment({ replicas: 2 }), scaled, LATER)["spec"]).toMatchObject({ replicas: 2 });
  });
  test("a service keeps its address, and another service has another", () => {
    const first = admit(object("v1", "Service", { spec: { ports: [{ port: 80 }] } }), undefined, NOW);
    const other = admit(object("v1", "Service", { spec: { ports: [{ port: 80 }] } }, { name: "other" }), undefined, NOW);
    expect(first["spec"]).toMatchObject({ clusterIP: expect.stringMatching(/^10\.(9[6-9]|10\d|11[01])\.\d+\.\d+$/), type: "ClusterIP" });
    expect(Object(other["spec"]).clusterIP).not.toBe(Object(first["spec"]).clusterIP);
    expect(admit(object("v1", "Service", { spec: { ports: [{ port: 81 }] } }), first, LATER)["spec"]).toMatchObject({ clusterIP: Object(first["spec"]).clusterIP });
  });
  test("what a person added to the object is gone after the next admission", () => {
    const first = admit(object("v1", "ConfigMap", { data: { a: "1" } }), undefined, NOW);
    const edited = { ...first, data: { a: "1", b: "2" } };
    expect(admit(object("v1", "ConfigMap", { data: { a: "1" } }), edited, LATER)["data"]).toEqual({ a: "1" });
  });
  test("a status that a manifest brings along is not stored", () => {
    expect(admit({ ...deployment(), status: { replicas: 99 } }, undefined, NOW)["status"]).toMatchObject({ replicas: 1 });
  });
});

test("a Secret is stored as data alone, and what is unknown stays unknown", () => {
  const secret = object("v1", "Secret", { data: { a: "YQ==", b: "Yg==" }, stringData: { b: "new", c: UNKNOWN } });
  const stored = admit(secret, undefined, NOW);
  expect(stored["data"]).toEqual({ a: "YQ==", b: "bmV3", c: UNKNOWN });
  expect(stored).not.toHaveProperty("stringData");
  expect(stored["type"]).toBe("Opaque");
});

test.each([
  ["x", "Always"], ["x:latest", "Always"], ["x:1", "IfNotPresent"], ["host:5000/x", "Always"], ["host:5000/x:1", "IfNotPresent"], ["x@sha256:0", "IfNotPresent"], [UNKNOWN, undefined],
])("an image %s is pulled: %s", (image, policy) => {
  const stored = admit(deployment({}, image), undefined, NOW);
  expect(Object(stored["spec"]).template.spec.containers[0].imagePullPolicy).toBe(policy);
});

const CONDITION_TIME = "2026-01-02T03:04:05Z";
const STATUSES: [manifest: Manifest, status: unknown][] = [
  [deployment({ replicas: 3 }), {
    observedGeneration: 1, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3,
    conditions: [
      { type: "Available", status: "True", lastUpdateTime: CONDITION_TIME, lastTransitionTime: CONDITION_TIME, reason: "MinimumReplicasAvailable", message: "Deployment has minimum availability." },
      { type: "Progressing", status: "True", lastUpdateTime: CONDITION_TIME, lastTransitionTime: CONDITION_TIME, reason: "NewReplicaSetAvailable", message: 'ReplicaSet "web" has successfully progressed.' },
    ],
  }],
  [object("v1", "Namespace", {}), { phase: "Active" }],
  [object("v1", "Service", { spec: { ports: [{ port: 80 }] } }), { loadBalancer: {} }],
  [object("v1", "ResourceQuota", { spec: { hard: { cpu: "4", pods: "20" } } }), { hard: { cpu: "4", pods: "20" }, used: { cpu: "0", pods: "0" } }],
  [object("v1", "ConfigMap", { data: {} }), undefined],
  [object("networking.istio.io/v1", "VirtualService", { spec: {} }), undefined],
];
test.each(STATUSES)("the controllers' status of %j", (manifest, status) => {
  expect(admit(manifest, undefined, NOW)["status"]).toEqual(status);
});

test("an autoscaler stands at its least, and a budget lets one pod go", () => {
  const metrics = [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } }];
  const scaler = object("autoscaling/v2", "HorizontalPodAutoscaler", { spec: { minReplicas: 2, maxReplicas: 5, metrics, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } } });
  expect(admit(scaler, undefined, NOW)["status"]).toMatchObject({ currentReplicas: 2, desiredReplicas: 2, currentMetrics: [{ type: "Resource", resource: { name: "cpu", current: { averageUtilization: 35, averageValue: "0" } } }] });
  expect(admit(object("policy/v1", "PodDisruptionBudget", { spec: { minAvailable: 2 } }), undefined, NOW)["status"]).toMatchObject({ observedGeneration: 1, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 });
});
