import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { virtualServiceSpec } from "../../components/kubernetes/routes.ts";
import { answering, splitProblem } from "../../components/kubernetes/split.ts";
import type { Weight } from "../../components/kubernetes/split.ts";
import { EXPOSED, SPECIFICATION } from "./fixtures.ts";

/** Splits that add up to 100, of one to six revisions, by cutting 100 at random places. */
const splits = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 5 }).map((cuts): Weight[] => {
  const ends = [...cuts.toSorted((left, right) => left - right), 100];
  return ends.map((end, index) => ({ subset: `r${index}`, weight: end - (ends[index - 1] ?? 0) }));
});

function routed(split: Weight[]): { http: Weight[][]; tcp: Weight[][] } {
  const ports = [...SPECIFICATION.ports, { name: "redis", port: 6379, protocol: "tcp" as const }];
  const spec = virtualServiceSpec({ service: "storefront", namespace: "shop", ports, split, traffic: EXPOSED });
  const weights = (route: { destination: { subset: string }; weight: number }[]): Weight[] =>
    route.map(({ destination, weight }) => ({ subset: destination.subset, weight }));
  return { http: (spec.http ?? []).map(({ route }) => weights(route)), tcp: (spec.tcp ?? []).map(({ route }) => weights(route)) };
}

describe("a split", () => {
  test("trap 20: weights that do not add up to 100 are refused, as Istio would send 81 % and 19 %", () => {
    expect(splitProblem("storefront", [{ subset: "ra", weight: 90 }, { subset: "rb", weight: 20 }])).toBe(
      "services.storefront.split: the weights add up to 110, got ra=90 rb=20; make them add up to 100",
    );
  });

  test.each([
    [[], "services.storefront.split: the weights add up to 0, got no revision; make them add up to 100"],
    [[{ subset: "ra", weight: 99 }], "services.storefront.split: the weights add up to 99, got ra=99; make them add up to 100"],
    [
      [{ subset: "ra", weight: 99.5 }, { subset: "rb", weight: 0.5 }],
      "services.storefront.split: the weight of ra is not a whole percentage, got 99.5; give a number from 0 to 100",
    ],
    [
      [{ subset: "ra", weight: 110 }, { subset: "rb", weight: -10 }],
      "services.storefront.split: the weight of ra is not a whole percentage, got 110; give a number from 0 to 100",
    ],
    [
      [{ subset: "ra", weight: 100 }, { subset: "rb", weight: -0.5 }],
      "services.storefront.split: the weight of rb is not a whole percentage, got -0.5; give a number from 0 to 100",
    ],
    [
      [{ subset: "ra", weight: 50 }, { subset: "ra", weight: 50 }],
      "services.storefront.split: a revision is named twice, got ra=50 ra=50; name each once",
    ],
  ])("%j is refused", (split, text) => {
    expect(splitProblem("storefront", split)).toBe(text);
  });

  test("every split that adds up to 100 passes, and its routes add up to 100 in its order", () => {
    fc.assert(fc.property(splits, (split) => {
      expect(splitProblem("storefront", split)).toBeUndefined();
      const { http, tcp } = routed(split);
      expect(http).toEqual([split, split]);
      expect(tcp).toEqual([answering(split)]);
      expect(answering(split).reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    }), { numRuns: 500 });
  });

  test("every split whose weights add up to something else is refused", () => {
    fc.assert(fc.property(splits, fc.integer({ min: 0, max: 5 }), fc.constantFrom(-1, 1), (split, index, step) => {
      const wrong = split.map((part, at) => (at === index % split.length ? { ...part, weight: part.weight + step } : part));
      expect(splitProblem("storefront", wrong)).toBeDefined();
    }), { numRuns: 500 });
  });
});
