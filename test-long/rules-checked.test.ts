import { describe, expect, test } from "@jest/globals";
import { ruleProblems } from "../components/observability/check-rules.ts";
import { ruleGroups, rulesDocument } from "../components/observability/prometheus-rules.ts";
import { levelsOf, promtool } from "./promtool.ts";

describe.each(["sandbox", "staging", "production"])("the rules of the stack %s", (stack) => {
  const levels = levelsOf(stack);

  test.each(levels.map((level) => [level.service, level] as const))("of %s pass promtool with every lint, and the checks of this house", (_, level) => {
    const groups = ruleGroups(level);
    const count = groups.reduce((sum, { rules }) => sum + rules.length, 0);
    const { code, said } = promtool(["check", "rules", "--lint=all", "--lint-fatal"], { "rules.yaml": rulesDocument(groups) });
    expect([code, said.trim()]).toEqual([0, `Checking rules.yaml\n  SUCCESS: ${count} rules found`]);
    expect(ruleProblems(level, groups)).toEqual([]);
  });

  test("have groups that no other service has", () => {
    const names = levels.flatMap((level) => ruleGroups(level).map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(0);
  });
});

test("promtool refuses what is wrong: it does look", () => {
  const rule = { record: "slipway:x:y", expr: "up", labels: {} };
  expect(promtool(["check", "rules", "--lint=all", "--lint-fatal"], { "rules.yaml": { groups: [{ name: "g", rules: [rule, rule] }] } }).code).not.toBe(0);
  expect(promtool(["check", "rules"], { "rules.yaml": { groups: [{ name: "g", rules: [{ ...rule, expr: "up >" }] }] } }).code).toBe(1);
});
