import { absentAlerts } from "./absent-alerts.ts";
import { alertRule } from "./alert.ts";
import type { Alert, AlertRule, RecordingRule, RuleGroup } from "./alert.ts";
import { burnRateAlerts, burnRateRules, longBurnRateRules } from "./burn-rates.ts";
import { errorBudgetAlerts, errorBudgetRules } from "./error-budget.ts";
import { limitAlerts } from "./limit-alerts.ts";
import { EVALUATION_SECONDS } from "./recorded.ts";
import { recordingRules } from "./recording-rules.ts";
import type { ServiceLevel } from "./service-level.ts";
import { workloadAlerts } from "./workload-alerts.ts";

/** Days are long: every few minutes is soon enough, and spares Prometheus their samples. */
const SELDOM_SECONDS = 300;

/** The fields of a PrometheusRule, and of a file of rules, are the same. */
export interface RulesDocument {
  groups: { name: string; interval: string; rules: (RecordingRule | AlertRule)[] }[];
}

/** Every rule of a service. Within a group each rule sees what those before it recorded; a group that would be empty is left out. */
export function ruleGroups(level: ServiceLevel): RuleGroup[] {
  const alerts = (made: Alert[]): AlertRule[] => made.map((alert) => alertRule(level, alert));
  const group = (name: string, intervalSeconds: number, rules: RuleGroup["rules"]): RuleGroup => ({ name: `${level.namespace}.${level.service}.${name}`, intervalSeconds, rules });
  return [
    group("requests", EVALUATION_SECONDS, [...recordingRules(level), ...alerts(limitAlerts(level))]),
    group("burn-rates", EVALUATION_SECONDS, burnRateRules(level)),
    group("error-budget", SELDOM_SECONDS, [...longBurnRateRules(level), ...errorBudgetRules(level), ...alerts(errorBudgetAlerts(level))]),
    group("burn-rate-alerts", EVALUATION_SECONDS, alerts(burnRateAlerts(level))),
    group("workload", EVALUATION_SECONDS, alerts(workloadAlerts(level))),
    group("absent", EVALUATION_SECONDS, alerts(absentAlerts(level))),
  ].filter(({ rules }) => rules.length > 0);
}

/** As the operator and promtool read it. */
export function rulesDocument(groups: readonly RuleGroup[]): RulesDocument {
  return { groups: groups.map(({ intervalSeconds = EVALUATION_SECONDS, name, rules }) => ({ name, interval: `${intervalSeconds}s`, rules })) };
}
