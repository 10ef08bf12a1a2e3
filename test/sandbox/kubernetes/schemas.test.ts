import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { isClosedGroup, kindOf } from "../../../sandbox/kubernetes/catalogue.ts";
import { enumFields, enumTypes } from "../../../sandbox/schemas/goEnums.ts";
import { prune, pruneDefinition, reachable } from "../../../sandbox/schemas/prune.ts";

const FILES = ["kubernetes.json", "kubernetes-istio.json", "kubernetes-monitoring.json", "kubernetes-flagger.json"];
const pathOf = (file: string): string => join(import.meta.dirname, "..", "..", "..", "sandbox", "schemas", file);
const MOST_BYTES = 400_000;

describe("the files", () => {
  test.each(FILES)("%s says where it comes from, holds one definition a line and no prose", (file) => {
    const text = readFileSync(pathOf(file), "utf8");
    const { provenance, kinds, definitions } = JSON.parse(text);
    expect(provenance).toMatchObject({ licence: "Apache-2.0", by: "sandbox/schemas/generate.ts" });
    expect(provenance.from).toEqual(expect.arrayContaining([expect.stringMatching(/^[a-z0-9.]+\/[^@]+@v\d/)]));
    expect(text.trimEnd().split("\n")).toHaveLength(Object.keys(kinds).length + Object.keys(definitions).length + 7);
    expect(text).not.toContain('"description":"');
  });
  test("are small", () => {
    expect(FILES.reduce((sum, file) => sum + statSync(pathOf(file)).size, 0)).toBeLessThan(MOST_BYTES);
  });
});

const ISTIO = "networking.istio.io";
test.each([
  ...["Namespace", "ServiceAccount", "ConfigMap", "Secret", "Service", "Pod", "ResourceQuota", "LimitRange", "PersistentVolumeClaim"].map((kind) => ["v1", kind]),
  ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map((kind) => ["apps/v1", kind]),
  ...["Job", "CronJob"].map((kind) => ["batch/v1", kind]),
  ["autoscaling/v2", "HorizontalPodAutoscaler"], ["policy/v1", "PodDisruptionBudget"],
  ...["NetworkPolicy", "Ingress"].map((kind) => ["networking.k8s.io/v1", kind]),
  ...["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"].map((kind) => ["rbac.authorization.k8s.io/v1", kind]),
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition"], ["scheduling.k8s.io/v1", "PriorityClass"],
  ...["Gateway", "VirtualService", "DestinationRule", "ServiceEntry", "WorkloadEntry", "Sidecar"].flatMap((kind) => [[`${ISTIO}/v1`, kind], [`${ISTIO}/v1beta1`, kind]]),
  [`${ISTIO}/v1alpha3`, "EnvoyFilter"],
  ...["PeerAuthentication", "AuthorizationPolicy", "RequestAuthentication"].map((kind) => ["security.istio.io/v1", kind]),
  ["telemetry.istio.io/v1", "Telemetry"],
  ...["PrometheusRule", "ServiceMonitor", "PodMonitor", "Probe"].map((kind) => ["monitoring.coreos.com/v1", kind]),
  ["monitoring.coreos.com/v1alpha1", "AlertmanagerConfig"],
  ...["Canary", "MetricTemplate", "AlertProvider"].map((kind) => ["flagger.app/v1beta1", kind]),
])("%s %s is a known kind", (apiVersion = "", kind = "") => {
  expect(kindOf(apiVersion, kind)).toMatchObject({ plural: expect.stringMatching(/^[a-z]+$/) });
});

test("a group is closed when its schemas are here", () => {
  expect(["v1", "apps/v1", "networking.k8s.io/v1", "networking.istio.io/v1", "monitoring.coreos.com/v1", "flagger.app/v1beta1"].map(isClosedGroup)).toEqual(Array(6).fill(true));
  expect(["example.com/v1", "argoproj.io/v1alpha1"].map(isClosedGroup)).toEqual([false, false]);
});

describe("the generator", () => {
  test("keeps what is judged and drops prose, hints and rules that nobody here can judge", () => {
    expect(prune({
      description: "prose", type: "object", "x-kubernetes-map-type": "atomic", properties: { a: { type: "string", default: "", maxLength: 3 } },
      "x-kubernetes-validations": [{ rule: "self != \"*\"", message: "no star" }, { rule: "self.deep().magic()", message: "no" }],
    }, true)).toEqual({ type: "object", properties: { a: { type: "string", default: "", maxLength: 3 } }, "x-kubernetes-validations": [{ rule: "self != \"*\"", message: "no star" }] });
  });
  test("drops the zero defaults of Go types and unwraps their references", () => {
    expect(prune({ allOf: [{ $ref: "#/components/schemas/io.k8s.api.core.v1.Probe" }], default: {} }, false)).toEqual({ $ref: "api.core.v1.Probe" });
    expect(prune({ type: "string", default: "TCP" }, false)).toEqual({ type: "string", default: "TCP" });
  });
  test("reads the enums of a Go package and writes them into the fields of their type", () => {
    const source = [
      "// PullPolicy says when.", "// +enum", "type PullPolicy string", "const (", "\t// never", '\tPullNever PullPolicy = "Never"', '\tPullAlways PullPolicy = "Always"',
      '\tPathExact = PathType("Exact")', ")", "type Container struct {", '\tPolicy PullPolicy `json:"policy,omitempty"`', '\tOthers []PullPolicy `json:"others"`',
      '\tPath *v1.PathType `json:"path"`', '\tName string `json:"name"`', "}",
    ].join("\n");
    const found = enumFields("api.core.v1", source, enumTypes(source));
    expect(Object.fromEntries(found)).toEqual({ "api.core.v1.Container.policy": ["Always", "Never"], "api.core.v1.Container.others": ["Always", "Never"], "api.core.v1.Container.path": ["Exact"] });
    expect(pruneDefinition("api.core.v1.Container", { type: "object", properties: { policy: { type: "string" }, others: { type: "array", items: { type: "string" } }, name: { type: "string" } } }, found)).toEqual({
      type: "object", properties: { policy: { type: "string", enum: ["Always", "Never"] }, others: { type: "array", items: { type: "string", enum: ["Always", "Never"] } }, name: { type: "string" } },
    });
  });
  test("keeps only what its kinds reach", () => {
    const definitions = new Map([["a", { $ref: "b" }], ["b", { type: "string" }], ["c", { type: "string" }]]);
    expect([...reachable(definitions, ["a"]).keys()]).toEqual(["a", "b"]);
  });
});
