import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Counts } from "../../../operations/gate/types.ts";
import { lagging, metBy } from "../../../operations/rollout/following.ts";
import type { Met } from "../../../operations/rollout/following.ts";

/** Seconds between two looks. */
const EVERY = 15;

const counts = (requests: number): Counts => ({ requests, failures: 0, timed: requests, within: [] });

/** So many looks at what each revision's scrapes have brought since the look before. */
function looks(number: number, met: (at: number) => { candidate: number; stable: number }): Met[] {
  return Array.from({ length: number }, (_, index) => met((index + 1) * EVERY)).reduce<Met[]>((before, { candidate, stable }) => metBy(before, { candidate: counts(candidate), stable: counts(stable) }), []);
}

test("a candidate that meets what its weight gives it is followed", () => {
  expect(lagging(looks(1, () => ({ candidate: 500, stable: 500 })), 50)).toBeUndefined();
  expect(lagging(looks(9, () => ({ candidate: 340, stable: 660 })), 50)).toBeUndefined();
});

test("one that meets what the weight before gave it is not, and the reason says so", () => {
  expect(lagging(looks(9, () => ({ candidate: 100, stable: 900 })), 50)).toBe("400 of the last 4000 requests met the candidate, which has 50 %: the mesh does not follow yet");
  expect(lagging(looks(9, () => ({ candidate: 500, stable: 500 })), 100)).toMatch(/^2000 of the last 4000 requests/);
});

test("too few requests say nothing, but for a candidate that should meet all of them", () => {
  expect(lagging(looks(1, () => ({ candidate: 0, stable: 39 })), 50)).toBeUndefined();
  expect(lagging(looks(1, () => ({ candidate: 0, stable: 40 })), 50)).toBeDefined();
  expect(lagging(looks(1, () => ({ candidate: 0, stable: 3 })), 100)).toBeDefined();
  expect(lagging([], 100)).toBeUndefined();
});

test("a mesh that follows again is believed four looks later at the latest", () => {
  const back = (after: number) => lagging(looks(20 + after, (at) => (at <= 20 * EVERY ? { candidate: 100, stable: 900 } : { candidate: 500, stable: 500 })), 50);
  expect([back(1), back(4)]).toEqual([expect.stringContaining("does not follow"), undefined]);
});

test("looks that fall between the scrapes of the two mislead nobody", () => {
  const scraped = (at: number, every: number, phase: number): number => {
    const until = (time: number): number => Math.floor((time + phase) / every) * every;
    return Math.max(0, until(at) - until(at - EVERY));
  };
  fc.assert(fc.property(fc.constantFrom(5, 15, 30, 60), fc.nat(59), fc.nat(59), (every, candidate, stable) => {
    const met = (share: number) => looks(20, (at) => ({ candidate: scraped(at, every, candidate) * share, stable: scraped(at, every, stable) * (100 - share) }));
    expect([lagging(met(10), 50), lagging(met(50), 50)]).toEqual([expect.stringContaining("does not follow"), undefined]);
  }));
});
