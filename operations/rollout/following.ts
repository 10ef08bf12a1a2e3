import type { Look } from "../gate/types.ts";

/** Of the share that a candidate's weight gives it, what it meets at least once the mesh follows. */
const FOLLOWED = 2 / 3;
/** Requests that it should have met, from which on its share is no matter of chance. */
const EXPECTED = 20;
/** Looks over which its share is taken: one alone may hold a scrape of one revision and none of the other. */
const LOOKS = 4;

/** Requests between two looks at one weight. */
export interface Met {
  candidate: number;
  all: number;
}

/** The last looks, with this one. */
export function metBy(before: readonly Met[], { candidate, stable }: Pick<Look, "candidate" | "stable">): Met[] {
  return [...before.slice(1 - LOOKS), { candidate: candidate.requests, all: candidate.requests + stable.requests }];
}

/**
 * Why a pass at this weight does not count yet: the candidate does not meet what the weight gives it. Proxies that lost their control plane go on as
 * they did: the next weight would be given on evidence about the one before, and in the end the old pods taken away under their requests.
 */
export function lagging(met: readonly Met[], weight: number): string | undefined {
  const [candidate, all] = met.reduce(([some, every], each) => [some + each.candidate, every + each.all], [0, 0]);
  const expected = (all * weight) / 100;
  if (candidate >= FOLLOWED * expected || (weight < 100 && expected < EXPECTED)) return undefined;
  return `${Math.floor(candidate)} of the last ${Math.floor(all)} requests met the candidate, which has ${weight} %: the mesh does not follow yet`;
}
