import { expect, test } from "@jest/globals";
import { dispersion, sharedFate } from "../../../operations/gate/dispersion.ts";
import { seeded, binomial } from "../../../operations/simulate/random.ts";
import { counts, HISTORY, POLICY } from "./fixtures.ts";

/** Looks at sessions of so many requests, which fail together. */
const sessions = (size: number) => {
  const random = seeded(7);
  return Array.from({ length: 240 }, () => counts(300, size * binomial(random, 300 / size, 0.01)));
};

test("requests that share one fate are counted as one, as the stable revision shows it", () => {
  const measured = [1, 2, 5].map((size) => sharedFate(POLICY, sessions(size)).failures);
  expect(measured.map(Math.round)).toEqual([1, 2, 5]);
});

test("what is not known is taken for two, and an incident in the hour before for ten at most", () => {
  expect(sharedFate(POLICY, [])).toEqual({ failures: 2, slowness: 2 });
  expect(sharedFate(POLICY, HISTORY.slice(0, 19))).toEqual({ failures: 2, slowness: 2 });
  expect(sharedFate(POLICY, HISTORY.map((each, index) => (index < 10 ? counts(300, 300, 300) : each)))).toEqual({ failures: 10, slowness: 10 });
});

test("nothing bad, and all bad, are no dispersion", () => {
  expect(sharedFate(POLICY, HISTORY)).toEqual({ failures: 1, slowness: 1 });
  expect([dispersion([]), dispersion([{ all: 0, bad: 0 }]), dispersion([{ all: 5, bad: 5 }, { all: 7, bad: 7 }])]).toEqual([1, 1, 1]);
});
