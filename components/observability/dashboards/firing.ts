import type { ServiceLevel } from "../service-level.ts";
import type { Panel } from "./panel-kinds.ts";

type Named = Pick<ServiceLevel, "namespace" | "service">;

/** Alerts of the service that fire now. */
function firing({ namespace, service }: Named, more = ""): string {
  return `ALERTS{namespace="${namespace}",service="${service}",alertstate="firing"${more}}`;
}

/** How many of them somebody has to do something about; nothing where there is none. */
export function firingCount(level: Named): string {
  return `count(${firing(level, ',severity!="info"')})`;
}

/** The alerts that fire, a line each. */
export function firingTable(level: Named): Panel {
  return {
    kind: "table",
    title: "Alerts that fire",
    description: "Each alert's notification has its first step, its runbook and the values; empty means that nothing fires.",
    unit: "none",
    queries: [{ expression: `max by (alertname, severity, objective, role, revision, pod) (${firing(level)})` }],
    labels: { alertname: "Alert", severity: "Severity", role: "Role", revision: "Revision", objective: "Objective", pod: "Pod" },
    height: 6,
    width: 24,
    noValue: "no alert fires",
  };
}
