import { describe, expect, test } from "@jest/globals";
import { parseSettings } from "../../settings/parse.ts";
import { problemText } from "../../settings/problem.ts";
import { problems } from "./problems.ts";

/** What the whole reader says about one namespace. */
function refused(namespace: unknown): string[] {
  const parsed = parseSettings({ "github:owner": "acme", "slipway:namespaces": JSON.stringify({ shop: namespace }) }, new Set());
  return "problems" in parsed ? parsed.problems.map(problemText) : [];
}

describe("the rules of namespaces", () => {
  test("have nothing to say about the defaults, nor about callers who can arrive", () => {
    expect(problems({ shop: {} }, { storefront: {} })).toEqual([]);
    const callers = [{ namespace: "jobs" }, { namespace: "shop" }, { namespace: "elsewhere" }];
    const jobs = { egress: [{ to: { namespace: "shop" } }] };
    expect(problems({ shop: {}, jobs }, { storefront: { traffic: { callers } } })).toEqual([]);
    expect(problems({ shop: {}, jobs: { egress: [{ to: { cidr: "10.0.0.0/8" } }] } }, { storefront: { traffic: { callers } } })).toEqual([]);
  });

  test.each<[string, Record<string, object>, Record<string, object>, string[]]>([
    [
      "the cluster's own names",
      { default: {}, "kube-system": {}, defaults: {} },
      {},
      [
        "namespaces.default: is a namespace of the cluster itself; choose another name",
        "namespaces.kube-system: is a namespace of the cluster itself; choose another name",
      ],
    ],
    [
      "labels that settings decide",
      { shop: { labels: { "pod-security.kubernetes.io/enforce": "privileged", "istio-injection": "disabled", team: "shop" } } },
      {},
      [
        'namespaces.shop.labels["pod-security.kubernetes.io/enforce"]: is decided by podSecurity, got "privileged"; remove it here',
        'namespaces.shop.labels.istio-injection: is decided by mesh, got "disabled"; remove it here',
      ],
    ],
    [
      "a quota that requests more than it limits",
      { shop: { quota: { requests: { memory: "8Gi" }, limits: { memory: "4Gi" } } } },
      {},
      ['namespaces.shop.quota.requests.memory: is more than the limits together (4Gi), got "8Gi"; write less, or raise quota.limits.memory'],
    ],
    [
      "container defaults that contradict each other",
      {
        shop: {
          containers: { defaults: { requests: { cpu: "2", memory: "1Gi" }, limits: { memory: "512Mi" } }, max: { cpu: "1", memory: "256Mi" } },
        },
      },
      {},
      [
        'namespaces.shop.containers.defaults.requests.memory: is more than its own limit (512Mi), got "1Gi"; write less, or raise that',
        'namespaces.shop.containers.defaults.limits.memory: is more than max (256Mi), got "512Mi"; write less, or raise that',
        'namespaces.shop.containers.defaults.requests.cpu: is more than max (1), got "2"; write less, or raise that',
      ],
    ],
    [
      "a service above the container's bound",
      { shop: { containers: { max: { cpu: "1", memory: "1Gi" } } } },
      { storefront: { resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } } } },
      [
        'services.storefront.resources.limits.memory: is more than namespaces.shop.containers.max (1Gi), got "2Gi"; write less, or raise that',
        'services.storefront.resources.limits.cpu: is more than namespaces.shop.containers.max (1), got "2"; write less, or raise that',
      ],
    ],
    [
      "a quota in which the fewest pods do not fit",
      { shop: { quota: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "2Gi" }, pods: 4 } } },
      {
        storefront: { resources: { requests: { cpu: "300m", memory: "64Mi" }, limits: { memory: "64Mi" } }, scaling: { kind: "auto", min: 3, max: 4 } },
        search: { resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "64Mi" } }, scaling: { kind: "fixed", replicas: 2 } },
      },
      [
        'namespaces.shop.quota.requests.cpu: is too little for the fewest pods of its services (1.1), got "1"; raise it, with room for candidates and sidecars, or run fewer pods',
        "namespaces.shop.quota.pods: is too little for the fewest pods of its services (5), got 4; raise it, with room for candidates and sidecars, or run fewer pods",
      ],
    ],
    [
      "services without sidecars",
      { shop: { mesh: { kind: "none", reason: "batch jobs" } } },
      { storefront: {} },
      [
        'services.storefront.namespace: is a namespace without sidecars, got "shop"; set namespaces.shop.mesh to kind: injected, or choose another',
      ],
    ],
    [
      "callers that cannot leave their namespace",
      { shop: {}, jobs: { egress: [{ to: { namespace: "data" } }] } },
      { storefront: { traffic: { callers: [{ namespace: "shop" }, { namespace: "jobs" }] } } },
      [
        'services.storefront.traffic.callers[1].namespace: is a namespace that lets nothing out to shop, got "jobs"; add { to: { namespace: shop } } to namespaces.jobs.egress',
      ],
    ],
  ])("refuse %s", (_, namespaces, services, texts) => {
    expect(problems(namespaces, services)).toEqual(texts);
  });

  test("leave a namespace without a quota alone", () => {
    expect(problems({ shop: { quota: { unlimited: "a cluster of its own" } } }, { storefront: { scaling: { kind: "fixed", replicas: 900 } } })).toEqual([]);
  });
});

