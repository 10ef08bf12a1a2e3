import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { linesOf } from "../settings/base.ts";
import { mutate, strange } from "./mutations.ts";

test("a thousand mutated configurations get lines of the house's form and nothing else; test-long/fuzz makes ten thousand", () => {
  expect(mutate(1_000)).toBeGreaterThan(700);
}, 120_000);

test("texts that are no configuration at all are refused in the same form", () => {
  fc.assert(
    fc.property(fc.constantFrom("repositories", "namespaces", "services"), fc.oneof(fc.string({ unit: "binary" }), fc.json()), (section, text) => {
      expect(linesOf({ "github:owner": "acme", [section]: text }, []).filter(strange)).toEqual([]);
    }),
    { numRuns: 1_000, seed: 20_261_121 },
  );
});
