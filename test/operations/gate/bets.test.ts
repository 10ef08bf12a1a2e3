import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { comparisonBets, limitBets } from "../../../operations/gate/bets.ts";
import type { Line } from "../../../operations/gate/bets.ts";
import { grow, logWealth, START } from "../../../operations/gate/wealth.ts";
import type { Bet } from "../../../operations/gate/wealth.ts";

const share = fc.double({ min: 0.0001, max: 0.9999, noNaN: true });
const tally = fc.tuple(fc.nat(5000), fc.double({ min: 0, max: 1, noNaN: true })).map(([all, part]) => ({ all, bad: Math.floor(all * part) }));
const line: fc.Arbitrary<Line> = fc.constantFrom({ slope: 1.15, offset: 0.001 }, { slope: 1, offset: 0.0001 }, { slope: 1.5, offset: 0.02 });

/** Chance of so many bad ones. */
function chance(all: number, bad: number, of: number): number {
  let ways = 1;
  for (let index = 0; index < bad; index += 1) ways = (ways * (all - index)) / (index + 1);
  return ways * of ** bad * (1 - of) ** (all - bad);
}

/** What each bet is expected to grow to, over all outcomes of so many requests. */
function expected(outcomes: readonly { weight: number; bets: readonly Bet[] }[]): number[] {
  return (outcomes[0]?.bets ?? []).map((_, index) => outcomes.reduce((sum, { bets, weight }) => sum + weight * Math.exp(bets[index]?.growth ?? Number.NaN), 0));
}

const upTo = (most: number): number[] => Array.from({ length: most + 1 }, (_, index) => index);

describe("bets against a limit", () => {
  test("are not expected to grow while the share is within it, counted over every outcome", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 25 }), share, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 4 }), (all, limit, part, together) => {
      const outcomes = upTo(all).map((bad) => ({ weight: chance(all, bad, limit * part), bets: limitBets({ all, bad }, limit, together) }));
      expect(Math.max(...expected(outcomes))).toBeLessThanOrEqual(1 + 1e-9);
    }));
  });

  test("are not expected to grow when requests come in groups of one fate, as many as are allowed for", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), share, (groups, size, limit) => {
      const outcomes = upTo(groups).map((bad) => ({ weight: chance(groups, bad, limit), bets: limitBets({ all: groups * size, bad: bad * size }, limit, size) }));
      expect(Math.max(...expected(outcomes))).toBeLessThanOrEqual(1 + 1e-9);
    }));
  });

  test("say the same of two looks as of both in one, in either order", () => {
    fc.assert(fc.property(tally, tally, share, (first, second, limit) => {
      const growths = (seen: { all: number; bad: number }): number[] => limitBets(seen, limit, 1).map(({ growth }) => growth);
      const both = growths({ all: first.all + second.all, bad: first.bad + second.bad });
      growths(first).forEach((growth, index) => expect(growth + (growths(second)[index] ?? Number.NaN)).toBeCloseTo(both[index] ?? Number.NaN, 5));
    }));
  });

  test("grow with every further bad one", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), share, (all, part, limit) => {
      const bad = Math.floor(all * part);
      const [fewer, more] = [limitBets({ all, bad }, limit, 1), limitBets({ all, bad: bad + 1 }, limit, 1)];
      fewer.forEach(({ growth }, index) => expect(more[index]?.growth).toBeGreaterThan(growth));
    }));
  });
});

describe("bets against the stable revision", () => {
  test("are not expected to grow while the candidate is on the line or below, counted over every outcome", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), line, share, share, fc.double({ min: 0, max: 1, noNaN: true }), (mine, theirs, on, usual, known, part) => {
      const allowed = Math.min(1, on.slope * usual + on.offset) * part;
      const outcomes = upTo(mine).flatMap((bad) => upTo(theirs).map((other) => ({
        weight: chance(mine, bad, allowed) * chance(theirs, other, usual),
        bets: comparisonBets({ all: mine, bad }, { all: theirs, bad: other }, on, known, 1),
      })));
      expect(Math.max(...expected(outcomes))).toBeLessThanOrEqual(1 + 1e-9);
    }), { numRuns: 300 });
  });

  test("are numbers whatever is counted, and rest where one side has no requests", () => {
    fc.assert(fc.property(tally, tally, line, share, (candidate, stable, on, known) => {
      const bets = comparisonBets(candidate, stable, on, known, 1);
      expect(bets.every(({ growth }) => Number.isFinite(growth))).toBe(true);
      if (candidate.all === 0 || stable.all === 0) expect(bets.every(({ growth }) => growth === 0)).toBe(true);
    }), { numRuns: 2000 });
  });

  test("grow with every further failure of the candidate", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), tally, share, (all, part, stable, known) => {
      const bad = Math.floor(all * part);
      const at = (failed: number) => comparisonBets({ all, bad: failed }, stable, { slope: 1.15, offset: 0.001 }, known, 1);
      at(bad).forEach(({ growth }, index) => expect(at(bad + 1)[index]?.growth).toBeGreaterThanOrEqual(growth));
    }));
  });
});

describe("wealth", () => {
  test("stays 1 while all bets rest, however long", () => {
    let wealth = START;
    for (let at = 0; at < 5000; at += 1) wealth = grow(wealth, [{ part: 0.4, growth: 0 }, { part: 0.6, growth: 0 }]);
    expect(logWealth(wealth)).toBeCloseTo(0, 9);
  });

  test("does not overflow, and comes back after a long good time", () => {
    let wealth = START;
    const play = (times: number, growth: number): void => {
      for (let at = 0; at < times; at += 1) wealth = grow(wealth, [{ part: 1, growth }]);
    };
    play(1000, -50);
    expect(logWealth(wealth)).toBeLessThan(0);
    play(1, 30);
    expect(logWealth(wealth)).toBeGreaterThan(10);
    play(1000, 5000);
    expect(logWealth(wealth)).toBeGreaterThan(4_999_000);
    expect(Number.isFinite(logWealth(wealth))).toBe(true);
  });
});
