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

/** Before any look: nothing is bet, the whole stake of 1 is left. */
export function startWealth(alternatives: number): Wealth {
  return { looks: 0, logs: Array.from({ length: alternatives }, () => -Infinity) };
}

/**
 * One look on: the stake set aside for trouble that begins at this look joins, then all is multiplied by the look's factors (natural
 * logarithms, one an alternative). Half of the stake is bet at the first look, and 1 / (2 t (t - 1)) at look t.
 */
export function grow({ looks, logs }: Wealth, logFactors: readonly number[]): Wealth {
  const at = looks + 1;
  const fresh = Math.log((at === 1 ? 0.5 : 0.5 / (at * (at - 1))) / logs.length);
  return { looks: at, logs: logs.map((log, index) => logSum(log, fresh) + (logFactors[index] ?? 0)) };
}

/** Natural logarithm of all the bets and of the stake not bet yet. */
export function logWealth({ looks, logs }: Wealth): number {
  return logs.reduce(logSum, looks === 0 ? 0 : Math.log(0.5 / looks));
}

/** log(e^a + e^b) without overflow. */
function logSum(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}
