import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { ruleProblems } from "../../components/observability/check-rules.ts";
import { levelProblems } from "../../components/observability/level-problems.ts";
import { ruleGroups } from "../../components/observability/prometheus-rules.ts";
import { Rules } from "../../components/observability/rules.ts";
import type { ObjectiveSettings, ServiceLevel } from "../../components/observability/service-level.ts";
import { observability } from "../../settings/schema/observability.ts";
import { declared } from "../kubernetes/declared.ts";
import { LEVEL } from "./levels.ts";

const PROTOCOLS: ServiceLevel["protocols"][] = [["http"], ["http2"], ["grpc", "tcp"], ["tcp"]];
const LATENCY = { percent: 99, milliseconds: 500 };
const OBJECTIVES: ObjectiveSettings[] = [{}, { availability: 99.5 }, { latency: LATENCY }, { availability: 50, latency: LATENCY }];

/** Every form that the rules of a service can have; names and numbers aside, there are no others. */
const FORMS: ServiceLevel[] = PROTOCOLS.flatMap((protocols) => OBJECTIVES.flatMap((objectives) => ([28, 30] as const).flatMap((windowDays) =>
  [undefined, LEVEL.metrics].flatMap((metrics) => [undefined, 6].map((maxReplicas) => ({ ...LEVEL, protocols, objectives, windowDays, metrics, maxReplicas }))))));

describe("a query need not be parsed in each preview, since", () => {
  test("every form of every rule is right by grammar, types and catalogue", () => {
    expect(FORMS).toHaveLength(128);
    expect(FORMS.flatMap((level) => ruleProblems(level, ruleGroups(level)))).toEqual([]);
  });

  test("so it is with any name and any number that the settings let through", () => {
    const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,30}[a-z0-9])?$/);
    const bound = fc.constantFrom(...LEVEL.bounds);
    const percent = (least: number, most: number): fc.Arbitrary<number> => fc.double({ min: least, max: most, noNaN: true });
    const settings = fc.record({
      limits: fc.record({ errorPercent: percent(0.01, 100), p95Milliseconds: bound, successPercent: percent(0, 100) }),
      objectives: fc.record({ availability: percent(50, 99.999), latency: fc.record({ percent: percent(50, 99.999), milliseconds: bound }) }),
      minimumRequests: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(fc.property(name, name, settings, (service, namespace, chosen) => {
      const level: ServiceLevel = { ...LEVEL, ...observability.parse(chosen), service, namespace };
      expect(levelProblems(level)).toEqual([]);
      expect(ruleProblems(level, ruleGroups(level))).toEqual([]);
    }), { numRuns: 10 });
  });

  test.each<[string, Partial<ServiceLevel>, string]>([
    ["a name with a quote", { service: 'shop"} or vector(0)' }, 'services.shop"} or vector(0).observability: a name would end the query\'s label, got "shop\\"} or vector(0)"; use a DNS label'],
    ["a limit that is no number", { limits: { ...LEVEL.limits, errorPercent: Number.NaN } }, "services.storefront.observability: errorPercent is no number to compare with, got NaN; use one of 0 or more"],
    ["a negative number of requests", { minimumRequests: -1 }, "services.storefront.observability: minimumRequests is no number to compare with, got -1; use one of 0 or more"],
    ["an objective without a budget", { objectives: { availability: 100 } }, "services.storefront.observability: availability leaves no budget to divide by, got 100; use less than 100"],
  ])("what could make it wrong is refused: %s", async (_, wrong, problem) => {
    const level = { ...LEVEL, ...wrong };
    expect(levelProblems(level)).toEqual([problem]);
    await expect(declared((opts) => new Rules("storefront-rules", { level, namespace: "shop" }, opts))).rejects.toThrow(problem);
  });
});
