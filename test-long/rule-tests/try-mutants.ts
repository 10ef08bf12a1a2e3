import { parse } from "../../components/observability/promql/parse.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { promtoolBeside } from "../promtool.ts";
import type { Rule } from "./document.ts";
import { ruleTests } from "./index.ts";
import { mutants } from "./mutants.ts";
import type { Mutant } from "./mutants.ts";

export interface Tried extends Mutant {
  killed: boolean;
}

/**
 * The tests of the rule, asked of the rule and of all its mutants at once: each is a rule with a name of its own over the same series,
 * which are read once for all of them. What is no PromQL any more is no mutant, and is left out.
 */
export async function tryMutants(rule: Rule, level: ServiceLevel): Promise<Tried[]> {
  const all = mutants(rule).filter(({ rule: { expr } }) => parse(expr).problems.length === 0);
  const killed = await failing(all.map(({ rule: mutant }, at) => [at, mutant] as const), rule, level);
  return all.map((mutant, at) => ({ ...mutant, killed: killed.has(at) }));
}

async function failing(tried: readonly (readonly [number, Rule])[], rule: Rule, level: ServiceLevel): Promise<Set<number>> {
  const rules = [named(rule, "own"), ...tried.map(([at, mutant]) => named(mutant, at))];
  const tests = ruleTests("rules.yaml", rule, level, rules);
  const judged = tests.map((_, at) => `tests${at}.yaml`);
  const files = { "rules.yaml": { groups: [{ name: "all", rules }] }, ...Object.fromEntries(tests.map((test, at) => [`tests${at}.yaml`, test])) };
  const { code, said } = await promtoolBeside(["test", "rules"], files, judged);
  const names = (pattern: RegExp): number[] => [...said.matchAll(pattern)].map(([, at = ""]) => {
    if (at === "own") throw new Error(`the rule fails its own tests: ${said.slice(said.indexOf("_mutant_own") - 300).slice(0, 1500)}`);
    return Number(at);
  });
  const broken = new Set(names(/rule: \S+?_mutant_(\w+), time: .*err:/g));
  // An evaluation that fails ends its case for all others too: they are asked again without it.
  if (broken.size > 0) return new Set([...broken, ...await failing(tried.filter(([at]) => !broken.has(at)), rule, level)]);
  const failed = new Set(names(/(?:alertname: ?|expr: "count\()\S+?_mutant_(\w+?)\b/g));
  if (code !== 0 && failed.size === 0) throw new Error(`promtool says what was not understood: ${said.slice(0, 1500)}`);
  return failed;
}

function named(rule: Rule, name: number | "own"): Rule {
  return "alert" in rule ? { ...rule, alert: `${rule.alert}_mutant_${name}` } : { ...rule, record: `${rule.record}_mutant_${name}` };
}
