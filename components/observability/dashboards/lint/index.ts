import { dashboardRules } from "./dashboard-rules.ts";
import { panelRules } from "./panel-rules.ts";
import type { LintedDashboard } from "./read.ts";
import type { LintContext, Rule } from "./rule.ts";
import { targetRules } from "./target-rules.ts";

/** Every rule by its name: those of Grafana's own dashboard linter, and ours. */
export const RULES: Readonly<Record<string, Rule>> = { ...dashboardRules, ...panelRules, ...targetRules };

/** What a rule found. */
export interface Finding {
  /** The rule's name. */
  rule: string;
  /** Title of the dashboard. */
  dashboard: string;
  /** `dashboard "<title>": <where in it>: <what is wrong>, got <value>; <what to do>`. */
  message: string;
}

/** Everything that is wrong with dashboards that are delivered together: their links may lead to one another. */
export function lintDashboards(texts: readonly string[], { catalogue, uids = [] }: LintContext): Finding[] {
  const documents = texts.map((text): LintedDashboard => JSON.parse(text));
  const known = [...uids, ...documents.flatMap(({ uid }) => uid ?? [])];
  const twice = known.filter((uid, index) => known.indexOf(uid) !== index);
  return documents.flatMap((dashboard) => [
    ...(dashboard.uid !== undefined && twice.includes(dashboard.uid) ? [finding("unique-uid", dashboard, `uid: is another dashboard's as well, so that the last one wins, got "${dashboard.uid}"; rename one`)] : []),
    ...Object.entries(RULES).flatMap(([name, rule]) => rule(dashboard, { catalogue, uids: known }).map((problem) => finding(name, dashboard, problem))),
  ]);
}

function finding(rule: string, { title = "" }: LintedDashboard, problem: string): Finding {
  return { rule, dashboard: title, message: `dashboard "${title}": ${problem}` };
}
