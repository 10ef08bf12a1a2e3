import type { IndicatorSettings } from "../../components/delivery/indicator-settings.ts";
import { indicatorFaults } from "../../components/observability/promql/indicator.ts";
import { Problem } from "../../toolchain/problem.ts";
import type { CustomQuery } from "../gate/queries.ts";
import type { CustomIndicator } from "../gate/types.ts";

/** What the gate judges by, of a service's own indicators. */
export function customIndicators(indicators: Readonly<Record<string, IndicatorSettings>>): CustomIndicator[] {
  return Object.entries(indicators).map(([name, indicator]): CustomIndicator => {
    const { limit, minimumSamples } = indicator;
    if (indicator.kind === "ratio") return { name, kind: "ratio", limit, minimumSamples };
    return { name, kind: "value", limit, minimumSamples, unit: indicator.unit, bad: indicator.bad, tolerated: indicator.tolerated };
  });
}

/** What it asks for them. */
export function customQueries(indicators: Readonly<Record<string, IndicatorSettings>>): CustomQuery[] {
  return Object.entries(indicators).map(([name, indicator]): CustomQuery => (indicator.kind === "ratio"
    ? { name, kind: "ratio", all: indicator.all, bad: indicator.bad }
    : { name, kind: "value", query: indicator.query, worst: indicator.bad === "above" ? "highest" : "lowest" }));
}

/** @throws Problem with everything that keeps Prometheus from answering the services' indicators revision by revision */
export function checkIndicators(services: Readonly<Record<string, { rollout: { indicators: Readonly<Record<string, IndicatorSettings>> } }>>): void {
  const problems = Object.entries(services).flatMap(([service, { rollout }]) => Object.entries(rollout.indicators).flatMap(([name, indicator]) => {
    const queries = indicator.kind === "ratio" ? { all: indicator.all, bad: indicator.bad } : { query: indicator.query };
    return Object.entries(queries).flatMap(([key, query]) => indicatorFaults(query, { counted: indicator.kind === "ratio" })
      .map(({ got, todo, wrong }) => `services.${service}.rollout.indicators.${name}.${key}: ${wrong}, got ${JSON.stringify(got)}; ${todo}`));
  }));
  if (problems.length > 0) throw new Problem(problems.join("\n"));
}
