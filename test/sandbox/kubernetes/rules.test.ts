import { expect, test } from "@jest/globals";
import { validate } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";

const object = (apiVersion: string, kind: string, spec: unknown, metadata: Record<string, unknown> = {}): Manifest => ({ apiVersion, kind, metadata: { name: "web", ...metadata }, spec });
const container = (own: Record<string, unknown>): Manifest => object("v1", "Pod", { containers: [{ name: "web", image: "x", ...own }] });
const deployment = (selector: unknown, labels: unknown): Manifest => object("apps/v1", "Deployment", { selector, template: { metadata: { labels }, spec: { containers: [{ name: "a", image: "x" }] } } });
const definition = (metadata: Record<string, unknown>, storage: boolean[]): Manifest => object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
  group: "example.com", scope: "Namespaced", names: { plural: "things", kind: "Thing" },
  versions: storage.map((each, index) => ({ name: `v${index + 1}`, served: true, storage: each, schema: { openAPIV3Schema: { type: "object" } } })),
}, metadata);
const claim = (spec: unknown): Manifest => object("v1", "PersistentVolumeClaim", spec);
const policy = (to: unknown): Manifest => object("networking.k8s.io/v1", "NetworkPolicy", { podSelector: {}, egress: [{ to: [to] }] });
const http = (route: Record<string, unknown>): Manifest => object("networking.istio.io/v1", "VirtualService", { hosts: ["a.b"], http: [{ route: [{ destination: { host: "web" } }], ...route }] });
const rule = (trafficPolicy: unknown): Manifest => object("networking.istio.io/v1", "DestinationRule", { host: "web", trafficPolicy });
const denied = (detail: string): string => `admission webhook "validation.istio.io" denied the request: configuration is invalid: ${detail}`;
const MISMATCH = (labels: string): string => `Invalid value: ${labels}: \`selector\` does not match template \`labels\``;
const HANDLER = "Required value: must specify a handler type";
const IN_POD = "spec.containers[0]";

