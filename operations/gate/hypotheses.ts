import { comparisonBets, idle, limitBets } from "./bets.ts";
import { expectedShare } from "./counts.ts";
import type { Counts, GatePolicy, Look, Tally } from "./types.ts";
import type { Bet } from "./wealth.ts";

/** How many requests share one fate, so that they count as one; ≥ 1. */
export interface Together {
  failures: number;
  slowness: number;
}

/** The stable revision before a look. */
export interface Past {
  counts: Counts;
  custom: Readonly<Record<string, Tally>>;
}

/** What the gate tries to prove of the candidate, look by look. */
export interface Test {
  name: string;
  /** Parts of alpha that it may use. */
  parts: number;
  /**
   * Its bets at this look, one list for each hypothesis that has to fall before the whole is proved; nothing where the look says nothing
   * about it.
   */
  bets(look: Look, past: Past): Bet[][] | undefined;
}

/** A limit of 0 could never be told from one failure in a million: the least is a hundredth of a per cent. */
export const LEAST = 1e-4;

/** The hypothesis that the share of bad ones is the limit, 0 – 1, at most. */
export function limited(seen: Tally, limit: number, together: number): Bet[][] | undefined {
  if (seen.all === 0) return undefined;
  return [limit >= 1 ? idle() : limitBets(seen, Math.max(LEAST, limit), together)];
}

/** The hypothesis that the share is that of the stable revision at most, with what the policy allows on top. */
export function compared(candidate: Tally, stable: Tally, past: Tally, { regression }: GatePolicy, together: number): Bet[][] | undefined {
  if (candidate.all === 0) return undefined;
  const line = { slope: 1 + regression.percent / 100, offset: Math.max(LEAST, regression.points / 100) };
  return [comparisonBets(candidate, stable, line, expectedShare(past), together)];
}
