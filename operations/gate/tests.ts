import { comparisonBets, limitBets } from "./bets.ts";
import { expectedShare, failed, quantileBound, slower } from "./counts.ts";
import { customTests } from "./custom-tests.ts";
import { compared, LEAST, limited } from "./hypotheses.ts";
import type { Test, Together } from "./hypotheses.ts";
import type { Counts, GatePolicy } from "./types.ts";

const SLOW = 0.05;

/** The tests of a policy. Their parts add up to the whole of alpha. */
export function testsOf(policy: GatePolicy, together: Together): Test[] {
  return [...(policy.requests ? requestTests(policy, together) : []), ...policy.custom.flatMap((indicator) => customTests(indicator, policy))];
}

/** The failed share, 0 – 1, that both limits allow. */
export function allowedFailures({ limits }: GatePolicy): number {
  return Math.min(limits.errorPercent, 100 - limits.successPercent) / 100;
}

/** Index of the p95 limit among the bounds. @throws RangeError when it is none of them */
export function limitBound({ bounds, limits }: GatePolicy): number {
  const index = bounds.indexOf(limits.p95Milliseconds);
  if (index >= 0) return index;
  throw new RangeError(`limits.p95Milliseconds: is no bound of the mesh's histogram, got ${limits.p95Milliseconds}; use one of ${bounds.join(", ")}`);
}

/**
 * Indices of the bound that holds the stable revision's p95, and of the lowest one that is a regression above it. Two bounds are compared
 * and nothing is guessed between them; nothing where too little is known of the stable revision.
 */
export function comparedBounds({ bounds, regression }: GatePolicy, stable: Counts): { held: number; crossed: number } | undefined {
  const held = stable.timed < 20 ? undefined : quantileBound(stable, 1 - SLOW);
  const bound = held === undefined ? undefined : bounds[held];
  if (held === undefined || bound === undefined) return undefined;
  const crossed = bounds.findIndex((other) => other >= bound * (1 + regression.percent / 100));
  return crossed < 0 ? undefined : { held, crossed };
}

function requestTests(policy: GatePolicy, together: Together): Test[] {
  const within = limitBound(policy);
  return [
    { name: "errors", parts: 1, bets: ({ candidate }) => limited(failed(candidate), allowedFailures(policy), together.failures) },
    { name: "errors-regression", parts: 2, bets: ({ candidate, stable }, past) => compared(failed(candidate), failed(stable), failed(past.counts), policy, together.failures) },
    { name: "p95", parts: 1, bets: ({ candidate }) => limited(slower(candidate, within), SLOW, together.slowness) },
    {
      name: "p95-regression",
      parts: 1,
      bets({ candidate, stable }, { counts }) {
        const at = comparedBounds(policy, counts);
        if (at === undefined || candidate.timed === 0) return undefined;
        const seen = slower(candidate, at.crossed);
        const line = { slope: 1, offset: LEAST };
        // More than 5 % are slow, which alone could be the hour's, and more than the stable revision has.
        return [
          limitBets(seen, SLOW, together.slowness),
          comparisonBets(seen, slower(stable, at.held), line, expectedShare(slower(counts, at.held)), together.slowness),
        ];
      },
    },
  ];
}
