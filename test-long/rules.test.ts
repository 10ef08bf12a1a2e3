import { describe, expect, test } from "@jest/globals";
import { ruleGroups } from "../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../components/observability/service-level.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { failures } from "./failures.ts";
import { levelsOf } from "./promtool.ts";
import { titleOf } from "./rule-tests/document.ts";

const EVERYTHING = { ...LEVEL, protocols: ["http", "grpc", "tcp"] as const };
const MONTH: ServiceLevel = { ...LEVEL, windowDays: 28, minimumRequests: 3 };

describe.each([EVERYTHING, MONTH].map((level) => [`${level.windowDays} days`, level] as const))("the rules of a service with everything and %s", (_, level) => {
  test.each(ruleGroups(level).flatMap(({ rules }) => rules).map((rule) => [titleOf(rule), rule] as const))("%s does what it says", (__, rule) => {
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
