import { failed, quantileBound, sumCounts } from "./counts.ts";
import { recentTally, stablePast, thresholds } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { comparedBounds, testsOf } from "./tests.ts";
import type { CustomIndicator, IndicatorReading, Look, Tally } from "./types.ts";

/** A line of a verdict without its evidence, which is that of the test with this name. */
type Line = Omit<IndicatorReading, "evidence"> & { test: string };

/** The lines of a verdict: the figures are those of the last looks, the evidence is of the whole rollout. */
export function readings(gate: Gate): IndicatorReading[] {
  const proof = evidenceByTest(gate);
  const { policy } = gate;
  const lines = [...(policy.requests ? requestLines(gate) : []), ...policy.custom.flatMap((indicator) => customLines(indicator, gate))];
  return lines.map(({ test, ...line }) => ({ ...line, evidence: proof[test] ?? 0 }));
}

/** Of each test, how much of the proof there has been at most, 0 – 1. */
function evidenceByTest({ policy, peak, together }: Gate): Record<string, number> {
  const needed = thresholds({ policy, together });
  return Object.fromEntries(testsOf(policy, together).map(({ name }, index) => [name, Math.min(1, (peak[index] ?? 0) / (needed[index] ?? Infinity))]));
}

function requestLines(gate: Gate): Line[] {
  const { policy, recent } = gate;
  const candidate = sumCounts(recent.map((look) => look.candidate));
  const stable = sumCounts(recent.map((look) => look.stable));
  const { limits, regression } = policy;
  const errors = percent(failed(candidate));
  const usual = percent(failed(stable));
  const bounds = comparedBounds(policy, stablePast(gate).counts);
  const within = quantileBound(candidate, 0.95);
  const p95 = within === undefined ? null : (policy.bounds[within] ?? null);
  const of = { samples: candidate.requests, unit: "percent" };
  const timed = { samples: candidate.timed, unit: "milliseconds" };
  return [
    { name: "errors", test: "errors", value: errors, limit: limits.errorPercent, ...of },
    { name: "success", test: "errors", value: errors === null ? null : tidy(100 - errors), limit: limits.successPercent, ...of },
    { name: "errors-regression", test: "errors-regression", value: errors, limit: usual === null ? null : tidy(usual * (1 + regression.percent / 100) + regression.points), ...of },
    { name: "p95", test: "p95", value: p95, limit: limits.p95Milliseconds, ...timed },
    { name: "p95-regression", test: "p95-regression", value: p95, limit: bounds === undefined ? null : (policy.bounds[bounds.crossed] ?? null), ...timed },
  ];
}

function customLines(indicator: CustomIndicator, { policy: { regression }, recent }: Gate): Line[] {
  const { kind, limit, name } = indicator;
  switch (kind) {
    case "ratio": {
      const candidate = recentTally(recent, name, "candidate");
      const usual = percent(recentTally(recent, name, "stable"));
      const line = { value: percent(candidate), unit: "percent", samples: candidate.all };
      return [
        { name, test: name, limit, ...line },
        { name: `${name}-regression`, test: `${name}-regression`, limit: usual === null ? null : tidy(usual * (1 + regression.percent / 100) + regression.points), ...line },
      ];
    }
    case "value": {
      const seen = recent.flatMap(({ custom }: Look) => (custom[name]?.kind === "value" ? [custom[name].candidate] : []));
      return [{ name, test: name, value: seen.at(-1) ?? null, limit, unit: indicator.unit, samples: seen.length }];
    }
    default:
      return kind satisfies never;
  }
}

function percent({ all, bad }: Tally): number | null {
  return all === 0 ? null : tidy((100 * bad) / all);
}

/** Three digits behind the point, so that 100 - 99.9 is 0.1. */
function tidy(value: number): number {
  return Math.round(value * 1000) / 1000;
}
