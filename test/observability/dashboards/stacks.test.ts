import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { serviceLevel } from "../../../components/delivery/service-level.ts";
import { groupingProblems } from "../../../components/observability/cardinality.ts";
import { dashboardText, namespaceDashboards, serviceDashboards } from "../../../components/observability/dashboards/index.ts";
import { lintDashboards } from "../../../components/observability/dashboards/lint/index.ts";
import { catalogue } from "../../../components/observability/promql/catalogue.ts";
import { ruleGroups } from "../../../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../../../components/observability/service-level.ts";
import { parseStackFile } from "../../../settings/stack-file.ts";
import { LEVEL, TCP } from "../levels.ts";

const BOTH: ServiceLevel = { ...LEVEL, service: "gateway", protocols: ["http2", "tcp"], windowDays: 28, objectives: { availability: 95 } };

describe.each([["sandbox", ofStack("sandbox")], ["staging", ofStack("staging")], ["production", ofStack("production")], ["tests", [LEVEL, TCP, BOTH]]])("what is declared for the services of %s", (_, levels) => {
  test("has no dashboard that the linter finds anything in", () => {
    const namespaces = [...new Set(levels.map(({ namespace }) => namespace))];
    const all = [...levels.flatMap(serviceDashboards), ...namespaces.flatMap((namespace) => namespaceDashboards({ namespace }))];
    expect(all.length).toBeGreaterThan(levels.length * 2);
    expect(lintDashboards(all.map(({ document }) => dashboardText(document)), { catalogue: catalogue(LEVEL) })).toEqual([]);
  });

  test("records and alerts by labels with few values", () => {
    const recordings = levels.flatMap(ruleGroups).flatMap(({ name, rules }) => rules.flatMap((rule) => ("record" in rule ? groupingProblems(rule.expr, "stored", `${name}: ${rule.record}`) : groupingProblems(rule.expr, "shown", `${name}: ${rule.alert}`))));
    expect(recordings).toEqual([]);
  });
});

function ofStack(stack: string): ServiceLevel[] {
  const path = `Pulumi.${stack}.yaml`;
  const parsed = parseStackFile(path, readFileSync(path, "utf8"));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return Object.entries(parsed.settings.services).map(([name, settings]) => serviceLevel(name, settings));
}
