import { expect, test } from "@jest/globals";
import { nameOf, podOf } from "../../lab/apply/conformance.ts";
import { declaredObjects } from "../../lab/apply/objects.ts";
import { ingress } from "../../lab/ingress.ts";

const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: JSON.stringify(value) });

test("the objects of an exported stack are what its provider got, secrets in plain text", () => {
  const inputs = { apiVersion: "v1", kind: "Secret", metadata: { name: "shop", namespace: "shop" }, data: secret({ KEY: "d29yZA==" }), __defaults: [] };
  const resources = [
    { type: "pulumi:pulumi:Stack", urn: "urn:stack" },
    { type: "github:index/repository:Repository", urn: "urn:repository", inputs: { name: "shop" } },
    { type: "kubernetes:core/v1:Secret", urn: "urn:secret", inputs },
  ];
  expect(declaredObjects({ deployment: { resources } })).toEqual([
    { urn: "urn:secret", object: { apiVersion: "v1", kind: "Secret", metadata: { name: "shop", namespace: "shop" }, data: { KEY: "d29yZA==" } } },
  ]);
  expect(declaredObjects({ deployment: {} })).toEqual([]);
});

test("a template is judged as the pod that a controller would make of it", () => {
  const deployment = {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop-v1", namespace: "shop" },
    spec: { replicas: 2, template: { metadata: { labels: { app: "shop" } }, spec: { containers: [] } } },
  };
  expect(podOf(deployment)).toEqual([{ apiVersion: "v1", kind: "Pod", metadata: { name: "shop-v1", namespace: "shop", labels: { app: "shop" } }, spec: { containers: [] } }]);
  expect(podOf({ apiVersion: "v1", kind: "Service", metadata: { name: "shop" } })).toEqual([]);
});

test("an object is named as people name it", () => {
  expect(nameOf({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } })).toBe("Namespace shop");
  expect(nameOf({ apiVersion: "v1", kind: "Service", metadata: { name: "shop", namespace: "store" } })).toBe("Service store/shop");
});

test("the gateway's Service leads from the ports that Gateways name to those that are free", () => {
  const [service] = ingress({ http: 40001, https: 40002 });
  expect(service?.spec).toMatchObject({ selector: { istio: "ingressgateway" }, ports: [{ port: 80, targetPort: 40001 }, { port: 443, targetPort: 40002 }] });
});
