import type { Counts, Tally } from "./types.ts";

/** What two stretches of time brought together. */
export function addCounts(left: Counts, right: Counts): Counts {
  const longer = left.within.length >= right.within.length ? left : right;
  return {
    requests: left.requests + right.requests,
    failures: left.failures + right.failures,
    timed: left.timed + right.timed,
    within: longer.within.map((_, index) => (left.within[index] ?? 0) + (right.within[index] ?? 0)),
  };
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
