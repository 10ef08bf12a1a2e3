import { describe, expect, test } from "@jest/globals";
import { authorizationSpec, ingressRules } from "../../components/kubernetes/access.ts";
import type { AccessArgs } from "../../components/kubernetes/access.ts";
import { EXPOSED, IN_MESH } from "./fixtures.ts";

const PORTS = [{ name: "http", port: 8080, protocol: "http" }, { name: "redis", port: 6379, protocol: "tcp" }] as const;
const CALLERS = [{ namespace: "shop", serviceAccounts: ["cart", "search"] }, { namespace: "jobs" }, { namespace: "jobs", serviceAccounts: ["nightly"] }];
const GATEWAY = "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";

function args(more: Partial<AccessArgs>): AccessArgs {
  return { service: "storefront", ports: PORTS, traffic: IN_MESH, ...more };
}

describe("access to a service", () => {
  test("is nobody's unless the settings name someone", () => {
    expect(authorizationSpec(args({}))).toEqual({ selector: { matchLabels: { app: "storefront" } }, action: "ALLOW", rules: [] });
    expect(ingressRules(args({}))).toEqual([]);
  });

  test("is the gateway's on the one port that it serves", () => {
    expect(authorizationSpec(args({ traffic: EXPOSED })).rules).toEqual([
      { from: [{ source: { principals: [GATEWAY] } }], to: [{ operation: { ports: ["8080"] } }] },
    ]);
    expect(ingressRules(args({ traffic: EXPOSED }))).toEqual([{
      from: [{
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-system" } },
        podSelector: { matchLabels: { istio: "ingressgateway" } },
      }],
      ports: [{ port: "http", protocol: "TCP" }],
    }]);
  });

  test("is the gateway's on a candidate's number of that port as well", () => {
    const otherPorts = [{ name: "http", port: 8081, protocol: "http" as const }, { name: "redis", port: 6380, protocol: "tcp" as const }];
    expect(authorizationSpec(args({ otherPorts, traffic: EXPOSED })).rules[0]?.to).toEqual([{ operation: { ports: ["8080", "8081"] } }]);
  });

  test("is the gateway's and the callers' on a candidate's name of a port as well", () => {
    const otherPorts = [{ name: "web", port: 8080, protocol: "http" as const }];
    const rules = ingressRules(args({ otherPorts, traffic: { ...EXPOSED, callers: [{ namespace: "jobs" }] } }));
    expect(rules.map(({ ports }) => ports.map(({ port }) => port))).toEqual([["http", "web"], ["http", "redis", "web"]]);
    expect(authorizationSpec(args({ otherPorts, traffic: EXPOSED })).rules[0]?.to).toEqual([{ operation: { ports: ["8080"] } }]);
  });

  test("is a caller's by its service accounts, or by its whole namespace", () => {
    expect(authorizationSpec(args({ traffic: { ...IN_MESH, callers: CALLERS } })).rules).toEqual([
      { from: [{ source: { principals: ["cluster.local/ns/shop/sa/cart", "cluster.local/ns/shop/sa/search"] } }] },
      { from: [{ source: { namespaces: ["jobs"] } }] },
      { from: [{ source: { principals: ["cluster.local/ns/jobs/sa/nightly"] } }] },
    ]);
  });

  test("opens the network to each calling namespace once", () => {
    const ports = [{ port: "http", protocol: "TCP" }, { port: "redis", protocol: "TCP" }];
    expect(ingressRules(args({ traffic: { ...IN_MESH, callers: CALLERS } }))).toEqual(["shop", "jobs"].map((name) => ({
      from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }], ports,
    })));
  });
});
