import { describe, expect, test } from "@jest/globals";
import { argo } from "../../../operations/simulate/argo.ts";
import type { Contender } from "../../../operations/simulate/contender.ts";
import { flagger, interpolated } from "../../../operations/simulate/flagger.ts";
import { ours } from "../../../operations/simulate/ours.ts";
import type { Counts } from "../../../operations/gate/types.ts";
import { counts, HISTORY, look, POLICY } from "../gate/fixtures.ts";

/** The weight before each look and how it ended, where every look of the candidate is one of these, the last again and again. */
function walked({ begin, everySeconds }: Contender, candidates: readonly Counts[], looks: number): [weights: number[], end: string] {
  const walk = begin(HISTORY);
  const weights: number[] = [];
  for (let index = 0; index < looks; index += 1) {
    weights.push(walk.weight);
    const end = walk.see(look((index + 1) * everySeconds, candidates[Math.min(index, candidates.length - 1)] ?? counts(0), counts(900), { weight: walk.weight }));
    if (end !== "on") return [weights, end];
  }
  return [weights, "on"];
}

const GOOD = counts(200, 1);
const BAD = counts(200, 3);

describe("Flagger", () => {
  test("takes a good candidate up by ten at a time and is done after the check at 50", () => {
    expect(walked(flagger(POLICY.bounds), [GOOD], 20)).toEqual([[10, 20, 30, 40, 50], "done"]);
  });

  test("rolls a bad one back at the tick after the fifth failed check", () => {
    expect(walked(flagger(POLICY.bounds), [BAD], 20)).toEqual([[10, 10, 10, 10, 10, 10], "rolled-back"]);
  });

  test("keeps failed checks through good ones", () => {
    expect(walked(flagger(POLICY.bounds), [BAD, GOOD, BAD, BAD, BAD, BAD, GOOD], 20)).toEqual([[10, 10, 20, 20, 20, 20, 20], "rolled-back"]);
  });

  test("fails a check without requests, and one whose P99 is over 500 ms", () => {
    expect(walked(flagger(POLICY.bounds), [counts(0)], 20)[1]).toBe("rolled-back");
    expect(walked(flagger(POLICY.bounds), [counts(200, 0, 4, 500)], 20)[1]).toBe("rolled-back");
  });

  test("guesses a quantile inside a bucket as Prometheus does", () => {
    expect(interpolated(0.5, 10, [0, 10], [100, 200])).toBe(150);
    expect(interpolated(0.5, 10, [10, 10], [100, 200])).toBe(50);
    expect(interpolated(0.99, 10, [0, 5], [100, 200])).toBe(200);
  });
});

describe("Argo Rollouts", () => {
  const schedule = { stages: [10, 50, 100], dwellSeconds: 120 };

  test("walks its steps while every measurement is 95 % or better", () => {
    expect(walked(argo(schedule), [counts(200, 10)], 20)).toEqual([[10, 10, 50, 50, 100, 100], "done"]);
  });

  test("aborts at the first worse one, and at one without requests, which is NaN", () => {
    expect(walked(argo(schedule), [GOOD, counts(200, 11)], 20)).toEqual([[10, 10], "rolled-back"]);
    expect(walked(argo(schedule), [counts(0)], 20)).toEqual([[10], "rolled-back"]);
  });
});

describe("ours", () => {
  const schedule = { stages: [10, 50, 100], dwellSeconds: 60, lookSeconds: 15 };

  test("walks its stages by passes and dwells, the last one too", () => {
    expect(walked(ours(POLICY, schedule), [counts(200)], 40)).toEqual([[10, 10, 10, 10, 50, 50, 50, 50, 100, 100, 100, 100], "done"]);
  });

  test("waits where requests are few, and goes back on a breach", () => {
    expect(walked(ours(POLICY, schedule), [counts(5)], 40)[0].slice(0, 20).every((weight) => weight === 10)).toBe(true);
    expect(walked(ours(POLICY, schedule), [counts(200), counts(200, 100)], 40)).toEqual([[10, 10], "rolled-back"]);
  });
});
