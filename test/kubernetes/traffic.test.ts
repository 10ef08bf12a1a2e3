import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Traffic } from "../../components/kubernetes/traffic.ts";
import type { TrafficArgs } from "../../components/kubernetes/traffic.ts";
import { declared, inputsOf, objects } from "./declared.ts";
import type { Declared } from "./declared.ts";
import { EXPOSED, GATEWAY, IN_MESH, SPECIFICATION } from "./fixtures.ts";

const HOST = "storefront.shop.svc.cluster.local";
const LABELS = { app: "storefront", "app.kubernetes.io/name": "storefront", "app.kubernetes.io/managed-by": "slipway" };
const METADATA = { name: "storefront", namespace: "shop", labels: LABELS };
const SELECTOR = { matchLabels: { app: "storefront" } };
const SPLIT = [{ subset: "ra", weight: 90 }, { subset: "rb", weight: 10 }, { subset: "rc", weight: 0 }];

class Pods extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:Pods", name, {}, opts);
  }
}

function traffic(args: Partial<TrafficArgs> = {}): Promise<Declared[]> {
  return declared((opts) => {
    const ready = Object.fromEntries(["ra", "rb", "rc"].map((id) => [id, new Pods(id, opts)]));
    const usual = { service: "storefront", namespace: "shop", ports: SPECIFICATION.ports, split: SPLIT, candidate: "rb", traffic: IN_MESH, ready };
    new Traffic("storefront", { ...usual, ...args }, opts);
  });
}

function find(all: readonly Declared[], name: string): Declared | undefined {
  return all.find((resource) => resource.name === name);
}

