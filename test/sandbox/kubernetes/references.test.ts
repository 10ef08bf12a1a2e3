import { describe, expect, test } from "@jest/globals";
import { references, UNKNOWN } from "../../../sandbox/kubernetes/index.ts";
import type { Lookup, Manifest } from "../../../sandbox/kubernetes/index.ts";

const NAMESPACE: Manifest = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
const cloud = (...objects: Manifest[]): Lookup => (apiVersion, kind, namespace, name) =>
  [NAMESPACE, ...objects].find((each) => each.apiVersion === apiVersion && each.kind === kind && each.metadata.namespace === namespace && each.metadata.name === name);
const object = (apiVersion: string, kind: string, name: string, more: Record<string, unknown> = {}, namespace: string | undefined = "shop"): Manifest =>
  ({ apiVersion, kind, metadata: { name, ...(namespace === "" ? {} : { namespace }) }, ...more });

const workload = (pod: Record<string, unknown>, more: Record<string, unknown> = {}, namespace = "shop"): Manifest => ({
  apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace },
  spec: { ...more, template: { spec: { containers: [{ name: "web", image: "ghcr.io/x/web:1" }], ...pod } } },
});
const container = (own: Record<string, unknown>) => ({ containers: [{ name: "web", image: "ghcr.io/x/web:1", ...own }] });

describe("refused", () => {
  test("an object in a namespace that does not exist", () => {
    expect(references(workload({}, {}, "shpo"), cloud())).toEqual({ refused: ['namespaces "shpo" not found'], notReady: [] });
  });
  test.each(["default", "kube-system"])("nothing in the namespace %s, which every cluster has", (namespace) => {
    expect(references(workload({}, {}, namespace), cloud())).toEqual({ refused: [], notReady: [] });
  });
  test("an object of a kind that the cluster has no definition of", () => {
    const thing = object("example.com/v1", "Policy", "a");
    expect(references(thing, cloud()).refused).toEqual(['no matches for kind "Policy" in version "example.com/v1"']);
    expect(references(thing, cloud(object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "policies.example.com", {}, ""))).refused).toEqual([]);
  });
  test("a bare pod that its namespace's standard does not allow", () => {
    const locked: Lookup = (apiVersion, kind) => (apiVersion === "v1" && kind === "Namespace" ? { ...NAMESPACE, metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "baseline" } } } : undefined);
    const pod = object("v1", "Pod", "web", { spec: { hostPID: true, containers: [] } });
    expect(references(pod, locked)).toEqual({ refused: ['pods "web" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)'], notReady: [] });
    expect(references(workload({ hostPID: true }), locked)).toEqual({ refused: [], notReady: ['pods "web-0" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostPID=true)'] });
  });
});

const WAITING: [title: string, pod: Record<string, unknown>, needs: Manifest, reason: string][] = [
  ["a service account", { serviceAccountName: "web" }, object("v1", "ServiceAccount", "web"), 'pods "web-0" is forbidden: error looking up service account shop/web: serviceaccount "web" not found'],
  ["a config map of its environment", container({ envFrom: [{ configMapRef: { name: "c" } }] }), object("v1", "ConfigMap", "c"), 'configmap "c" not found'],
  ["a secret of its environment", container({ envFrom: [{ secretRef: { name: "s" } }] }), object("v1", "Secret", "s"), 'secret "s" not found'],
  ["a config map of one variable", container({ env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "c", key: "k" } } }] }), object("v1", "ConfigMap", "c", { data: { k: "v" } }), 'configmap "c" not found'],
  ["a mounted config map", { volumes: [{ name: "v", configMap: { name: "c" } }] }, object("v1", "ConfigMap", "c"), 'configmap "c" not found'],
  ["a mounted secret", { volumes: [{ name: "v", secret: { secretName: "s" } }] }, object("v1", "Secret", "s"), 'secret "s" not found'],
  ["a projected secret", { volumes: [{ name: "v", projected: { sources: [{ secret: { name: "s" } }] } }] }, object("v1", "Secret", "s"), 'secret "s" not found'],
  ["a claim", { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "p" } }] }, object("v1", "PersistentVolumeClaim", "p"), 'persistentvolumeclaim "p" not found'],
  ["a priority class", { priorityClassName: "high" }, object("scheduling.k8s.io/v1", "PriorityClass", "high", {}, ""), 'pods "web-0" is forbidden: no PriorityClass with name high was found'],
];

describe("not ready", () => {
  test.each(WAITING)("a deployment waits for %s", (_, pod, needs, reason) => {
    expect(references(workload(pod), cloud())).toEqual({ refused: [], notReady: [reason] });
    expect(references(workload(pod), cloud(needs))).toEqual({ refused: [], notReady: [] });
    expect(references(workload(pod, { replicas: 0 }), cloud())).toEqual({ refused: [], notReady: [] });
  });

  test.each([
    ["configMapKeyRef", "ConfigMap", "couldn't find key k in ConfigMap shop/n"],
    ["secretKeyRef", "Secret", "couldn't find key k in Secret shop/n"],
  ])("a deployment waits for the key of a %s", (source, kind, reason) => {
    const pod = container({ env: [{ name: "A", valueFrom: { [source]: { name: "n", key: "k" } } }] });
    expect(references(workload(pod), cloud(object("v1", kind, "n", { data: { other: "" } }))).notReady).toEqual([reason]);
    expect(references(workload(pod), cloud(object("v1", kind, "n", { data: { k: "" } }))).notReady).toEqual([]);
  });

  test("a deployment does not wait for what is optional, given to every namespace, or not known yet", () => {
    const pod = {
      serviceAccountName: UNKNOWN,
      volumes: [{ name: "a", configMap: { name: "kube-root-ca.crt" } }, { name: "b", secret: { secretName: UNKNOWN } }],
      ...container({ envFrom: [{ configMapRef: { name: "c", optional: true } }] }),
    };
    expect(references(workload(pod), cloud())).toEqual({ refused: [], notReady: [] });
  });

  test.each([
    ["Web", false], ["ghcr.io/x/web@sha256:abc", false], ["ghcr.io/x/web:", false], [`ghcr.io/x/web@sha256:${"0".repeat(64)}`, true],
    ["web", true], ["localhost:5000/web:v1.2_3", true], [UNKNOWN, true],
  ])("an image %j can be pulled: %s", (image, isWell) => {
    const reason = `failed to apply default image tag ${JSON.stringify(image)}: couldn't parse image name ${JSON.stringify(image)}: invalid reference format`;
    expect(references(workload(container({ image })), cloud()).notReady).toEqual(isWell ? [] : [reason]);
  });
});
