import { failed, slower, sumCounts } from "./counts.ts";
import { comparedBounds, limitBound } from "./tests.ts";
import type { Together } from "./hypotheses.ts";
import type { Counts, GatePolicy, Tally } from "./types.ts";

/** Looks without which nothing is measured. */
const LEAST_LOOKS = 20;

/** How many requests of the stable revision share one fate, measured over its looks and held within the policy's bounds. */
export function sharedFate(policy: GatePolicy, looks: readonly Counts[]): Together {
  const { least, most, unknown } = policy.overdispersion;
  if (!policy.requests || looks.length < LEAST_LOOKS) return { failures: Math.max(least, unknown), slowness: Math.max(least, unknown) };
  const held = comparedBounds(policy, sumCounts(looks))?.held;
  const bounds = [limitBound(policy), ...(held === undefined ? [] : [held])];
  const inside = (measured: number): number => Math.min(Math.max(least, measured), Math.max(least, most));
  return {
    failures: inside(dispersion(looks.map(failed))),
    slowness: inside(Math.max(...bounds.map((bound) => dispersion(looks.map((look) => slower(look, bound)))))),
  };
}

/**
 * Variance of the bad ones from look to look over that of independent requests (Pearson's statistic over its degrees of freedom): sessions of
 * m requests that fail together make it m. 1 where nothing is bad.
 */
export function dispersion(looks: readonly Tally[]): number {
  const seen = looks.filter(({ all }) => all > 0);
  const all = seen.reduce((sum, look) => sum + look.all, 0);
  const share = seen.reduce((sum, look) => sum + look.bad, 0) / all;
  if (seen.length < 2 || share <= 0 || share >= 1) return 1;
  return seen.reduce((sum, look) => sum + (look.bad - look.all * share) ** 2 / (look.all * share * (1 - share)), 0) / (seen.length - 1);
}
