import type { Tally } from "./types.ts";

/** Odds ratios, over the limit, of the alternatives that are bet on: a little worse to hopeless. */
export const ODDS: readonly number[] = [1.25, 1.6, 2.2, 3.2, 5, 9, 20, 60, 400];

/** A hypothesis about two shares, 0 – 1: candidate ≤ slope × stable + offset. The offset is above 0, slope + offset at least 1. */
export interface Line {
  slope: number;
  offset: number;
}

/**
 * Logarithms of the factors by which bets on shares above `limit`, 0 – 1, grow. While the true share is the limit or below, none is expected to
 * grow (Waudby-Smith and Ramdas). `together` requests may share one fate: a power of 1/together makes up for it (Hölder's inequality).
 */
export function limitBets({ all, bad }: Tally, limit: number, together: number): number[] {
  return ODDS.map((odds) => likelihood(all, bad, worse(limit, odds), limit) / together);
}

/**
 * The same for two shares and the hypothesis that the candidate's is on the line or below. The bet is the likelihood of an alternative over
 * that of the point of the hypothesis nearest to it, where none of the hypothesis is expected to win (Turner, Ly and Grünwald). `expected`
 * is the stable revision's share as known before the look.
 */
export function comparisonBets(candidate: Tally, stable: Tally, line: Line, expected: number, together: number): number[] {
  if (candidate.all === 0 || stable.all === 0) return ODDS.map(() => 0);
  const limit = line.slope * expected + line.offset;
  if (limit >= MOST) return ODDS.map(() => 0);
  return ODDS.map((odds) => {
    const share = worse(limit, odds);
    const nearest = nearestOf(line, { share, all: candidate.all }, { share: expected, all: stable.all });
    const bet = likelihood(candidate.all, candidate.bad, share, line.slope * nearest + line.offset) + likelihood(stable.all, stable.bad, expected, nearest);
    return bet / together;
  });
}

const MOST = 1 - 1e-9;

/** The share whose odds are so many times those of the limit. */
function worse(limit: number, odds: number): number {
  return (odds * limit) / (1 - limit + odds * limit);
}

/** Logarithm of the likelihood of one share over that of another. */
function likelihood(all: number, bad: number, share: number, other: number): number {
  return bad * Math.log(share / other) + (all - bad) * Math.log((1 - share) / (1 - other));
}

/**
 * The stable share of the point on the line that is nearest, by relative entropy weighted with the requests, to an alternative above
 * it. The derivative rises from below 0 at the alternative's own stable share to above 0 where the line reaches its candidate share.
 */
function nearestOf({ slope, offset }: Line, candidate: { share: number; all: number }, stable: { share: number; all: number }): number {
  let low = stable.share;
  let high = Math.min(MOST, (candidate.share - offset) / slope);
  for (let step = 0; step < 40 && high - low > 1e-12; step += 1) {
    const middle = (low + high) / 2;
    const on = slope * middle + offset;
    const pull = (stable.all * (middle - stable.share)) / (middle * (1 - middle)) + (slope * candidate.all * (on - candidate.share)) / (on * (1 - on));
    if (pull < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
