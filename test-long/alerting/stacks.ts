import { readFileSync } from "node:fs";
import type { AlertRule } from "../../components/observability/alert.ts";
import { ALERTS_SECRET, secretEntries } from "../../components/observability/alerting/receivers.ts";
import type { AlertSettings } from "../../components/observability/alerting/alert-settings.ts";
import { alertmanagerSpec } from "../../components/observability/alerting/routing.ts";
import { ruleGroups } from "../../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { parseStackFile } from "../../settings/stack-file.ts";
import type { Routed } from "./operator.ts";

/** The alert settings of each namespace that a stack declares. */
export function alertSettingsOf(stack: string): Record<string, AlertSettings> {
  const path = `Pulumi.${stack}.yaml`;
  const parsed = parseStackFile(path, readFileSync(path, "utf8"));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return Object.fromEntries(Object.entries(parsed.settings.namespaces).flatMap(([name, { alerts }]) => (alerts === undefined ? [] : [[name, alerts]])));
}

/** What a stack would send, with `valueOf` for what its receivers keep to themselves. */
export function routed(namespace: string, settings: AlertSettings, valueOf: (key: string) => string): Routed {
  const entries = Object.entries(settings.receivers).flatMap(([name, receiver]) => Object.entries(secretEntries(name, receiver)));
  return {
    namespace,
    name: "slipway",
    spec: alertmanagerSpec(settings),
    secret: { name: ALERTS_SECRET, values: Object.fromEntries(entries.map(([key]) => [key, valueOf(key)])) },
  };
}

/** Every alert of a service. */
export function alertsOf(level: ServiceLevel): AlertRule[] {
  return ruleGroups(level).flatMap(({ rules }) => rules).filter((rule) => "alert" in rule);
}
