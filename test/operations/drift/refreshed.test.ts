import { expect, test } from "@jest/globals";
import { refreshed } from "../../../operations/drift/refreshed.ts";
import { declaredIn } from "../../../operations/drift/state.ts";
import { DEPLOYMENT, exported, PRODUCTION, REPOSITORY, step, TOKEN, urnOf } from "./stack.ts";

const declared = declaredIn(exported(REPOSITORY, PRODUCTION, TOKEN, DEPLOYMENT));
const found = (...steps: unknown[]): unknown[] => refreshed({ steps }, declared).map(({ object: _object, urn: _urn, ...rest }) => rest);

test("the state is read without components and providers, each object by type and name", () => {
  expect([...declared.values()].map(({ what, owner }) => [what, owner])).toEqual([
    ["github:Repository/shop", "acme"],
    ["github:RepositoryEnvironment/shop:production", "acme"],
    ["github:ActionsSecret/shop:TOKEN", "acme"],
    ["kubernetes:Deployment/shop/web", ""],
  ]);
});

test("a changed, an added and a removed field are one difference each, with both values", () => {
  const live = { name: "shop", description: "by hand", topics: ["a"], homepageUrl: "https://example.com" };
  const base = { type: REPOSITORY.type, what: "github:Repository/shop", where: "https://github.com/acme/shop/settings", seenBy: "refresh" };
  expect(found(step(REPOSITORY, live, { description: "update", homepageUrl: "add", topics: "update" }))).toEqual([
    { ...base, field: "description", change: "changed", declared: "A shop", live: "by hand" },
    { ...base, field: "homepageUrl", change: "added", declared: undefined, live: "https://example.com" },
    { ...base, field: "topics[1]", change: "removed", declared: "b", live: undefined },
  ]);
});

test("an object that is gone is one difference, and says where it was", () => {
  expect(found(step(DEPLOYMENT, undefined))).toEqual([
    { type: DEPLOYMENT.type, what: "kubernetes:Deployment/shop/web", change: "missing", where: "kubectl get deployment web -n shop -o yaml", seenBy: "refresh" },
  ]);
});

test("what somebody wrote into a secret is not shown, though it has no mark", () => {
  const shown = found(step(TOKEN, { ...TOKEN.inputs, value: "canary-value" }, { value: "update" }));
  expect(shown).toMatchObject([{ field: "value", change: "changed", declared: "[secret]", live: "[secret]" }]);
  expect(JSON.stringify(refreshed({ steps: [step(TOKEN, { ...TOKEN.inputs, value: "[secret]" }, { value: "update" })] }, declared))).not.toContain("ciphertext");
});

test("Kubernetes says since when by its managed fields, the stack's own left out", () => {
  const live = structuredClone(DEPLOYMENT.inputs);
  const managedFields = [
    { manager: "kubectl-edit", time: "2026-03-01T00:00:00Z" },
    { manager: "pulumi-kubernetes-1a2b", time: "2026-05-01T00:00:00Z" },
    { manager: "kube-controller-manager", subresource: "status", time: "2026-06-01T00:00:00Z" },
  ];
  const seen = refreshed({ steps: [step(DEPLOYMENT, live, { "metadata.labels[\"a.b/c\"]": "add" }, { metadata: { managedFields } })] }, declared);
  expect(seen).toMatchObject([{ since: "2026-03-01T00:00:00Z", field: 'metadata.labels["a.b/c"]' }]);
});

test("steps of components, and of what stayed, are no differences", () => {
  expect(found({ op: "refresh", urn: urnOf(REPOSITORY.type, "shop"), detailedDiff: null }, { op: "update", urn: "urn:pulumi:test::slipway::slipway:x:Y::z", detailedDiff: { a: { kind: "update" } } })).toEqual([]);
});
