/**
 * What bets against the hypothesis "the candidate is within its limit" have grown to: one bet for each alternative, and for each look
 * at which the trouble may have begun. The whole starts at 1 and is not expected to grow while the hypothesis is true, so by Ville's
 * inequality it ever reaches 1/alpha with probability alpha at most, however often it is looked at.
 */
export interface Wealth {
  /** Looks with data so far. */
  looks: number;
  /** Natural logarithm of what each alternative's bets are worth. */
  logs: readonly number[];
}

/** Part of the stake that is bet on trouble from the first look on. */
const AT_ONCE = 0.7;

/** Before any look: nothing is bet, the whole stake of 1 is left. */
export const START: Wealth = { looks: 0, logs: [] };

/** What a look does to the bets on one alternative. */
export interface Bet {
  /** The alternative's part of every stake; the parts add up to 1. */
  part: number;
  /** Natural logarithm of the factor by which the bets grow or shrink. */
  growth: number;
}

/** One look on: the stake for trouble that begins with look t, (1 - AT_ONCE) / (t (t - 1)), joins the bets; then all of them play. */
export function grow({ looks, logs }: Wealth, bets: readonly Bet[]): Wealth {
  const at = looks + 1;
  const stake = at === 1 ? AT_ONCE : (1 - AT_ONCE) / (at * (at - 1));
  return { looks: at, logs: bets.map(({ part, growth }, index) => logSum(logs[index] ?? -Infinity, Math.log(stake * part)) + growth) };
}

/** Natural logarithm of all the bets and of the stake not bet yet. */
export function logWealth({ looks, logs }: Wealth): number {
  const left = looks === 0 ? 0 : Math.log((1 - AT_ONCE) / looks);
  const most = Math.max(left, ...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), Math.exp(left - most)));
}

/** log(e^a + e^b) without overflow; a summand of less than e^-40 of the other is nothing. */
function logSum(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return high - low > 40 || low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}
