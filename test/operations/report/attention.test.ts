import { describe, expect, test } from "@jest/globals";
import { attentionOf } from "../../../operations/report/attention.ts";
import type { ReportModel } from "../../../operations/report/types.ts";
import { ago, level, model, service, system } from "./fixtures.ts";

describe("what needs somebody", () => {
  const said = (change: Partial<ReportModel>): string[] => attentionOf(model(change)).map(({ section, subject, text, urgency }) => `${urgency} ${section} ${subject}: ${text}`);
  const budget = (remaining: number | undefined, burn = 0) => ({ levels: { kind: "found" as const, value: [level({ objectives: [{ name: "availability", promise: "99 %", windowDays: 30, remaining, burn }] })] } });

  test("is nothing in a stack that is well", () => {
    expect(said({})).toEqual([]);
  });

  test.each([
    ["weights that the cluster does not have", { services: [service({ inCluster: false })] }, ["act services shop: the cluster's weights are not what is recorded; run pulumi up"]],
    ["a release that is held", { services: [service({ stage: "held", held: "Friday" })] }, ["look services shop: is held: Friday"]],
    ["a rejection for seven days", { services: [service({ rejected: [{ revision: "rz", reason: "slow", at: ago(7 * 24) }] })] }, ["look services shop: rz was rejected: slow"]],
    ["no rejection that is older", { services: [service({ rejected: [{ revision: "rz", reason: "slow", at: ago(7 * 24 + 1) }] })] }, []],
    ["a rejected revision that still serves", { services: [service({ rejected: [{ revision: "raaaaaaaaaa", reason: "slow", at: ago(1) }] })] }, ["act services shop: raaaaaaaaaa was rejected and still has traffic; run slipway rollout"]],
    ["an image that a command asked for", { services: [service({ asked: "ghcr.io/acme/shop:v2" })] }, ["look services shop: runs an image that a command asked for, not what the stack's file names"]],
    ["a budget that is used up", budget(0), ["act levels shop: its availability budget of 30 days is used up"]],
    ["a budget that goes too fast", budget(0.9, 14.4), ["act levels shop: its availability budget goes 14 times as fast as it may"]],
    ["a budget of which little is left", budget(0.249), ["look levels shop: 25 % are left of its availability budget"]],
    ["no budget that lasts", budget(0.25, 14.3), []],
    ["no budget without data", budget(undefined), []],
    ["a ruleset that is not enforced", { systems: [system({ rulesets: [{ name: "main", target: "branch", active: false, refs: [], rules: [] }] })] }, ["look systems shop: ruleset main is not enforced"]],
    ["an audit log that was changed", { rollouts: { kind: "found" as const, value: { list: [], older: 0, brokenLines: [4, 9] } } }, ["look rollouts audit log: lines of it were changed or are missing before line 4; compare it with a copy"]],
  ])("is told of %s", (_, change, expected) => {
    expect(said(change)).toEqual(expected);
  });

  test.each([
    ["that nobody protects", { reviewed: false }, ["act systems shop, production: nobody approves what is deployed there"]],
    ["that can be approved by its author or passed by administrators", { selfReview: true, adminsBypass: true }, ["look systems shop, production: people may approve their own deployments", "look systems shop, production: administrators may go past the approval"]],
    ["of which nobody has to approve anything, only where it is for users", { reviewed: false, name: "staging" }, []],
  ])("is told of an environment %s", (_, change, expected) => {
    expect(said({ systems: [system({ environments: system().environments.map((each) => ({ ...each, ...change })) })] })).toEqual(expected);
  });

  test("names urgent findings and counts the others, what is urgent first", () => {
    const finding = (urgency: "act" | "look" | "none", where: string) => ({ severity: urgency, urgency, where, what: "was changed" });
    expect(said({
      services: [service({ stage: "held", held: "Friday" })],
      drift: { kind: "found", value: { excused: 0, list: [finding("act", "a"), finding("look", "b"), finding("look", "c"), finding("none", "d")] } },
      policy: { kind: "found", value: { excused: 0, list: [finding("look", "e")] } },
    })).toEqual(["act drift a: was changed", "look services shop: is held: Friday", "look drift drift: 2 more findings to look at", "look policy policy: 1 more finding to look at"]);
  });
});
