import type { AlertRule, RecordingRule } from "../../components/observability/alert.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { burnCases, exhaustedCases, limitCases } from "./alerts.ts";
import { testDocument } from "./document.ts";
import { absentCases, podCases } from "./pods.ts";
import { counterCases, derivedCases } from "./recordings.ts";

export type Rule = RecordingRule | AlertRule;

/** promtool's unit tests of one rule alone: what it reads is made up, whether a scrape brings it or another rule. */
export function ruleTests(rule: Rule, level: ServiceLevel): object {
  if ("alert" in rule) {
    if (rule.alert === "SlipwayErrorBudgetExhausted") {
      const { cases, evaluation } = exhaustedCases(rule, level);
      return testDocument(rule, cases, evaluation);
    }
    return testDocument(rule, alertCases(rule, level), 30);
  }
  const cases = rule.expr.includes("slipway:") ? derivedCases(rule, level) : counterCases(rule, level);
  // What it records depends on what it reads alone: one evaluation, at the moment that is looked at, is enough.
  return testDocument(rule, cases, cases[0]?.at ?? 30);
}

function alertCases(rule: AlertRule, level: ServiceLevel): ReturnType<typeof podCases> {
  if (rule.alert.endsWith("Burn")) return burnCases(rule, level);
  if (rule.labels.role !== undefined) return limitCases(rule, level);
  return /Absent|Stopped|Metrics/.test(rule.alert) ? absentCases(rule, level) : podCases(rule, level);
}
