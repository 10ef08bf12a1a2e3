import type { Alert, RecordingRule } from "./alert.ts";
import { failedShare } from "./burn-rates.ts";
import { objectives } from "./objectives.ts";
import { EVALUATION_SECONDS, recorded } from "./recorded.ts";
import { recording } from "./recording-rules.ts";
import type { ServiceLevel } from "./service-level.ts";

/** What is left of each budget over the window, 1 (untouched) to below 0 (overdrawn); nothing without requests. */
export function errorBudgetRules(level: ServiceLevel): RecordingRule[] {
  const window = `${level.windowDays}d` as const;
  return objectives(level).map((objective) =>
    recording(level, `slipway:error_budget:remaining${window}`, `1 - (${failedShare(level, objective, window)}) / ${objective.budget}`, { objective: objective.name }));
}

/** A budget that is used up. A service with so few requests that one failure is more than its budget is not judged. */
export function errorBudgetAlerts(level: ServiceLevel): Alert[] {
  const { service, namespace, minimumRequests, windowDays } = level;
  return objectives(level).map(({ budget, name, promise }) => {
    const events = `sum_over_time(${recorded(level, "slipway:objective_events:rate5m", { objective: name })}[${windowDays}d]) * ${EVALUATION_SECONDS}`;
    return {
      name: "SlipwayErrorBudgetExhausted" as const,
      severity: "ticket" as const,
      expression: `${recorded(level, `slipway:error_budget:remaining${windowDays}d`, { objective: name })} <= 0\nand on () ${events} >= ${Math.max(minimumRequests, Math.ceil(1 / budget))}`,
      lasting: "10m",
      dashboard: "levels" as const,
      labels: { objective: name },
      summary: `${service} has used up its ${name} budget of ${windowDays} days`,
      description: `In namespace ${namespace} the promise of ${service} is: ${promise}. Over the last ${windowDays} days it was broken; what is left of the budget is {{ $value | humanizePercentage }}. It has been so for 10m or longer.`,
    };
  });
}
