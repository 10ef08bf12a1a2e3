import type { Counts, Tally } from "./types.ts";

/** What several stretches of time brought together. */
export function sumCounts(parts: readonly Counts[]): Counts {
  const sum = { requests: 0, failures: 0, timed: 0, within: new Array<number>(Math.max(0, ...parts.map(({ within }) => within.length))).fill(0) };
  for (const { failures, requests, timed, within } of parts) {
    sum.requests += requests;
    sum.failures += failures;
    sum.timed += timed;
    within.forEach((count, index) => (sum.within[index] = (sum.within[index] ?? 0) + count));
  }
  return sum;
}

export const NOTHING: Counts = { requests: 0, failures: 0, timed: 0, within: [] };

/** Failed ones of all requests. */
export function failed({ requests, failures }: Counts): Tally {
  return { all: requests, bad: failures };
}

/** Of the requests whose time was measured, those that took longer than the bound with this index. */
export function slower({ timed, within }: Counts, index: number): Tally {
  const inTime = within[index];
  return inTime === undefined ? { all: 0, bad: 0 } : { all: timed, bad: Math.max(0, timed - inTime) };
}

/** Index of the lowest bound within which the share, 0 – 1, was answered; undefined where no bound is, or nothing was timed. */
export function quantileBound({ timed, within }: Counts, share: number): number | undefined {
  const index = within.findIndex((count) => count >= share * timed);
  return timed === 0 || index < 0 ? undefined : index;
}

/** The share of bad ones, 0 – 1, that is to be expected: never 0 or 1, and half a per cent where nothing is known. */
export function expectedShare({ all, bad }: Tally): number {
  return (bad + 0.25) / (all + 50);
}
