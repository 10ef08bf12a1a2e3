import { describe, expect, test } from "@jest/globals";
import { parseEvents } from "../../../operations/preview/events.ts";
import { countsText } from "../../../operations/preview/summary.ts";
import { IN_ENVIRONMENT, IN_REPOSITORY, IN_SERVICE, stream, urnOf } from "./engine.ts";
import type { Made } from "./engine.ts";
import { summaryOf } from "./summaries.ts";

const map = (op: string, more: Partial<Made> = {}): Made => ({ op, type: "kubernetes:core/v1:ConfigMap", name: `map-${op}`, parent: IN_SERVICE, ...more });

describe("what a preview found is", () => {
  test("counted by what happens to each object, components and what stays left out", () => {
    const { counts, groups } = summaryOf([
      map("create", { new: {} }), map("update", { old: { data: 1 }, new: { data: 2 } }), map("delete", { old: {} }), map("import", { old: {}, new: {} }), map("same", { old: {}, new: {} }),
      { op: "create", type: "slipway:kubernetes:Revision", name: "component", parent: IN_SERVICE, new: {} },
      { op: "read", type: "pulumi:pulumi:StackReference", name: "itself", new: {} },
    ]);
    expect(counts).toEqual({ create: 1, change: 1, delete: 1, import: 1, replace: 0, forget: 0, same: 1 });
    expect(countsText(counts)).toBe("1 created, 1 taken over, 1 changed, 1 deleted");
    expect(groups.map(({ place }) => place)).toEqual([{ system: "shop", kind: "service", name: "storefront" }]);
  });

  test("one replacement, whatever the number of its operations", () => {
    const replaced = ["create-replacement", "replace", "delete-replaced"].map((op) => map(op, { name: "map", old: { name: "a" }, new: { name: "b" }, detailedDiff: { name: "update-replace" } }));
    const { counts, groups } = summaryOf(replaced);
    expect(countsText(counts)).toBe("1 replaced");
    expect(groups[0]?.steps[0]?.fields).toEqual([{ path: "name", before: "a", after: "b", replaces: true }]);
  });

  test("told as forgotten where deleting leaves it", () => {
    expect(countsText(summaryOf([map("delete", { old: {}, retain: true })]).counts)).toBe("1 forgotten");
  });

  test("put where it belongs by its parents, also where these go with it", () => {
    const gone: Made = { op: "delete", type: "slipway:github:Environment", name: "shop-environment-beta", parent: IN_REPOSITORY, old: {} };
    const { groups } = summaryOf([
      gone,
      { op: "delete", type: "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy", name: "policy", parent: urnOf(gone), old: {} },
      { op: "create", type: "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret", name: "secret", parent: IN_ENVIRONMENT, new: {} },
      { op: "create", type: "kubernetes:core/v1:ConfigMap", name: "loose", new: {} },
    ]);
    expect(groups.map(({ place }) => place)).toEqual([
      { system: "shop", kind: "environment", name: "beta" },
      { system: "shop", kind: "environment", name: "production" },
      { kind: "stack", name: "staging" },
    ]);
  });
});

describe("a change is told field by field,", () => {
  const fieldsOf = (more: Partial<Made>): unknown => summaryOf([map("update", more)]).groups[0]?.steps[0]?.fields;

  test("down to single values, in maps and lists", () => {
    expect(fieldsOf({ old: { spec: { "a.b": 1, list: [1, { deep: true }], gone: "x" } }, new: { spec: { "a.b": 2, list: [1, { deep: false }, 3] } } })).toEqual([
      { path: 'spec["a.b"]', before: 1, after: 2, replaces: false },
      { path: "spec.gone", before: "x", replaces: false },
      { path: "spec.list[1].deep", before: true, after: false, replaces: false },
      { path: "spec.list[2]", after: 3, replaces: false },
    ]);
  });

  test("with what the provider alone knows: a secret that is another, a value that changed by itself", () => {
    expect(fieldsOf({ old: { data: "[secret]", n: 1 }, new: { data: "[secret]", n: 1 }, oldOutputs: { data: "[secret]", status: { left: 3 } }, newOutputs: { status: { left: 4 } }, detailedDiff: { "data.KEY": "update", "status.left": "update" } })).toEqual([
      { path: "data.KEY", before: "[secret]", after: "[secret]", replaces: false },
      { path: "status.left", before: 3, after: 4, replaces: false },
    ]);
  });

  test("with the provider's coarse word where it has no finer one", () => {
    expect(fieldsOf({ old: { spec: 1 }, new: { spec: 2 }, diffs: ["spec"], keys: ["spec"] })).toEqual([{ path: "spec", before: 1, after: 2, replaces: true }]);
  });
});

test("errors, warnings and policies are told without the engine's colours, and other lines passed over", () => {
  const events = parseEvents(`warning: not JSON\n${stream([], { result: "failed", more: [
    { diagnosticEvent: { prefix: "error: ", message: "<{%fg 1%}>it broke<{%reset%}>\n", severity: "error", urn: urnOf({ type: "a:b:C", name: "thing" }), color: "raw" } },
    { diagnosticEvent: { message: "look out", severity: "warning" } },
    { diagnosticEvent: { message: "Registering", severity: "debug" } },
    { policyEvent: { message: "<{%reset%}>pin it", policyName: "images-pinned", policyPackName: "slipway", policyPackVersion: "1", enforcementLevel: "mandatory", resourceUrn: "urn::thing" } },
    { diagnosticEvent: { message: "using pulumi-analyzer-policy-slipway from $PATH at /policy", severity: "warning" } },
  ] })}`);
  expect(events).toMatchObject({ result: "failed", errors: ["thing: it broke"], warnings: ["look out"], policies: [{ pack: "slipway", policy: "images-pinned", level: "mandatory", urn: "urn::thing", message: "thing: pin it" }] });
});
