import { comparisonBets, idle, limitBets } from "./bets.ts";
import { expectedShare, failed, quantileBound, slower } from "./counts.ts";
import type { Counts, CustomIndicator, GatePolicy, Look, Tally } from "./types.ts";
import type { Bet } from "./wealth.ts";

/** The stable revision before a look. */
export interface Past {
  counts: Counts;
  custom: Readonly<Record<string, Tally>>;
}

/** How many requests share one fate, so that they count as one; ≥ 1. */
export interface Together {
  failures: number;
  slowness: number;
}

/** What the gate tries to prove of the candidate, look by look. */
export interface Test {
  name: string;
  /** Parts of alpha that it may use. */
  parts: number;
  /** Its bets at this look; nothing where the look says nothing about it. */
  bets(look: Look, past: Past): Bet[] | undefined;
}

const SLOW = 0.05;
/** A limit of 0 could never be told from one failure in a million: the least is a hundredth of a per cent. */
const LEAST = 1e-4;
const UNKNOWN: Tally = { all: 0, bad: 0 };

/** The tests of a policy. Their parts add up to the whole of alpha. */
export function testsOf(policy: GatePolicy, together: Together): Test[] {
  return [...(policy.requests ? requestTests(policy, together) : []), ...policy.custom.flatMap((indicator) => customTests(indicator, policy))];
}

/** The failed share, 0 – 1, that both limits allow. */
export function allowedFailures({ limits }: GatePolicy): number {
  return Math.max(LEAST, Math.min(limits.errorPercent, 100 - limits.successPercent) / 100);
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
        if (at === undefined) return undefined;
        // The line through (0, 5 %) and (100 %, 100 %): above it more than 5 % are slow, and more than the stable revision has.
        const line = { slope: 1 - SLOW, offset: SLOW };
        return comparisonBets(slower(candidate, at.crossed), slower(stable, at.held), line, expectedShare(slower(counts, at.held)), together.slowness);
      },
    },
  ];
}

function customTests(indicator: CustomIndicator, policy: GatePolicy): Test[] {
  const { name, kind } = indicator;
  switch (kind) {
    case "ratio":
      return [
        { name, parts: 1, bets: ({ custom }) => ofRatio(custom[name], (candidate) => limited(candidate, Math.max(LEAST, indicator.limit / 100), policy.overdispersion.unknown)) },
        { name: `${name}-regression`, parts: 1, bets: ({ custom }, past) => ofRatio(custom[name], (candidate, stable) => compared(candidate, stable, past.custom[name] ?? UNKNOWN, policy, policy.overdispersion.unknown)) },
      ];
    case "value":
      return [{ name, parts: 1, bets: ({ custom }) => ofValue(custom[name], (value) => limitBets({ all: 1, bad: value > indicator.limit ? 1 : 0 }, tolerated(indicator), 1)) }];
    default:
      return kind satisfies never;
  }
}

/** Share of the looks, 0 – 1, at which a gauge may be over its limit. */
function tolerated({ tolerated: percent = 20 }: Extract<CustomIndicator, { kind: "value" }>): number {
  return percent / 100;
}

function limited(seen: Tally, limit: number, together: number): Bet[] | undefined {
  if (seen.all === 0) return undefined;
  return limit >= 1 ? idle() : limitBets(seen, limit, together);
}

function compared(candidate: Tally, stable: Tally, past: Tally, { regression }: GatePolicy, together: number): Bet[] | undefined {
  if (candidate.all === 0) return undefined;
  const line = { slope: 1 + regression.percent / 100, offset: Math.max(LEAST, regression.points / 100) };
  return comparisonBets(candidate, stable, line, expectedShare(past), together);
}

function ofRatio(reading: Look["custom"][string] | undefined, bets: (candidate: Tally, stable: Tally) => Bet[] | undefined): Bet[] | undefined {
  return reading?.kind === "ratio" ? bets(reading.candidate, reading.stable) : undefined;
}

function ofValue(reading: Look["custom"][string] | undefined, bets: (value: number) => Bet[]): Bet[] | undefined {
  return reading?.kind === "value" ? bets(reading.candidate) : undefined;
}
