import type { Tally } from "./types.ts";
import type { Bet } from "./wealth.ts";

/** Odds ratios, over the limit, of the alternatives that are bet on: a little worse to hopeless. */
const ODDS = [1.25, 1.6, 2.2, 3.2, 5, 9, 20, 60, 400] as const;
/** The trouble that most of the stake waits for: this share of the requests, 0 – 1, beyond the limit. */
const POINTS = 0.05;
const ON_POINTS = 0.4;

/** A hypothesis about two shares, 0 – 1: candidate ≤ slope × stable + offset. The offset is above 0, slope + offset at least 1. */
export interface Line {
  slope: number;
  offset: number;
}

/**
 * Logarithms of the factors by which bets on shares above `limit`, 0 – 1, grow. While the true share is the limit or below, none is expected to
 * grow (Waudby-Smith and Ramdas). `together` requests may share one fate: a power of 1/together makes up for it (Hölder's inequality).
 */
export function limitBets({ all, bad }: Tally, limit: number, together: number): Bet[] {
  return alternatives(limit).map(({ part, share }) => ({ part, growth: likelihood(all, bad, share, limit) / together }));
}

/**
 * The same for two shares and the hypothesis that the candidate's is on the line or below. The bet is the likelihood of an alternative over
 * that of the point of the hypothesis nearest to it, where none of the hypothesis is expected to win (Turner, Ly and Grünwald). `expected`
 * is the stable revision's share as known before the look.
 */
export function comparisonBets(candidate: Tally, stable: Tally, line: Line, expected: number, together: number): Bet[] {
  const limit = line.slope * expected + line.offset;
  if (candidate.all === 0 || stable.all === 0 || limit >= MOST) return idle();
  return alternatives(limit).map(({ part, share }) => {
    const nearest = nearestOf(line, { share, all: candidate.all }, { share: expected, all: stable.all });
    const growth = likelihood(candidate.all, candidate.bad, share, line.slope * nearest + line.offset) + likelihood(stable.all, stable.bad, expected, nearest);
    return { part, growth: growth / together };
  });
}

/** Bets that rest: the look says nothing. */
export function idle(): Bet[] {
  return alternatives(0.5).map(({ part }) => ({ part, growth: 0 }));
}

/** A line that asks for more than this allows nearly every failure: the bets rest. */
const MOST = 0.999;

/** Shares above the limit, each with its part of the stake. */
function alternatives(limit: number): { share: number; part: number }[] {
  const beyond = limit + Math.min(POINTS, (1 - limit) / 2);
  return [{ share: beyond, part: ON_POINTS }, ...ODDS.map((odds) => ({ share: (odds * limit) / (1 - limit + odds * limit), part: (1 - ON_POINTS) / ODDS.length }))];
}

/** Logarithm of the likelihood of one share over that of another. */
function likelihood(all: number, bad: number, share: number, other: number): number {
  return bad * Math.log(share / other) + (all - bad) * Math.log((1 - share) / (1 - other));
}

/**
 * The stable share of the point on the line that is nearest, by relative entropy weighted with the requests, to an alternative above it.
 * The entropy's slope, times what keeps it a cubic, is below 0 at the alternative's own stable share and above 0 where the line
 * reaches its candidate share; the root between is found by false position, halving the end that stays (Illinois).
 */
function nearestOf({ slope, offset }: Line, candidate: { share: number; all: number }, stable: { share: number; all: number }): number {
  const pull = (at: number): number => {
    const on = slope * at + offset;
    return stable.all * (at - stable.share) * on * (1 - on) + slope * candidate.all * (on - candidate.share) * at * (1 - at);
  };
  let [low, high] = [stable.share, Math.min(1 - 1e-12, (candidate.share - offset) / slope)];
  let [below, above] = [pull(low), pull(high)];
  let kept = 0;
  for (let step = 0; step < 100 && high - low > 1e-14 * Math.min(low, 1 - high) && below < 0 && above > 0; step += 1) {
    const at = (low * above - high * below) / (above - below);
    const found = pull(at);
    if (found === 0 || at <= low || at >= high) return at;
    if (found < 0) {
      [low, below] = [at, found];
      if (kept < 0) above /= 2;
      kept = -1;
    } else {
      [high, above] = [at, found];
      if (kept > 0) below /= 2;
      kept = 1;
    }
  }
  return (low + high) / 2;
}
