import { expect } from "@jest/globals";
import type { ServiceLevel } from "../components/observability/service-level.ts";
import { promtool } from "./promtool.ts";
import type { Rule } from "./rule-tests/document.ts";
import { ruleTests } from "./rule-tests/index.ts";

/** What promtool says of the rules that fail their tests. */
export function failures(level: ServiceLevel, rules: readonly Rule[]): string[] {
  const all = rules.map((rule, at) => [`rules${at}.yaml`, rule] as const);
  const tests = Object.fromEntries(all.flatMap(([file, rule], at) => ruleTests(file, rule, level).map((document, part) => [`tests${at}-${part}.yaml`, document])));
  const files = { ...tests, ...Object.fromEntries(all.map(([file, rule]) => [file, { groups: [{ name: "one", rules: [rule] }] }])) };
  const { code, said } = promtool(["test", "rules"], files, Object.keys(tests));
  expect(said.match(/Unit Testing:/g)).toHaveLength(Object.keys(tests).length);
  return code === 0 ? [] : said.split("Unit Testing:").filter((text) => !/^\s*$|\sSUCCESS\s/.test(text)).map((text) => text.trim().slice(0, 1500));
}
