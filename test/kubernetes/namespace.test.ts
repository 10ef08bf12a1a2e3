import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Identity } from "../../components/kubernetes/identity.ts";
import { Namespace } from "../../components/kubernetes/namespace.ts";
import type { NamespaceSettings } from "../../components/kubernetes/namespace-settings.ts";
import { namespaceSettings } from "../../settings/schema/namespace.ts";
import { declared, inputsOf, objects, secret } from "./declared.ts";
import type { Declared } from "./declared.ts";

const USUAL = namespaceSettings.parse({});
const MANAGED = { "app.kubernetes.io/managed-by": "slipway" };
const inside = (name: string): object => ({ name, namespace: "shop", labels: MANAGED });
const named = (name: string): object => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });

function namespace(settings: Partial<NamespaceSettings> = {}): Promise<Declared[]> {
  const secretOf = (key: string): pulumi.Output<string> => pulumi.secret(`value-of-${key}`);
  return declared((opts) => new Namespace("shop", { settings: { ...USUAL, ...settings }, secretOf }, opts));
}

describe("a namespace", () => {
  test("is guarded by default", async () => {
    const all = await namespace();
    expect(objects(all)).toEqual([
      "Namespace shop-namespace", "NetworkPolicy shop-default-deny", "NetworkPolicy shop-platform", "ResourceQuota shop-quota", "LimitRange shop-limits",
    ]);
    expect(inputsOf(all, "Namespace")).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "shop",
        labels: {
          ...MANAGED,
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/enforce-version": "latest",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
          "istio-injection": "enabled",
        },
      },
    });
  });

  test("is protected, and what is in it is not", async () => {
    const all = await namespace();
    expect(all.filter((resource) => resource.protect).map(({ type }) => type)).toEqual(["kubernetes:core/v1:Namespace"]);
    expect((await namespace({ protect: false })).some((resource) => resource.protect)).toBe(false);
  });

  test.each([
    [{ kind: "injected", controlPlane: "istio-system", revision: "stable" }, { "istio.io/rev": "stable" }],
    [{ kind: "none", reason: "batch jobs" }, { "istio-injection": "disabled" }],
  ] as const)("with the mesh %j is labelled %j", async (mesh, labels) => {
    expect(inputsOf(await namespace({ mesh }), "Namespace")).toHaveProperty("metadata.labels", expect.objectContaining(labels));
  });

  test("keeps the labels that guard it, whatever the settings add", async () => {
    const labels = { team: "shop", "pod-security.kubernetes.io/enforce": "privileged" };
    const given = inputsOf(await namespace({ labels, podSecurity: { level: "baseline", reason: "a vendor's image" } }), "Namespace");
    expect(given).toHaveProperty("metadata.labels", expect.objectContaining({ team: "shop", "pod-security.kubernetes.io/enforce": "baseline" }));
  });

  test("denies every connection, then opens names, the control plane, neighbours and measuring", async () => {
    const all = await namespace();
    expect(inputsOf(all, "NetworkPolicy", "shop-default-deny")).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: inside("default-deny"),
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
    expect(inputsOf(all, "NetworkPolicy", "shop-platform")).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: inside("platform"),
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [named("monitoring")], ports: [{ port: 15020, protocol: "TCP" }, { port: 15090, protocol: "TCP" }] }],
        egress: [
          {
            to: [{ ...named("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
            ports: [{ port: 53, protocol: "UDP" }, { port: 53, protocol: "TCP" }],
          },
          { to: [{ ...named("istio-system"), podSelector: { matchLabels: { app: "istiod" } } }], ports: [{ port: 15012, protocol: "TCP" }] },
          { to: [{ podSelector: {} }] },
        ],
      },
    });
  });

  test("without sidecars opens nothing for the mesh", async () => {
    const spec = inputsOf(await namespace({ mesh: { kind: "none", reason: "batch jobs" } }), "NetworkPolicy", "shop-platform").spec;
    expect(spec).toMatchObject({ ingress: [], egress: [expect.anything(), { to: [{ podSelector: {} }] }] });
  });

  test("without scrapers is not measured from outside", async () => {
    expect(inputsOf(await namespace({ scrapers: [] }), "NetworkPolicy", "shop-platform")).toHaveProperty("spec.ingress", []);
  });

  test("opens what it declares", async () => {
    const all = await namespace({
      egress: [
        { to: { namespace: "data" }, ports: [{ port: 5432, protocol: "TCP" }] },
        { to: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } },
        { to: { cidr: "192.0.2.0/24" } },
      ],
    });
    expect(inputsOf(all, "NetworkPolicy", "shop-egress").spec).toEqual({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        { to: [named("data")], ports: [{ port: 5432, protocol: "TCP" }] },
        { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] },
        { to: [{ ipBlock: { cidr: "192.0.2.0/24" } }] },
      ],
    });
  });

  test("bounds what its pods take, together and each", async () => {
    const max = { cpu: "2", memory: "1Gi" };
    const all = await namespace({ containers: { ...USUAL.containers, max } });
    expect(inputsOf(all, "ResourceQuota").spec).toEqual({
      hard: { "requests.cpu": "4", "requests.memory": "8Gi", "limits.memory": "32Gi", pods: "50" },
    });
    expect(inputsOf(all, "LimitRange").spec).toEqual({
      limits: [{ type: "Container", defaultRequest: { cpu: "50m", memory: "64Mi" }, default: { memory: "256Mi" }, max }],
    });
    expect(inputsOf(await namespace(), "LimitRange").spec).not.toHaveProperty("limits.0.max");
  });

  test("has no quota where the settings say why", async () => {
    expect(objects(await namespace({ quota: { unlimited: "a cluster of its own" } }))).not.toContain("ResourceQuota shop-quota");
  });

  test("keeps its registry credentials secret", async () => {
    const all = await namespace({ pull: { registry: "ghcr.io", username: "puller", token: { secret: "registryToken" } } });
    const auth = Buffer.from("puller:value-of-registryToken").toString("base64");
    const document = JSON.stringify({ auths: { "ghcr.io": { username: "puller", password: "value-of-registryToken", auth } } });
    expect(inputsOf(all, "Secret")).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: inside("registry"),
      type: "kubernetes.io/dockerconfigjson",
      data: secret({ ".dockerconfigjson": Buffer.from(document).toString("base64") }),
    });
    expect(JSON.stringify(all.filter(({ type }) => !type.endsWith("Secret")))).not.toContain("value-of");
  });
});

describe("an identity", () => {
  const metadata = { name: "storefront", namespace: "shop", labels: { ...MANAGED, app: "storefront", "app.kubernetes.io/name": "storefront" } };

  test("is a service account without a token", async () => {
    const all = await declared((opts) => new Identity("storefront", { service: "storefront", namespace: "shop" }, opts));
    expect(inputsOf(all, "ServiceAccount")).toEqual({ apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false });
  });

  test("pulls with the namespace's credentials", async () => {
    const args = { service: "storefront", namespace: "shop", pullSecrets: [pulumi.output("registry")] };
    const all = await declared((opts) => new Identity("storefront", args, opts));
    expect(inputsOf(all, "ServiceAccount")).toHaveProperty("imagePullSecrets", [{ name: "registry" }]);
  });
});
