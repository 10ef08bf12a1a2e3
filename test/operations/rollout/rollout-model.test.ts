import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Chaos } from "./chaos.ts";
import type { Event, Setting } from "./chaos.ts";

const RUNS = 2000;

const anEvent: fc.Arbitrary<Event> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Event>({ kind: "nothing" }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("kill" as const), when: fc.constantFrom("now" as const, "now" as const, "rolling-back" as const) }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "kill-engine" }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("up" as const), fate: fc.constantFrom("whole" as const, "whole" as const, "failed" as const, "killed" as const, "nothing" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("fates" as const), fates: fc.array(fc.constantFrom("failed" as const, "failed" as const, "nothing" as const, "killed" as const, "locked" as const), { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("commit" as const), digit: fc.constantFrom("a", "b", "c") }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("tell" as const), action: fc.constantFrom("hold" as const, "resume" as const, "rollback" as const, "clear" as const, "promote" as const), fate: fc.constantFrom("whole" as const, "whole" as const, "failed" as const, "nothing" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("gate" as const), says: fc.constantFrom("well" as const, "bad" as const, "silent" as const) }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "unreadable" }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "signal" }) },
  { weight: 1, arbitrary: fc.constant<Event>({ kind: "second-driver" }) },
);

const aSetting: fc.Arbitrary<Setting> = fc.record({
  strategy: fc.oneof(
    fc.record({ kind: fc.constant("canary" as const), stages: fc.constantFrom<number[]>([10, 25, 50, 100], [5, 100], [50, 75, 100]), retain: fc.integer({ min: 0, max: 1 }) }),
    fc.record({ kind: fc.constant("blue-green" as const), retain: fc.integer({ min: 0, max: 1 }) }),
  ),
  asked: fc.boolean(),
  approval: fc.boolean(),
  events: fc.array(anEvent, { maxLength: 60 }),
});

const situations = new Map<string, number>();

describe("whatever happens around drivers,", () => {
  test("the candidate rises only by a pass at its weight, a rejected one never does, and in the end the rollout is over", async () => {
    await fc.assert(fc.asyncProperty(aSetting, async (setting) => {
      const chaos = new Chaos(setting);
      await chaos.run();
      for (const each of chaos.met) situations.set(each, (situations.get(each) ?? 0) + 1);
    }), { numRuns: RUNS });
  }, 240_000);

  test("the runs reach every situation", () => {
    for (const situation of ["killed", "killed in a rollback", "rise failed", "record ahead", "rolled back", "cancelled", "held", "second driver", "unreadable", "signal", "promoted by hand", "done", "ended at 100 %"]) {
      expect([situation, (situations.get(situation) ?? 0) > RUNS / 500]).toEqual([situation, true]);
    }
  });
});
