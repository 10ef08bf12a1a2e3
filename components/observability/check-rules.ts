import type { RuleGroup } from "./alert.ts";
import { catalogue } from "./promql/catalogue.ts";
import { checkExpression } from "./promql/check.ts";
import type { ServiceLevel } from "./service-level.ts";

/** Queries of other services that differ in names alone: a hundred services ask some fifty queries. */
const fine = new Set<string>();

/** What is wrong with the rules' queries, as `services.<service>.observability: <group>: <rule>: …`; nothing where all are right. */
export function ruleProblems(level: ServiceLevel, groups: readonly RuleGroup[]): string[] {
  const { bounds, namespace, service } = level;
  const known = catalogue(level);
  return groups.flatMap(({ name, rules }) => rules.flatMap((rule) => {
    const template = `${bounds.join()} ${rule.expr.replaceAll(`"${namespace}"`, '"n"').replaceAll(`"${service}`, '"s')}`;
    if (fine.has(template)) return [];
    const problems = checkExpression(rule.expr, known, `services.${service}.observability: ${name}: ${"alert" in rule ? rule.alert : rule.record}`);
    if (problems.length === 0) fine.add(template);
    return problems;
  }));
}
