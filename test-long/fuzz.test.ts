import { expect, test } from "@jest/globals";
import { mutate } from "../test/fuzz/mutations.ts";

test("ten thousand mutated configurations get lines of the house's form and nothing else", () => {
  expect(mutate(10_000)).toBeGreaterThan(7_000);
});
