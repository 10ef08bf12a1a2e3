import { dashboardUid } from "./dashboards/uid.ts";
import type { ServiceDashboard } from "./dashboards/uid.ts";
import { nextStep } from "./runbooks.ts";
import type { AlertName } from "./runbooks.ts";
import type { ServiceLevel } from "./service-level.ts";

/** `page` wakes somebody, `ticket` waits for the morning, `info` is read with another alert. */
export type Severity = "page" | "ticket" | "info";

/** An alert as the house writes it. */
export interface Alert {
  name: AlertName;
  severity: Severity;
  expression: string;
  /** PromQL duration for which the expression has to hold before anybody is told. */
  lasting: string;
  /** One line: what is wrong and how bad. Templates of Prometheus are filled in. */
  summary: string;
  /** What is wrong, how bad, against which limit, over which time. */
  description: string;
  /** Labels beside service, namespace and severity, by which routes and inhibitions tell alerts apart. @default none */
  labels?: Record<string, string> | undefined;
  /** Where to look first; `canary` shows the alert's revision. @default the overview */
  dashboard?: ServiceDashboard | undefined;
}

/** A rule as the PrometheusRule has it. */
export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: { summary: string; description: string; next_step: string; runbook_url: string; dashboard_url: string };
}

export interface RecordingRule {
  record: string;
  expr: string;
  labels: Record<string, string>;
}

export interface RuleGroup {
  /** Unique in the cluster. */
  name: string;
  /** Seconds between two evaluations. @default Prometheus' own */
  intervalSeconds?: number | undefined;
  rules: (RecordingRule | AlertRule)[];
}

/** The alert as Prometheus takes it, with everything that whoever is woken needs. */
export function alertRule(level: ServiceLevel, { name, severity, expression, lasting, summary, description, labels, dashboard }: Alert): AlertRule {
  const { service, namespace, grafana, runbooks } = level;
  return {
    alert: name,
    expr: expression,
    for: lasting,
    labels: { severity, service, namespace, ...labels },
    annotations: {
      summary,
      description,
      next_step: nextStep(name, level),
      runbook_url: `${runbooks}/${name}.md`,
      dashboard_url: `${grafana}/d/${dashboardUid(namespace, service, dashboard)}${dashboard === "canary" ? "?var-candidate={{ $labels.revision }}" : ""}`,
    },
  };
}

/** A share in per cent as a number of PromQL, without the digits that floating point adds. */
export function share(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}
