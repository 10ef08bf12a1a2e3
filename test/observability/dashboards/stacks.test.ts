import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { serviceLevel } from "../../../components/delivery/service-level.ts";
import { groupingProblems } from "../../../components/observability/cardinality.ts";
import { dashboardText, namespaceDashboards, serviceDashboards } from "../../../components/observability/dashboards/index.ts";
import { lintDashboards } from "../../../components/observability/dashboards/lint/index.ts";
import { catalogue } from "../../../components/observability/promql/catalogue.ts";
import { ruleGroups } from "../../../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../../../components/observability/service-level.ts";
import { dashboardsOf } from "../../../operations/dashboards/documents.ts";
import type { Sections } from "../../../settings/index.ts";
import { parseStackFile } from "../../../settings/stack-file.ts";
import { LEVEL, TCP } from "../levels.ts";

const BOTH: ServiceLevel = { ...LEVEL, service: "gateway", protocols: ["http2", "tcp"], windowDays: 28, objectives: { availability: 95 } };

describe.each(["sandbox", "staging", "production"])("the dashboards of %s", (stack) => {
  test("are such that the linter finds nothing", () => {
    const settings = settingsOf(stack);
    const all = dashboardsOf(settings, stack);
    expect(all.length).toBeGreaterThan(Object.keys(settings.services).length * 3);
    expect(lint(all.map(({ text }) => text))).toEqual([]);
  });
});

test("the dashboards of services that promise, speak and scale otherwise are such that the linter finds nothing", () => {
  const all = [...[LEVEL, TCP, BOTH].flatMap(serviceDashboards), ...namespaceDashboards({ namespace: "shop" })];
  expect(lint(all.map(({ document }) => dashboardText(document)))).toEqual([]);
});

describe.each([["sandbox", ofStack("sandbox")], ["staging", ofStack("staging")], ["production", ofStack("production")], ["tests", [LEVEL, TCP, BOTH]]])("what the services of %s have", (_, levels) => {
  test("records and alerts by labels with few values", () => {
    const recordings = levels.flatMap(ruleGroups).flatMap(({ name, rules }) => rules.flatMap((rule) => ("record" in rule ? groupingProblems(rule.expr, "stored", `${name}: ${rule.record}`) : groupingProblems(rule.expr, "shown", `${name}: ${rule.alert}`))));
    expect(recordings).toEqual([]);
  });
});

function lint(texts: readonly string[]): string[] {
  return lintDashboards(texts, { catalogue: catalogue(LEVEL) }).map(({ message, rule }) => `${rule}: ${message}`);
}

function ofStack(stack: string): ServiceLevel[] {
  return Object.entries(settingsOf(stack).services).map(([name, settings]) => serviceLevel(name, settings));
}

function settingsOf(stack: string): Sections {
  const path = `Pulumi.${stack}.yaml`;
  const parsed = parseStackFile(path, readFileSync(path, "utf8"));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}
