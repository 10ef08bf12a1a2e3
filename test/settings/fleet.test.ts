import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { conflicts } from "../../settings/fleet.ts";

function file(path: string, config: object): { path: string; text: string } {
  return { path, text: stringify({ config: { "github:owner": "acme", ...config } }) };
}

const repository = { "slipway:repositories": { shop: { environments: { production: {} }, secrets: { NPM_TOKEN: {} } } } };

describe("stack files of one fleet", () => {
  test("may declare different things", () => {
    expect(conflicts([file("a.yaml", repository), file("b.yaml", { "slipway:repositories": { cart: {} } })])).toEqual([]);
  });

  test("may not both declare a repository, whatever the case of its name, nor its parts", () => {
    const twin = { "github:owner": "Acme", "slipway:repositories": { Shop: { environments: { production: {} } } } };
    expect(conflicts([file("a.yaml", repository), file("b.yaml", twin)])).toEqual([
      "repository acme/shop: is declared by a.yaml and b.yaml; keep it in one of them",
      "environment production of acme/shop: is declared by a.yaml and b.yaml; keep it in one of them",
    ]);
  });

  test("may share a repository of another stack, and not what they add to it", () => {
    const adds = (environment: string): object => ({ "slipway:repositories": { shop: { existing: true, environments: { [environment]: {} } } } });
    expect(conflicts([file("a.yaml", repository), file("b.yaml", adds("staging")), file("c.yaml", adds("production"))])).toEqual([
      "environment production of acme/shop: is declared by a.yaml and c.yaml; keep it in one of them",
    ]);
  });

  test("name every file that declares the same namespace, service or host", () => {
    const stack = { "slipway:namespaces": { shop: {} }, "slipway:services": { web: { namespace: "shop", traffic: { exposure: { hosts: ["shop.example.com"] } } } } };
    expect(conflicts([file("a.yaml", stack), file("b.yaml", stack), file("c.yaml", stack)])).toEqual([
      "namespace shop: is declared by a.yaml, b.yaml and c.yaml; keep it in one of them",
      "service web of namespace shop: is declared by a.yaml, b.yaml and c.yaml; keep it in one of them",
      "host shop.example.com: is declared by a.yaml, b.yaml and c.yaml; keep it in one of them",
    ]);
  });

  test.each<[string, object, object]>([
    ["contexts", { "kubernetes:context": "staging" }, { "kubernetes:context": "production" }],
    ["clusters", { "kubernetes:cluster": "staging" }, { "kubernetes:cluster": "production" }],
    ["kubeconfigs", { "kubernetes:kubeconfig": "one" }, { "kubernetes:kubeconfig": "other" }],
    ["encrypted kubeconfigs", { "kubernetes:kubeconfig": { secure: "v1:a" } }, { "kubernetes:kubeconfig": { secure: "v1:b" } }],
  ])("may use one name for two namespaces on different clusters, told apart by their %s", (_, one, other) => {
    const namespaces = { "slipway:namespaces": { shop: {} } };
    expect(conflicts([file("a.yaml", { ...namespaces, ...one }), file("b.yaml", { ...namespaces, ...other })])).toEqual([]);
  });

  test("say which cluster they meet on, and show nothing of a kubeconfig", () => {
    const stack = { "kubernetes:kubeconfig": "token: canary-value", "slipway:namespaces": { shop: {} } };
    expect(conflicts([file("a.yaml", stack), file("b.yaml", stack)])).toEqual([
      "namespace shop on the cluster 5d4d269f: is declared by a.yaml and b.yaml; keep it in one of them",
    ]);
  });

  test("that are no YAML, or hold something else, are named and do no harm", () => {
    const texts = ["config: [", "", "[]", "config: 5", "config:\n  slipway:services: x\n  slipway:repositories: [1]\n"];
    expect(conflicts(texts.map((text, at) => ({ path: `${at}.yaml`, text })))).toEqual(["0.yaml: is not YAML; correct it"]);
  });

  test("of this project declare nothing twice", () => {
    const path = (stack: string): string => `Pulumi.${stack}.yaml`;
    const files = ["sandbox", "staging", "production"].map((stack) => ({ path: path(stack), text: readFileSync(new URL(`../../${path(stack)}`, import.meta.url), "utf8") }));
    expect(conflicts(files)).toEqual([]);
  });
});
