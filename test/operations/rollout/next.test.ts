import { describe, expect, test } from "@jest/globals";
import { dwellAt, nextStep } from "../../../operations/rollout/next.ts";
import type { Course, Seen } from "../../../operations/rollout/next.ts";
import type { Standing } from "../../../operations/rollout/standing.ts";
import { BLUE_GREEN, CANARY } from "./fakes.ts";

const COURSE: Course = { id: "rb", strategy: CANARY, dwellSeconds: 600, bakeSeconds: 900, lookSeconds: 15, awaitsApproval: false, atOnce: false, freezes: [], smoked: false };
const SEEN: Seen = { now: 1000, action: "wait", answered: true, why: "3 of 100 requests" };
const FREEZE = { from: "1970-01-01T00:00:00Z", until: "1970-01-01T01:00:00Z", reason: "sale" };
const REJECTION = { id: "rb", reason: "errors 10 %", at: "1970-01-01T00:10:00Z" };

function at(weight: number, more: Partial<Standing> = {}): Standing {
  return { stable: { id: "ra", image: "a", weight: 100 - weight }, candidate: { id: "rb", image: "b", weight }, retained: [], since: 0, rejected: [], ...more };
}

const none = (more: Partial<Standing> = {}): Standing => ({ stable: { id: "ra", image: "a", weight: 100 }, retained: [], since: 0, rejected: [], ...more });

describe("the next step", () => {
  test.each<[string, Standing, Partial<Course>, Partial<Seen>, unknown]>([
    ["done where the revision serves", none({ stable: { id: "rb", image: "b", weight: 100 } }), {}, {}, { kind: "done" }],
    ["gone where it was rolled back", none({ rejected: [REJECTION] }), {}, {}, { kind: "gone", why: "rb was rolled back: errors 10 %" }],
    ["gone where it was cancelled", none(), {}, {}, { kind: "gone", why: "rb was cancelled" }],
    ["gone where another took its place", at(10, { candidate: { id: "rc", image: "c", weight: 10 } }), {}, {}, { kind: "gone", why: "rc took the place of rb" }],
    ["a roll-back where it is rejected and still has traffic", at(10, { rejected: [REJECTION] }), {}, { action: "advance" }, { kind: "roll-back", reason: "it is rejected and still has traffic" }],
    ["a roll-back at a breach", at(10), {}, { action: "roll-back", why: "errors" }, { kind: "roll-back", reason: "errors" }],
    ["a roll-back at a breach although it is held, and although the driver has to stop", at(10, { held: "lunch" }), {}, { action: "roll-back", why: "errors", stop: "operator" }, { kind: "roll-back", reason: "errors" }],
    ["a roll-back after failed smoke checks", at(10), { smoked: true }, { action: "advance", smokeFailures: ["home", "cart"] }, { kind: "roll-back", reason: "smoke checks: home; cart" }],
    ["an end at a signal", at(10), {}, { action: "advance", stop: "operator" }, { kind: "end", reason: "operator", detail: "the driver was told to stop" }],
    ["an end when the time is up", at(10), {}, { action: "advance", stop: "time" }, { kind: "end", reason: "time" }],
    ["an end without an answer when the time is up and nobody answers", at(10), {}, { action: "hold", why: "timeout: 10 s", answered: false, stop: "time" }, { kind: "end", reason: "no-answer", detail: "timeout: 10 s" }],
    ["an end by an operator when the time is up and it is held", at(10, { held: "lunch" }), {}, { stop: "time" }, { kind: "end", reason: "operator", detail: "lunch" }],
    ["a look while it is held, even if the gate passes or somebody said now", at(10, { held: "lunch" }), { atOnce: true }, { action: "advance" }, { kind: "look" }],
    ["a smoke check before anything else at the first weight", at(10), { smoked: true }, { action: "advance" }, { kind: "smoke" }],
    ["no smoke check above the first weight", at(50), { smoked: true }, { action: "advance" }, { kind: "advance", stage: 100 }],
    ["a look while the gate waits", at(10), {}, {}, { kind: "look" }],
    ["a look while nobody answers", at(10), {}, { action: "hold", answered: false }, { kind: "look" }],
    ["a look before the gate has looked", at(10), {}, { action: undefined, answered: false }, { kind: "look" }],
    ["a rise to the next stage at a pass", at(10), {}, { action: "advance" }, { kind: "advance", stage: 50 }],
    ["a rise from a weight between stages to the next stage", at(20), {}, { action: "advance" }, { kind: "advance", stage: 50 }],
    ["a rise at once where somebody said so", at(10), { atOnce: true }, {}, { kind: "advance", stage: 50 }],
    ["a promotion after the bake", at(100), {}, { action: "advance" }, { kind: "promote" }],
    ["a look during the bake", at(100), {}, {}, { kind: "look" }],
    ["a wait for approval after the first stage", at(10), { awaitsApproval: true }, { action: "advance" }, { kind: "end", reason: "approval" }],
    ["a look at the first stage before it is walked", at(10), { awaitsApproval: true }, {}, { kind: "look" }],
    ["a wait for approval at once behind the first stage", at(50), { awaitsApproval: true }, {}, { kind: "end", reason: "approval" }],
    ["a promotion after the bake without asking again", at(100), { awaitsApproval: true }, { action: "advance" }, { kind: "promote" }],
    ["no wait for approval where somebody said now", at(10), { awaitsApproval: true, atOnce: true }, {}, { kind: "advance", stage: 50 }],
    ["an end in a freeze instead of a rise", at(10), { freezes: [FREEZE] }, { action: "advance" }, { kind: "end", reason: "freeze", detail: "sale, until 1970-01-01T01:00:00Z" }],
    ["a look in a freeze while there is nothing to give", at(10), { freezes: [FREEZE] }, {}, { kind: "look" }],
    ["an end in a freeze although somebody said now", at(10), { freezes: [FREEZE], atOnce: true }, {}, { kind: "end", reason: "freeze", detail: "sale, until 1970-01-01T01:00:00Z" }],
    ["a rise in the second in which a freeze ends", at(10), { freezes: [FREEZE] }, { action: "advance", now: 3600 }, { kind: "advance", stage: 50 }],
    ["a promotion in a freeze: it has all traffic already", at(100), { freezes: [FREEZE] }, { action: "advance" }, { kind: "promote" }],
    ["a rise from weight 0 as soon as the gate has an answer", at(0), { strategy: BLUE_GREEN }, {}, { kind: "advance", stage: 100 }],
    ["a look at weight 0 while nobody answers", at(0), { strategy: BLUE_GREEN }, { answered: false }, { kind: "look" }],
    ["a wait for approval at weight 0", at(0), { strategy: BLUE_GREEN, awaitsApproval: true }, {}, { kind: "end", reason: "approval" }],
    ["a smoke check at weight 0", at(0), { strategy: BLUE_GREEN, smoked: true }, {}, { kind: "smoke" }],
    ["a rise from weight 0 after the smoke checks", at(0), { strategy: BLUE_GREEN, smoked: true }, { smokeFailures: [] }, { kind: "advance", stage: 100 }],
  ])("is %s", (_, standing, course, seen, step) => {
    expect(nextStep(standing, { ...COURSE, ...course }, { ...SEEN, ...seen })).toEqual(step);
  });
});

test("a weight has its dwell, all traffic its bake, and who said now waits for neither", () => {
  expect([dwellAt(10, COURSE), dwellAt(100, COURSE), dwellAt(10, { ...COURSE, atOnce: true }), dwellAt(100, { ...COURSE, atOnce: true })]).toEqual([600, 900, 0, 0]);
});
