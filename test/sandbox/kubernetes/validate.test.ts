import { describe, expect, test } from "@jest/globals";
import { namespaced, UNKNOWN, validate } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";

type Spec = Record<string, unknown>;
const labels = { app: "web" };

const deployment = (container: Spec = {}, spec: Spec = {}, pod: Spec = {}): Manifest => ({
  apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "shop" },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "ghcr.io/x/web:1", ...container }], ...pod } }, ...spec },
});
const service = (spec: Spec): Manifest => ({ apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" }, spec });
const virtualService = (...weights: unknown[]): Manifest => ({
  apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata: { name: "web", namespace: "shop" },
  spec: { hosts: ["shop.example"], http: [{ route: weights.map((weight, index) => ({ destination: { host: "web", subset: `r${index}` }, weight })) }] },
});

test("trap 19: an unknown field is refused wherever it stands, as field validation Strict does", () => {
  expect(validate(deployment({ imge: "x" }, { replica: 3 }))).toEqual([
    { path: "spec.template.spec.containers[0].imge", reason: 'strict decoding error: unknown field "spec.template.spec.containers[0].imge"' },
    { path: "spec.replica", reason: 'strict decoding error: unknown field "spec.replica"' },
  ]);
  expect(validate({ ...virtualService(100), metadata: { name: "web", label: {} } })).toEqual([
    { path: "metadata.label", reason: 'strict decoding error: unknown field "metadata.label"' },
  ]);
  expect(validate({ ...virtualService(100), specs: {} })).toEqual([{ path: "specs", reason: 'strict decoding error: unknown field "specs"' }]);
});

test("trap 20: weights that do not add up to 100 are admitted, as Istio does, and split by their shares", () => {
  expect(validate(virtualService(90, 20))).toEqual([]);
  expect(validate(virtualService(1))).toEqual([]);
});

describe("weights", () => {
  const denied = (detail: string) => `admission webhook "validation.istio.io" denied the request: configuration is invalid: ${detail}`;
  test("below 0 are refused", () => {
    expect(validate(virtualService(-1, 2))).toEqual([{ path: "spec.http[0].route[0].weight", reason: denied("weight -1 < 0") }]);
  });
  test("all 0 are refused, unless one is not known yet", () => {
    expect(validate(virtualService(0, 0))).toEqual([{ path: "spec.http[0].route", reason: denied("total destination weight = 0") }]);
    expect(validate(virtualService(0, UNKNOWN))).toEqual([]);
  });
});

/** Where the server names a list as a whole, or a Go struct, the sandbox names the field itself. */
const CLOSER: [title: string, manifest: Manifest, problems: { path: string; reason: string }[]][] = [
  ["a deployment strategy is one of two", deployment({}, { strategy: { type: "BlueGreen" } }),
    [{ path: "spec.strategy.type", reason: 'Unsupported value: "BlueGreen": supported values: "Recreate", "RollingUpdate"' }]],
  ["two containers of one name do not apply", deployment({}, {}, { containers: [{ name: "a", image: "x" }, { name: "a", image: "y" }] }),
    [{ path: "spec.template.spec.containers", reason: 'duplicate entries for key [name="a"]' }]],
  ["two variables of one name do not apply", deployment({ env: [{ name: "A", value: "1" }, { name: "A", value: "2" }] }),
    [{ path: "spec.template.spec.containers[0].env", reason: 'duplicate entries for key [name="A"]' }]],
  ["a port is keyed by its number and its protocol, TCP by default", deployment({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: "TCP", name: "b" }] }),
    [{ path: "spec.template.spec.containers[0].ports", reason: 'duplicate entries for key [containerPort=80,protocol="TCP"]' }]],
  ["a sub-path stays inside its volume", deployment({ volumeMounts: [{ name: "v", mountPath: "/v", subPath: "../x" }] }, {}, { volumes: [{ name: "v", emptyDir: {} }] }),
    [{ path: "spec.template.spec.containers[0].volumeMounts[0].subPath", reason: "Invalid value: \"../x\": must not contain '..'" }]],
  ["a mount is made at one place once", deployment({ volumeMounts: [{ name: "v", mountPath: "/v" }, { name: "v", mountPath: "/v" }] }, {}, { volumes: [{ name: "v", emptyDir: {} }] }),
    [{ path: "spec.template.spec.containers[0].volumeMounts", reason: 'duplicate entries for key [mountPath="/v"]' }, { path: "spec.template.spec.containers[0].volumeMounts[1].mountPath", reason: 'Invalid value: "/v": must be unique' }]],
  ["an environment comes from something", deployment({ envFrom: [{}] }),
    [{ path: "spec.template.spec.containers[0].envFrom[0]", reason: "Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`" }]],
  ["an environment comes from one thing", deployment({ envFrom: [{ configMapRef: { name: "a" }, secretRef: { name: "b" } }] }),
    [{ path: "spec.template.spec.containers[0].envFrom[0]", reason: 'Invalid value: "": may not have more than one field specified at a time' }]],
  ["privileged and unprivileged exclude each other", deployment({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    [{ path: "spec.template.spec.containers[0].securityContext", reason: "Invalid value: \"\": cannot set `allowPrivilegeEscalation` to false and `privileged` to true" }]],
  ["an escalating capability excludes a ban on escalation", deployment({ securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ["SYS_ADMIN"] } } }),
    [{ path: "spec.template.spec.containers[0].securityContext", reason: "Invalid value: \"\": cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN" }]],
  ["a disruption budget limits one way", { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "web" }, spec: { minAvailable: 1, maxUnavailable: 1 } },
    [{ path: "spec", reason: 'Invalid value: {"minAvailable":1,"maxUnavailable":1}: minAvailable and maxUnavailable cannot be both set' }]],
  ["a policy type is one of two", { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "web" }, spec: { podSelector: {}, policyTypes: ["In"] } },
    [{ path: "spec.policyTypes[0]", reason: 'Unsupported value: "In": supported values: "Egress", "Ingress"' }]],
  ["a cluster's address is an address", service({ ports: [{ port: 80 }], clusterIP: "ten" }),
    [{ path: "spec.clusterIPs[0]", reason: 'Invalid value: "ten": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)' }]],
  ["a balanced service has an address", service({ type: "LoadBalancer", clusterIP: "None", ports: [{ port: 80 }] }),
    [{ path: "spec.clusterIPs[0]", reason: "Invalid value: \"None\": may not be set to 'None' for LoadBalancer services" }]],
  ["a session's time is with a session", service({ ports: [{ port: 80 }], sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } }),
    [{ path: "spec.sessionAffinityConfig.clientIP.timeoutSeconds", reason: "Invalid value: 0: must be greater than 0 and less than 86400" },
      { path: "spec.sessionAffinityConfig", reason: 'Forbidden: must not be set when session affinity is "None"' }]],
  ["a lone finalizer is one of Kubernetes' own", { ...service({ ports: [{ port: 80 }] }), metadata: { name: "web", finalizers: ["mine"] } },
    [{ path: "metadata.finalizers[0]", reason: 'Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified' }]],
];

