import { expect, test } from "@jest/globals";
import { problems } from "./problems.ts";

const LITTLE = { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "128Mi" } };
const two = { kind: "fixed", replicas: 2 };

test.each<[string, Record<string, object>, Record<string, object>?]>([
  ["names and labels that only resemble the cluster's own", {
    notdefault: {}, "my-kube-system": {},
    shop: { labels: { "x.pod-security.kubernetes.io/enforce": "a", "my-istio-injection": "a", "istio-injection-x": "a", "app.kubernetes.io/metadata.name": "a", "kubernetes.io/metadata.names": "a" } },
  }],
  ["a quota that requests what it limits", { shop: { quota: { requests: { memory: "4Gi" }, limits: { memory: "4Gi" } } } }],
  ["container defaults at their bounds", { shop: { containers: { defaults: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } }, max: { cpu: "1", memory: "1Gi" } } } }],
  ["a service at the container's bound", { shop: { containers: { max: { cpu: "2", memory: "2Gi" } } } }, { storefront: { resources: { ...LITTLE, limits: { cpu: "2", memory: "2Gi" } } } }],
  ["a service without a limit of processors under a bound of them", { shop: { containers: { max: { cpu: "2", memory: "2Gi" } } } }, { storefront: { resources: LITTLE } }],
  ["a service in a namespace that is not there", {}, { storefront: {} }],
  ["a quota in which the fewest pods fit exactly", { shop: { quota: { requests: { cpu: "200m", memory: "128Mi" }, limits: { memory: "256Mi" }, pods: 2 } } }, { storefront: { resources: LITTLE, scaling: two } }],
  ["a caller that may go elsewhere too", { shop: {}, jobs: { egress: [{ to: { namespace: "data" } }, { to: { namespace: "shop" } }] } }, { storefront: { traffic: { callers: [{ namespace: "jobs" }] } } }],
  ["a small quota beside a namespace of many pods", { shop: {}, jobs: { quota: { pods: 1 } } }, { storefront: { resources: LITTLE, scaling: two } }],
])("%s: nothing to say", (_, namespaces, services = {}) => {
  expect(problems(namespaces, services)).toEqual([]);
});

test("every label that a setting decides is refused", () => {
  expect(problems({ shop: { labels: { "istio.io/rev": "canary", "kubernetes.io/metadata.name": "store" } } })).toEqual([
    'namespaces.shop.labels["istio.io/rev"]: is decided by mesh, got "canary"; remove it here',
    `namespaces.shop.labels["kubernetes.io/metadata.name"]: is decided by the entry's name, got "store"; remove it here`,
  ]);
});

test("memory is counted as requests and as limits", () => {
  const storefront = { resources: LITTLE, scaling: two };
  const quota = { requests: { cpu: "1", memory: "127Mi" }, limits: { memory: "255Mi" }, pods: 4 };
  const todo = "raise it, with room for candidates and sidecars, or run fewer pods";
  expect(problems({ shop: { quota } }, { storefront })).toEqual([
    `namespaces.shop.quota.requests.memory: is too little for the fewest pods of its services (134217728), got "127Mi"; ${todo}`,
    `namespaces.shop.quota.limits.memory: is too little for the fewest pods of its services (268435456), got "255Mi"; ${todo}`,
  ]);
});
