import { describe, expect, test } from "@jest/globals";
import { policyNames } from "../../settings/schema/policy.ts";
import { answerOf } from "../../policy/exemptions.ts";
import { judge } from "../../policy/judge.ts";
import { policies } from "../../policy/rules/index.ts";
import { configResources, settingsOf } from "../../policy/stack-config.ts";
import type { Exemption } from "../../policy/types.ts";
import { github, SETTINGS, TODAY } from "./stack.ts";

const WRITE = github("WorkflowRepositoryPermissions", "shop-token", { defaultWorkflowPermissions: "write" });
const MESSAGE = 'defaultWorkflowPermissions lets every workflow write everything, got "write"; set it to read';
const exemption = (changes: Partial<Exemption> = {}): Exemption => ({ policy: "workflow-permissions", resource: "shop-token", reason: "its release commits", until: "2026-11-21", ...changes });
const report = (...exemptions: Exemption[]) => judge([WRITE], { ...SETTINGS, exemptions }, TODAY);

test("the settings know every policy, and nothing else", () => {
  expect(policies.map(({ name }) => name)).toEqual([...policyNames]);
});

test("a policy is described and justified in one sentence each", () => {
  for (const { description, reason } of policies) {
    expect(description).toMatch(/^[A-Z].*[^.]$/);
    expect(reason).toMatch(/^[A-Z].*[^.]$/);
  }
});

test("only what harms nobody else is advisory", () => {
  expect(policies.filter(({ severity }) => severity !== "mandatory").map(({ name, severity }) => [name, severity])).toEqual([["probes-set", "advisory"]]);
  const others = policies.filter(({ about }) => about !== "resource").map(({ about, name }) => [name, about]);
  expect(others).toEqual([["production-redundant", "stack"], ["mesh-mtls-strict", "stack"], ["default-branch-protected", "stack"]]);
});

describe("a report", () => {
  const finding = { policy: "workflow-permissions", severity: "mandatory", urn: WRITE.urn, type: WRITE.type, resource: "shop-token", message: MESSAGE };

  test("names what it found and what it looked at", () => {
    expect(report()).toEqual({ findings: [finding], exempted: [], unused: [], resources: 1, policies: 15 });
  });

  test("sets aside what is exempt, on the last day as well", () => {
    const exempt = { reason: "its release commits", until: "2026-11-21" };
    expect(report(exemption())).toEqual({ findings: [], exempted: [{ ...finding, exempt }], unused: [], resources: 1, policies: 15 });
  });

  test("counts what was exempt until yesterday, and says so", () => {
    const { exempted, findings, unused } = report(exemption({ until: "2026-11-20" }), exemption({ resource: "shop-*", until: "2026-10-01", reason: "older" }));
    expect([exempted, unused]).toEqual([[], []]);
    expect(findings.map(({ message }) => message)).toEqual([`${MESSAGE}; its exemption (its release commits) expired on 2026-11-20`]);
  });

  test("tells of exemptions that cover nothing", () => {
    const others = [exemption({ policy: "actions-pinned" }), exemption({ resource: "other" })];
    expect(report(exemption(), ...others).unused).toEqual(others);
  });
});

describe("an exemption", () => {
  test.each([
    ["shop-token", "shop-token", true],
    ["shop-*", "shop-token", true],
    ["*-token", "shop-token", true],
    ["s*p-t*n", "shop-token", true],
    ["shop", "shop-token", false],
    ["token", "shop-token", false],
    ["shop.token", "shop-token", false],
    ["shop-token.github/x.yml", "shop-token.github/x.yml", true],
    ["a+b(c)[d]{e}|f^g$h?i\\j", "a+b(c)[d]{e}|f^g$h?i\\j", true],
  ])("for %s and the resource %s: %s", (pattern, name, covered) => {
    expect(answerOf([exemption({ resource: pattern })], "workflow-permissions", name, TODAY).exempt !== undefined).toBe(covered);
  });

  test("that has not expired counts, whatever stands before it", () => {
    const [old, good] = [exemption({ until: "2020-01-01" }), exemption({ until: "2030-01-01", reason: "good" })];
    expect(answerOf([old, good], "workflow-permissions", "shop-token", TODAY)).toEqual({ exempt: { reason: "good", until: "2030-01-01" }, remark: "", by: [old, good] });
    expect(answerOf([], "workflow-permissions", "shop-token", TODAY)).toEqual({ remark: "", by: [] });
  });

  test("that expired last is the one that is told", () => {
    const list = [exemption({ until: "2020-01-01" }), exemption({ until: "2021-01-01", reason: "later" }), exemption({ until: "2020-06-01" })];
    expect(answerOf(list, "workflow-permissions", "shop-token", TODAY).remark).toBe("; its exemption (later) expired on 2021-01-01");
  });
});

describe("a stack's configuration", () => {
  test("has safe defaults", () => {
    expect(settingsOf({ "github:owner": "acme" })).toEqual({ registries: ["ghcr.io/acme"], production: { environments: ["production", "prod", "live"] }, exemptions: [] });
  });

  test("says otherwise", () => {
    const policy = { registries: ["quay.io"], production: { namespaces: ["shop"], environments: ["eu"] }, exemptions: [exemption()] };
    expect(settingsOf({ "slipway:policy": JSON.stringify(policy) })).toEqual(policy);
    expect(settingsOf({ "github:owner": "acme", "slipway:policy": '{"production":{"namespaces":[]}}' }).production).toEqual({ namespaces: [], environments: ["production", "prod", "live"] });
  });

  test("is judged like resources", () => {
    expect(configResources({ "github:owner": "acme", "slipway:services": '{"a":1}', "slipway:key": "[secret]" })).toEqual([
      { urn: "", type: "slipway:config", name: "github:owner", properties: { value: "acme" } },
      { urn: "", type: "slipway:config", name: "slipway:services", properties: { value: { a: 1 } } },
    ]);
  });
});
