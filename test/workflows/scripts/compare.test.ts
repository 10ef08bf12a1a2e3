import * as fc from "fast-check";
import { compare, median } from "../../../components/workflows/scripts/lib/compare.mjs";

/** Ten runs around a value, with the same small scatter. */
function around(value: number): number[] {
  return [-3, 2, -1, 0, 1, 3, -2, 1, 0, -1].map((percent) => value * (1 + percent / 100));
}

describe("compare", () => {
  it("calls a slowdown beyond the threshold and beyond chance a regression", () => {
    const { changePercent, low, high, verdict } = compare(around(100), around(130), { thresholdPercent: 15 });
    expect(verdict).toBe("regression");
    expect(changePercent).toBeCloseTo(30, 9);
    expect(low).toBeGreaterThan(26);
    expect(high).toBeLessThan(34);
  });

  it("calls a slowdown within the threshold the same, however certain it is", () => {
    expect(compare(around(100), around(114), { thresholdPercent: 15 }).verdict).toBe("same");
  });

  it("calls less time and less memory an improvement, and less throughput a regression", () => {
    expect(compare(around(100), around(70), { thresholdPercent: 15 }).verdict).toBe("improvement");
    expect(compare(around(100), around(70), { thresholdPercent: 15, better: "higher" }).verdict).toBe("regression");
    expect(compare(around(100), around(130), { thresholdPercent: 15, better: "higher" }).verdict).toBe("improvement");
  });

  it("accuses nobody where the scatter is larger than the change", () => {
    const { changePercent, low, high, verdict } = compare([60, 200, 90, 140, 110], [70, 210, 140, 80, 190], { thresholdPercent: 15 });
    expect(changePercent).toBeGreaterThan(15);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
    expect(verdict).toBe("unclear");
  });

  it("accuses nobody on three runs, even if they are far apart", () => {
    expect(compare([100, 101, 102], [200, 201, 202], { thresholdPercent: 15 }).verdict).toBe("unclear");
    expect(compare([100, 101, 102, 103], [200, 201, 202, 203], { thresholdPercent: 15 }).verdict).toBe("regression");
  });

  it("is not moved by one run that a busy machine slowed down", () => {
    expect(compare(around(100), [...around(100), 900], { thresholdPercent: 15 }).verdict).toBe("same");
  });

  it("has a wider interval where more confidence is asked", () => {
    const width = (confidence: number) => {
      const { low, high } = compare(around(100), around(130), { thresholdPercent: 15, confidence });
      return high - low;
    };
    expect(width(0.999)).toBeGreaterThan(width(0.8));
  });

  it("says the same of the same samples, contains the change in its interval, and never blames equal samples", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 12 }), (samples) => {
        const first = compare(samples, samples, { thresholdPercent: 1 });
        expect(compare(samples, samples, { thresholdPercent: 1 })).toEqual(first);
        expect(first).toMatchObject({ changePercent: 0, verdict: "same" });
        expect(first.low).toBeLessThanOrEqual(0);
        expect(first.high).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });

  it("refuses samples that are no measurements", () => {
    expect(() => compare([], [1], { thresholdPercent: 1 })).toThrow("baseline: has no sample; measure it at least once");
    expect(() => compare([1], [0], { thresholdPercent: 1 })).toThrow("current: has a sample that is not a positive number, got 0; measure again");
    expect(() => compare([1, Number.NaN], [1], { thresholdPercent: 1 })).toThrow("baseline: has a sample that is not a positive number, got NaN; measure again");
  });
});

describe("median", () => {
  it("is the middle, or between the two middle ones, by number and not by text", () => {
    expect(median([10, 9, 100])).toBe(10);
    expect(median([10, 9, 100, 11])).toBe(10.5);
  });
});
