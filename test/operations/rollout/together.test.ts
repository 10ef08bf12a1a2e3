import { describe, expect, test } from "@jest/globals";
import type { Step } from "../../../operations/rollout/next.ts";
import { together } from "../../../operations/rollout/together.ts";
import type { GroupStep } from "../../../operations/rollout/together.ts";

const DONE: Step = { kind: "done" };
const GONE: Step = { kind: "gone", why: "rb was cancelled" };
const FALL: Step = { kind: "roll-back", reason: "errors" };
const LOOK: Step = { kind: "look" };
const SMOKE: Step = { kind: "smoke" };
const RISE: Step = { kind: "advance", stage: 50 };
const PROMOTE: Step = { kind: "promote" };
const ASK: Step = { kind: "end", reason: "approval" };
const FREEZE: Step = { kind: "end", reason: "freeze", detail: "sale" };
const STOP: Step = { kind: "end", reason: "operator" };

describe("a group", () => {
  test.each<[string, Step[], GroupStep]>([
    ["of one does what it would do alone", [RISE], { kind: "rise", steps: [{ of: 0, step: RISE }] }],
    ["is done when all are", [DONE, DONE], { kind: "done" }],
    ["falls when one has a reason, which is told apart", [RISE, FALL, LOOK], { kind: "roll-back", reason: "errors", of: 1 }],
    ["falls before it stops", [STOP, FALL], { kind: "roll-back", reason: "errors", of: 1 }],
    ["falls when one is gone and another is not", [LOOK, GONE], { kind: "roll-back", reason: "rb was cancelled", of: 1 }],
    ["is gone when none is left and one did not get there", [DONE, GONE], { kind: "gone" }],
    ["stops when one has to", [LOOK, STOP], { kind: "end", reason: "operator" }],
    ["goes on with those that are not done", [DONE, RISE], { kind: "rise", steps: [{ of: 1, step: RISE }] }],
    ["makes the smoke checks of all that have them before anybody asks or rises", [SMOKE, ASK, SMOKE], { kind: "smoke", of: [0, 2] }],
    ["looks until all may rise", [RISE, LOOK], { kind: "look" }],
    ["looks until all have to ask", [ASK, LOOK], { kind: "look" }],
    ["asks when one has to and the others would rise", [RISE, ASK], { kind: "end", reason: "approval" }],
    ["waits for the end of a freeze of one", [RISE, FREEZE], { kind: "end", reason: "freeze", detail: "sale" }],
    ["rises in one update", [RISE, RISE], { kind: "rise", steps: [{ of: 0, step: RISE }, { of: 1, step: RISE }] }],
    ["promotes none before all have all traffic", [PROMOTE, RISE], { kind: "rise", steps: [{ of: 1, step: RISE }] }],
    ["promotes all at once", [PROMOTE, PROMOTE], { kind: "rise", steps: [{ of: 0, step: PROMOTE }, { of: 1, step: PROMOTE }] }],
  ])("%s", (_, steps, step) => {
    expect(together(steps)).toEqual(step);
  });
});