describe("the traffic of a service", () => {
  test("is these objects, all under itself", async () => {
    const all = await traffic({ traffic: { ...EXPOSED, affinity: { kind: "pod", by: { header: "x-user" } } } });
    expect(objects(all)).toEqual([
      "Service storefront-service",
      "Gateway storefront-gateway",
      "DestinationRule storefront-policy",
      "DestinationRule storefront-subset-ra",
      "DestinationRule storefront-subset-rb",
      "DestinationRule storefront-subset-rc",
      "VirtualService storefront-routes",
      "PeerAuthentication storefront-mtls",
      "AuthorizationPolicy storefront-callers",
      "NetworkPolicy storefront-callers-network",
    ]);
    const parents = all.filter(({ type }) => type.startsWith("kubernetes:")).map(({ parent }) => parent);
    expect(new Set(parents)).toEqual(new Set(["slipway:kubernetes:Traffic storefront"]));
  });

  test("inside the mesh alone needs no gateway and no policy", async () => {
    const kinds = objects(await traffic());
    expect(kinds).not.toContain("Gateway storefront-gateway");
    expect(kinds).not.toContain("DestinationRule storefront-policy");
  });

  test("has one address over all revisions, whose ports say what they speak", async () => {
    expect(inputsOf(await traffic(), "Service")).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: METADATA,
      spec: {
        selector: { app: "storefront" },
        ports: [{ name: "http", port: 8080, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
      },
    });
  });

  test.each([
    ["by name where a candidate has it under another number", { name: "http", port: 8081, protocol: "http" as const }, "http"],
    ["by number where a candidate has it under another name", { name: "web", port: 8080, protocol: "http" as const }, 8080],
  ])("finds its port %s", async (_, other, targetPort) => {
    expect(inputsOf(await traffic({ otherPorts: [other] }), "Service")).toHaveProperty("spec.ports", [
      { name: "http", port: 8080, targetPort, protocol: "TCP", appProtocol: "http" },
    ]);
  });

  test("is encrypted and admits nobody unnamed", async () => {
    const all = await traffic();
    expect(inputsOf(all, "PeerAuthentication")).toEqual({
      apiVersion: "security.istio.io/v1", kind: "PeerAuthentication", metadata: METADATA, spec: { selector: SELECTOR, mtls: { mode: "STRICT" } },
    });
    expect(inputsOf(all, "AuthorizationPolicy")).toEqual({
      apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy", metadata: METADATA, spec: { selector: SELECTOR, action: "ALLOW", rules: [] },
    });
    expect(inputsOf(all, "NetworkPolicy")).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: METADATA,
      spec: { podSelector: SELECTOR, policyTypes: ["Ingress"], ingress: [] },
    });
  });

  test("has a rule for each subset, so that one can come and go alone", async () => {
    expect(inputsOf(await traffic(), "DestinationRule", "storefront-subset-rb")).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: { name: "storefront-rb", namespace: "shop", labels: { ...LABELS, version: "rb", "slipway.dev/revision": "rb" } },
      spec: { host: HOST, subsets: [{ name: "rb", labels: { app: "storefront", version: "rb" } }] },
    });
  });

  test("has one policy over all subsets", async () => {
    const all = await traffic({ traffic: { ...IN_MESH, affinity: { kind: "pod", by: { header: "x-user" } } } });
    expect(inputsOf(all, "DestinationRule", "storefront-policy")).toEqual({
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      metadata: METADATA,
      spec: { host: HOST, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: "x-user" } } } },
    });
  });

  test("trap 18: weight moves after the pods that get it are ready, and after the subsets that are named", async () => {
    const all = await traffic({ traffic: EXPOSED });
    expect(find(all, "storefront-routes")?.dependsOn).toEqual([
      "test:Pods ra",
      "test:Pods rb",
      "kubernetes:core/v1:Service storefront-service",
      "kubernetes:networking.istio.io/v1:Gateway storefront-gateway",
      "kubernetes:networking.istio.io/v1:DestinationRule storefront-subset-ra",
      "kubernetes:networking.istio.io/v1:DestinationRule storefront-subset-rb",
      "kubernetes:networking.istio.io/v1:DestinationRule storefront-subset-rc",
    ]);
  });

  test("weight moves away from a revision whose pods never get ready", async () => {
    const all = await traffic({ split: [{ subset: "ra", weight: 100 }, { subset: "rb", weight: 0 }] });
    expect(find(all, "storefront-routes")?.dependsOn).toContain("test:Pods ra");
    expect(find(all, "storefront-routes")?.dependsOn).not.toContain("test:Pods rb");
  });

  test("tells its hosts", async () => {
    const hosts: string[][] = [];
    await traffic().then(() => declared((opts) => {
      const args = { service: "storefront", namespace: "shop", ports: SPECIFICATION.ports, traffic: EXPOSED };
      const component = new Traffic("storefront", { ...args, split: [{ subset: "ra", weight: 100 }], ready: { ra: new Pods("ra", opts) } }, opts);
      hosts.push(component.hosts);
      component.clusterHost.apply((host) => hosts.push([host]));
    }));
    expect(hosts).toEqual([["shop.example.com"], [HOST]]);
  });
});

describe("the traffic of a service is refused", () => {
  test.each<[string, Partial<TrafficArgs>, string]>([
    [
      "trap 20: with weights that do not add up to 100",
      { split: [{ subset: "ra", weight: 90 }, { subset: "rb", weight: 20 }] },
      "services.storefront.split: the weights add up to 110, got ra=90 rb=20; make them add up to 100",
    ],
    [
      "with weight on a revision without pods",
      { split: [{ subset: "rx", weight: 100 }] },
      "services.storefront.split: rx has weight and no Deployment, got 100; declare the revision",
    ],
    [
      "with a gateway before a port that only the candidate has",
      { traffic: { ...EXPOSED, exposure: { ...GATEWAY, port: "web" } }, otherPorts: [{ name: "web", port: 9000, protocol: "http" }] },
      'services.storefront.traffic.exposure.port: the stable revision has no port of this name that speaks http, http2 or grpc, got "web"; release such a port first, and expose it when its revision is the stable one',
    ],
    [
      "with a candidate outside the split",
      { candidate: "rx" },
      "services.storefront.split: the candidate is not part of the split, got rx; give it a weight, 0 for none",
    ],
  ])("%s", async (_, args, text) => {
    await expect(traffic(args)).rejects.toThrow(text);
  });
});
