import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { absentCases } from "./absence.ts";
import { burnCases, exhaustedCases } from "./budgets.ts";
import { counterCases } from "./counters.ts";
import { derivedCases } from "./derived.ts";
import { testDocument } from "./document.ts";
import type { CaseSet, Rule } from "./document.ts";
import { evaluationOf } from "./lasting.ts";
import { limitCases } from "./limits.ts";
import { podCases } from "./pods.ts";
import { stoppedCases } from "./stopped.ts";

/** What one rule alone has to make of which series: what it reads is made up, whether a scrape brings it or another rule. */
export function ruleCases(rule: Rule, level: ServiceLevel): CaseSet[] {
  if ("record" in rule) {
    const cases = rule.expr.includes("slipway:") ? derivedCases(rule, level) : counterCases(rule, level);
    // What it records depends on what it reads alone: one evaluation, at the moment that is looked at, is enough.
    return [{ cases, evaluation: cases[0]?.at ?? 30 }];
  }
  if (rule.alert === "SlipwayErrorBudgetExhausted") return exhaustedCases(rule, level);
  if (rule.alert === "SlipwayTrafficStopped") return stoppedCases(rule, level);
  const cases = ((): typeof podCases => {
    if (rule.alert.endsWith("Burn")) return burnCases;
    if (rule.labels.role !== undefined) return limitCases;
    return /Absent|Metrics/.test(rule.alert) ? absentCases : podCases;
  })();
  return [{ cases: cases(rule, level), evaluation: evaluationOf(rule) }];
}

/** promtool's unit tests of the rule. `asked` are the rules in the file: itself, or others that have to say the same under names of their own. */
export function ruleTests(file: string, rule: Rule, level: ServiceLevel, asked: readonly Rule[] = [rule]): object[] {
  return ruleCases(rule, level).map((cases) => testDocument(file, asked, cases));
}
