import { describe, expect, test } from "@jest/globals";
import { ruleGroups } from "../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../components/observability/service-level.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { levelsOf, promtool } from "./promtool.ts";
import type { Rule } from "./rule-tests/document.ts";
import { ruleTests } from "./rule-tests/index.ts";

const EVERYTHING = { ...LEVEL, protocols: ["http", "grpc", "tcp"] as const };
const MONTH: ServiceLevel = { ...LEVEL, windowDays: 28, minimumRequests: 3 };

function named(rule: Rule): string {
  const { objective, long_window: long } = rule.labels;
  return [`${"alert" in rule ? rule.alert : rule.record}`, objective, long].filter((part) => part !== undefined).join(" ");
}

describe.each([EVERYTHING, MONTH].map((level) => [`${level.windowDays} days`, level] as const))("the rules of a service with everything and %s", (_, level) => {
  test.each(ruleGroups(level).flatMap(({ rules }) => rules).map((rule) => [named(rule), rule] as const))("%s does what it says", (__, rule) => {
    expect(failures(level, [rule])).toEqual([]);
  });
});

describe.each(["sandbox", "staging", "production"])("the rules of the stack %s", (stack) => {
  test.each(levelsOf(stack).map((level) => [level.service, level] as const))("of %s all do what they say", (_, level) => {
    const rules = ruleGroups(level).flatMap(({ rules: found }) => found);
    expect(rules.length).toBeGreaterThan(10);
    expect(failures(level, rules)).toEqual([]);
  });
});

/** What promtool says of the rules that fail their tests. */
function failures(level: ServiceLevel, rules: readonly Rule[]): string[] {
  const all = rules.map((rule, at) => [`rules${at}.yaml`, rule] as const);
  const tests = Object.fromEntries(all.flatMap(([file, rule], at) => ruleTests(file, rule, level).map((document, part) => [`tests${at}-${part}.yaml`, document])));
  const files = { ...tests, ...Object.fromEntries(all.map(([file, rule]) => [file, { groups: [{ name: "one", rules: [rule] }] }])) };
  const { code, said } = promtool(["test", "rules"], files, Object.keys(tests));
  expect(said.match(/Unit Testing:/g)).toHaveLength(Object.keys(tests).length);
  return code === 0 ? [] : said.split("Unit Testing:").filter((text) => !/^\s*$|\sSUCCESS\s/.test(text)).map((text) => text.trim().slice(0, 1500));
}