describe("the settings of a namespace", () => {
  test.each<[unknown, string]>([
    [{ podSecurty: {} }, "namespaces.shop.podSecurty: is not a setting; write podSecurity instead"],
    [
      { podSecurity: { level: "baseline" } },
      "namespaces.shop.podSecurity.reason: is missing; say why this namespace is an exception",
    ],
    [{ podSecurity: { level: "strict" } }, 'namespaces.shop.podSecurity.level: is none of restricted, baseline, privileged, got "strict"; write one of them'],
    [
      { mesh: { kind: "none", reason: "" } },
      'namespaces.shop.mesh.reason: is not a reason of 1 to 300 characters, got ""; say why this namespace is an exception',
    ],
    [{ mesh: { kind: "ambient" } }, 'namespaces.shop.mesh.kind: is none of injected, none, got "ambient"; write one of them'],
    [{ scrapers: ["Monitoring"] }, 'namespaces.shop.scrapers[0]: is not a DNS label, got "Monitoring"; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last'],
    [{ egress: [{ to: { cidr: "10.0.0.0" } }] }, 'namespaces.shop.egress[0].to.cidr: is not a block of addresses, got "10.0.0.0"; write one such as 10.20.0.0/16'],
    [
      { egress: [{ to: { namespace: "data" }, ports: [{ port: 0 }] }] },
      "namespaces.shop.egress[0].ports[0].port: is not a whole number from 1 to 65535, got 0; write the port without quotes",
    ],
    [
      { quota: { requests: { cpu: "much" } } },
      'namespaces.shop.quota.requests.cpu: is not a Kubernetes quantity, got "much"; write one such as 500m, 2 or 64Mi',
    ],
    [{ quota: { pods: "50" } }, 'namespaces.shop.quota.pods: is not a whole number from 1 to 10000, got "50"; write the number of pods without quotes'],
    [{ labels: { team: "a b" } }, 'namespaces.shop.labels.team: is not the value of a Kubernetes label, got "a b"; use at most 63 letters, digits, dots, dashes and underscores'],
    [
      { labels: { "a b": "x" } },
      'namespaces.shop.labels["a b"]: is not the key of a Kubernetes label, got "a b"; use letters, digits, dots, dashes and underscores, with or without a domain such as example.com/ before them',
    ],
    [{ protect: "no" }, 'namespaces.shop.protect: is not true or false, got "no"; write true or false without quotes'],
  ])("%j is refused", (namespace, text) => {
    expect(refused(namespace)).toEqual([text]);
  });

  test("whose registry token is typed out is refused without showing it", () => {
    const texts = refused({ pull: { username: "puller", token: "ghp_canary" } });
    expect(texts).toHaveLength(1);
    expect(texts.join()).toMatch(/^namespaces\.shop\.pull\.token: /);
    expect(texts.join()).not.toContain("ghp_canary");
  });
});