/** Each rule twice: what keeps it, and what breaks it with the server's text. */
const RULES: [title: string, good: Manifest[], bad: Manifest, path: string, reason: string][] = [
  ["a selector's expressions pick the template's labels",
    [deployment({ matchExpressions: [{ key: "a", operator: "In", values: ["b"] }, { key: "c", operator: "DoesNotExist" }, { key: "a", operator: "Exists" }, { key: "d", operator: "NotIn", values: ["e"] }] }, { a: "b" })],
    deployment({ matchExpressions: [{ key: "a", operator: "NotIn", values: ["b"] }] }, { a: "b" }), "spec.template.metadata.labels", MISMATCH('{"a":"b"}')],
  ["a definition is named after its plural and group", [definition({ name: "things.example.com" }, [true])],
    definition({ name: "thing.example.com" }, [true]), "metadata.name", 'Invalid value: "thing.example.com": must be spec.names.plural+"."+spec.group'],
  ["a priority of the system's names is the system's", [{ apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "system-node-critical" }, value: 1 }],
    { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "system-mine" }, value: 1 }, "metadata.name",
    "Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class"],
  ["a claim asks for more than nothing", [claim({ accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } })],
    claim({ accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "0" } } }), "spec.resources[storage]", 'Invalid value: "0": must be greater than zero'],
  ["annotations are 256 KiB at most", [object("v1", "ServiceAccount", undefined, { annotations: { a: "x".repeat(1000), "sidecar.istio.io/Inject": "true" } })],
    object("v1", "ServiceAccount", undefined, { annotations: { a: "x".repeat(262_144) } }), "metadata.annotations", "Too long: may not be more than 262144 bytes"],
  ["a finalizer has a domain, or is the server's own", [object("v1", "ServiceAccount", undefined, { finalizers: ["a.b/c", "orphan"] })],
    object("v1", "ServiceAccount", undefined, { finalizers: ["a"] }), "metadata.finalizers[0]", 'Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified'],
  ["an exception lies within its range", [policy({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }), policy({ ipBlock: { cidr: "2001:db8::/32", except: ["2001:db8:1::/48"] } })],
    policy({ ipBlock: { cidr: "10.0.0.0/8", except: ["10.0.0.0/8"] } }), "spec.egress[0].to[0].ipBlock.except[0]", 'Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`'],
  ["a balancer's ranges are ranges", [object("v1", "Service", { type: "LoadBalancer", ports: [{ port: 80 }], loadBalancerSourceRanges: ["10.0.0.0/8"] })],
    object("v1", "Service", { type: "LoadBalancer", ports: [{ port: 80 }], loadBalancerSourceRanges: ["10.0.0.0"] }), "spec.loadBalancerSourceRanges[0]",
    'Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
  ["a probe asks in one way", [container({ livenessProbe: { tcpSocket: { port: 80 } } })], container({ livenessProbe: {} }), `${IN_POD}.livenessProbe`, HANDLER],
  ["a probe's header is a header", [container({ livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: "X-A", value: "" }] } } })],
    container({ livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: "X A" }] } } }), `${IN_POD}.livenessProbe.httpGet.httpHeaders[0].name`,
    "Invalid value: \"X A\": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"],
  ["a hook does something", [container({ lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } } })], container({ lifecycle: { preStop: {} } }), `${IN_POD}.lifecycle.preStop`, HANDLER],
  ["a hook does one thing", [container({ lifecycle: { preStop: { sleep: { seconds: 5 } } } })],
    container({ lifecycle: { preStop: { sleep: { seconds: 5 }, tcpSocket: { port: 80 } } } }), `${IN_POD}.lifecycle.preStop.sleep`, "Forbidden: may not specify more than 1 handler type"],
  ["an image has no spaces around it", [container({})], container({ image: "x " }), `${IN_POD}.image`, 'Invalid value: "x ": must not have leading or trailing whitespace'],
  ["huge pages have a limit that is their request", [container({ resources: { requests: { cpu: 1, "hugepages-2Mi": "2Mi" }, limits: { "hugepages-2Mi": "2Mi" } } })],
    container({ resources: { requests: { "hugepages-2Mi": "2Mi" }, limits: { "hugepages-2Mi": "4Mi" } } }), `${IN_POD}.resources.requests`, 'Invalid value: "2Mi": must be equal to hugepages-2Mi limit of 4Mi'],
  ["a token lives for ten minutes at least", [object("v1", "Pod", { containers: [{ name: "a", image: "x" }], volumes: [{ name: "t", projected: { sources: [{ serviceAccountToken: { path: "t", expirationSeconds: 600 } }] } }] })],
    object("v1", "Pod", { containers: [{ name: "a", image: "x" }], volumes: [{ name: "t", projected: { sources: [{ serviceAccountToken: { path: "t", expirationSeconds: 2 ** 33 } }] } }] }),
    "spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds", "Invalid value: 8589934592: may not specify a duration larger than 2^32 seconds"],
  ["a retry needs an attempt", [http({ retries: { attempts: 2, retryOn: "5xx,503,reset" } })], http({ retries: { attempts: 2, retryOn: "sometimes" } }), "spec.http[0].retries.retryOn", denied('"sometimes" is not a valid retryOn policy')],
  ["a redirect's code is one", [object("networking.istio.io/v1", "VirtualService", { hosts: ["a.b"], http: [{ redirect: { uri: "/x", redirectCode: 301 } }] })],
    object("networking.istio.io/v1", "VirtualService", { hosts: ["a.b"], http: [{ redirect: { uri: "/x", redirectCode: 200 } }] }), "spec.http[0].redirect.redirectCode", denied("200 is not a valid redirect code, must be 3xx")],
  ["a mirror gets a share that exists", [http({ mirror: { host: "b" }, mirrorPercentage: { value: 12.5 } })], http({ mirror: { host: "b" }, mirrorPercentage: { value: -1 } }), "spec.http[0].mirrorPercentage",
    denied("mirror_percentage must have a min value of 0 (it has -1.000000)")],
  ["a root route that delegates does nothing else", [object("networking.istio.io/v1", "VirtualService", { hosts: ["a.b"], http: [{ delegate: { name: "x" } }] })],
    http({ delegate: { name: "x" } }), "spec.http[0]", denied("root HTTP route  must not specify route")],
  ["Envoy's timers count milliseconds", [http({ timeout: "1.5s" })], http({ timeout: "1.0005s" }), "spec.http[0].timeout", denied("only durations to ms precision are supported")],
  ["an ejection's share is one", [rule({ outlierDetection: { maxEjectionPercent: 100, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 5 } })],
    rule({ outlierDetection: { maxEjectionPercent: 101 } }), "spec.trafficPolicy.outlierDetection.maxEjectionPercent", denied("percentage 101 is not in range 0..100")],
  ["a connection pool limits something", [rule({ connectionPool: { tcp: { maxConnections: 5 } } })], rule({ connectionPool: {} }), "spec.trafficPolicy.connectionPool", denied("connection pool must have at least one field")],
];

test.each(RULES)("%s", (_, good, bad, path, reason) => {
  expect(good.map(validate)).toEqual(good.map(() => []));
  expect(validate(bad)).toEqual([{ path, reason }]);
});

test("a definition stores one version, and a status is not judged", () => {
  expect(validate(definition({ name: "things.example.com" }, [true, true]))).toEqual([{ path: "spec.versions", reason: expect.stringMatching(/: must have exactly one version marked as storage version$/) }]);
  expect(validate({ ...deployment({ matchLabels: { a: "b" } }, { a: "b" }), status: { anything: true } })).toEqual([]);
});

test("a secret's values never stand in what is said of them", () => {
  const said = validate({ apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, type: "kubernetes.io/dockerconfigjson", data: { a: "canary!" }, stringData: { ".dockerconfigjson": "canary" } });
  expect(said).toEqual([{ path: "data[a]", reason: "illegal base64 data at input byte 6" }]);
  expect(JSON.stringify(validate({ apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": "canary" } }))).not.toContain("canary");
});

test("a secret and a config map hold 1 MiB at most", () => {
  const most = "Too long: may not be more than 1048576 bytes";
  expect(validate({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: "x".repeat(1_048_577) } })).toEqual([{ path: "", reason: most }]);
  expect(validate({ apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, stringData: { a: "x".repeat(1_048_577) } })).toEqual([{ path: "data", reason: most }]);
});
