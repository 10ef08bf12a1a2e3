import { describe, expect, test } from "@jest/globals";
import { binomial, normal, poisson, seeded } from "../../../operations/simulate/random.ts";

const DRAWS = 20_000;

/** Mean and variance of many draws. */
function moments(draw: () => number): { mean: number; variance: number } {
  const drawn = Array.from({ length: DRAWS }, draw);
  const mean = drawn.reduce((sum, each) => sum + each, 0) / DRAWS;
  return { mean, variance: drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (DRAWS - 1) };
}

/** Within five standard errors, the variance's taken for a bell's. */
function isNear({ mean, variance }: { mean: number; variance: number }, wanted: { mean: number; variance: number }): boolean {
  return Math.abs(mean - wanted.mean) <= 5 * Math.sqrt(wanted.variance / DRAWS) && Math.abs(variance / wanted.variance - 1) <= 5 * Math.sqrt((2 + 1 / wanted.variance) / DRAWS);
}

describe("draws", () => {
  test("are the same for the same seed and others for the next", () => {
    const first = (seed: number): number[] => Array.from({ length: 5 }, seeded(seed));
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  test("are even between 0 and 1", () => {
    const random = seeded(3);
    expect(isNear(moments(random), { mean: 0.5, variance: 1 / 12 })).toBe(true);
  });

  test.each([[20, 0.05], [500, 0.01], [500, 0.2], [500, 0.97], [60_000, 0.05], [3, 0.5]])("of a binomial have its mean and variance: %d trials of %d", (trials, chance) => {
    const random = seeded(trials);
    expect(isNear(moments(() => binomial(random, trials, chance)), { mean: trials * chance, variance: trials * chance * (1 - chance) })).toBe(true);
  });

  test("of a binomial have its shape where it is drawn by rejection", () => {
    const random = seeded(11);
    const drawn = Array.from({ length: DRAWS }, () => binomial(random, 100, 0.3));
    // Tails of the exact distribution: P(X <= 20) and P(X >= 40).
    expect(drawn.filter((each) => each <= 20).length / DRAWS).toBeCloseTo(0.0165, 2);
    expect(drawn.filter((each) => each >= 40).length / DRAWS).toBeCloseTo(0.021, 2);
    expect(drawn.every((each) => Number.isInteger(each) && each >= 0 && each <= 100)).toBe(true);
  });

  test("of a binomial without trials or chance are none, and all where all is certain", () => {
    const random = seeded(1);
    expect([binomial(random, 0, 0.5), binomial(random, 10, 0), binomial(random, 10, 1)]).toEqual([0, 0, 10]);
  });

  test.each([0.3, 7, 40, 3000])("of a Poisson have its mean and variance: %d", (mean) => {
    const random = seeded(mean * 10);
    expect(isNear(moments(() => poisson(random, mean)), { mean, variance: mean })).toBe(true);
    expect(poisson(random, 0)).toBe(0);
  });

  test("of the bell have mean 0 and deviation 1", () => {
    const random = seeded(5);
    const { mean, variance } = moments(() => normal(random));
    expect([Math.abs(mean) < 0.04, Math.abs(variance - 1) < 0.06]).toEqual([true, true]);
  });
});