test.each(CLOSER)("%s", (_, manifest, problems) => {
  expect(validate(manifest)).toEqual(problems);
});

describe("a kind", () => {
  test("that its group does not have is refused", () => {
    expect(validate({ apiVersion: "apps/v1", kind: "Deploymnt", metadata: { name: "web" } })).toEqual([{ path: "", reason: 'no matches for kind "Deploymnt" in version "apps/v1"' }]);
    expect(validate({ apiVersion: "networking.istio.io/v2", kind: "Gateway", metadata: { name: "web" } })).toEqual([{ path: "", reason: 'no matches for kind "Gateway" in version "networking.istio.io/v2"' }]);
  });
  test("of a group that nobody published here is judged by its metadata alone", () => {
    expect(validate({ apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "web" }, anything: true })).toEqual([]);
    expect(validate({ apiVersion: "example.com/v1", kind: "Thing", metadata: {} })).toEqual([{ path: "metadata.name", reason: "Required value: name or generateName is required" }]);
  });
});

test.each([
  ["v1", "Namespace", false], ["rbac.authorization.k8s.io/v1", "ClusterRole", false], ["rbac.authorization.k8s.io/v1", "Role", true],
  ["apps/v1", "Deployment", true], ["networking.istio.io/v1beta1", "VirtualService", true], ["flagger.app/v1beta1", "Canary", true], ["example.com/v1", "Thing", true],
])("%s %s is namespaced: %s", (apiVersion, kind, answer) => {
  expect(namespaced(apiVersion, kind)).toBe(answer);
});
