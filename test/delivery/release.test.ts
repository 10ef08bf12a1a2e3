import { describe, expect, test } from "@jest/globals";
import { takeApart } from "../../components/delivery/parts.ts";
import { decide, nextRelease, REJECTIONS_KEPT } from "../../components/delivery/release.ts";
import type { RevisionInstruction, Outcome } from "../../components/delivery/release-types.ts";
import { nextStage, stagesOf, stageText } from "../../components/delivery/stages.ts";
import { A, advance, B, BLUE_GREEN, C, CANARY, DIRECT, LATER, NOW, release, revision, rollback, weights } from "./fixtures.ts";

const atTen = release({ candidate: { revision: B, weight: 10 } });
const rejectedB = { id: "rb", reason: "error rate 7 %", at: NOW.toISOString() };
const rejectedA = { id: "ra", reason: "leaks", at: NOW.toISOString() };

describe("without an instruction", () => {
  test("the first deployment takes all traffic and its record waits for the pods", () => {
    expect(decide(A, undefined, CANARY, undefined, NOW)).toEqual({
      release: { revisions: [{ ...A, role: "stable", weight: 100 }], stage: { kind: "settled" }, since: NOW.toISOString(), rejected: [] },
      unproven: true,
      recordsOnly: false,
    });
  });

  test("a new revision starts as a canary at the first stage, and its record need not wait", () => {
    expect(decide(B, release({}), CANARY, undefined, LATER)).toEqual({
      release: {
        revisions: [{ ...A, role: "stable", weight: 90 }, { ...B, role: "candidate", weight: 10 }],
        stage: { kind: "rollout" }, since: LATER.toISOString(), rejected: [],
      },
      unproven: false,
      recordsOnly: false,
    });
  });

  test("a new revision starts green at 0", () => {
    expect(weights(nextRelease(B, release({}), BLUE_GREEN, undefined, LATER))).toEqual({ ra: 100, rb: 0 });
  });

  test("a direct release takes all, keeps the old revision at 0, and its record waits for the pods", () => {
    const { release: next, unproven } = decide(B, release({}), DIRECT, undefined, LATER);
    expect(next.revisions).toEqual([{ ...B, role: "stable", weight: 100 }, { ...A, role: "retained", weight: 0 }]);
    expect(unproven).toBe(true);
  });

  test("a direct release of a retained revision need not wait: its pods run", () => {
    expect(decide(B, release({ retained: [B] }), DIRECT, undefined, LATER).unproven).toBe(false);
  });

  test("an up in flight changes nothing, not even the time", () => {
    expect(nextRelease(B, atTen, CANARY, undefined, LATER)).toEqual(atTen);
  });

  test("an up in flight changes nothing when the strategy has become direct", () => {
    expect(nextRelease(B, atTen, DIRECT, undefined, LATER)).toEqual(atTen);
  });

  test("putting the stable revision back cancels the candidate", () => {
    expect(nextRelease(A, atTen, CANARY, undefined, LATER)).toEqual({ ...release({}), since: LATER.toISOString() });
  });

  test("a third revision replaces the candidate and starts at the first stage", () => {
    expect(weights(nextRelease(C, release({ candidate: { revision: B, weight: 50 } }), CANARY, undefined, LATER))).toEqual({ ra: 90, rc: 10 });
  });

  test("a retained revision that is desired again is the candidate and no longer retained; the others stay", () => {
    expect(nextRelease(B, release({ retained: [C, B] }), { ...CANARY, retain: 2 }, undefined, LATER).revisions.map(({ id, role }) => [id, role]))
      .toEqual([["ra", "stable"], ["rb", "candidate"], ["rc", "retained"]]);
  });

  test("a retained revision that takes over directly is the stable one and no longer retained; the others stay", () => {
    expect(nextRelease(B, release({ retained: [C, B] }), { ...DIRECT, retain: 3 }, undefined, LATER).revisions.map(({ id, role }) => [id, role]))
      .toEqual([["rb", "stable"], ["ra", "retained"], ["rc", "retained"]]);
  });

  test("a rejected revision does not start again", () => {
    const settled = release({ rejected: [rejectedB] });
    expect(nextRelease(B, settled, CANARY, undefined, LATER)).toEqual(settled);
  });

  test("a rejected revision as the third one cancels the candidate and does not start", () => {
    const next = nextRelease(C, release({ candidate: { revision: B, weight: 10 }, rejected: [{ ...rejectedB, id: "rc" }] }), CANARY, undefined, LATER);
    expect(weights(next)).toEqual({ ra: 100 });
  });

  test("a recorded rejection takes the weight away and the revision with it", () => {
    const next = nextRelease(B, release({ candidate: { revision: B, weight: 25 }, rejected: [rejectedB] }), CANARY, undefined, LATER);
    expect(next).toEqual({ ...release({ rejected: [rejectedB] }), since: LATER.toISOString() });
  });

  test("a rejected retained revision goes", () => {
    expect(weights(nextRelease(A, release({ retained: [B], rejected: [rejectedB] }), DIRECT, undefined, LATER))).toEqual({ ra: 100 });
  });

  test("a rejected stable revision hands its traffic to the newest retained one, beside the candidate", () => {
    const next = nextRelease(B, release({ candidate: { revision: B, weight: 25 }, retained: [C], rejected: [rejectedA] }), CANARY, undefined, LATER);
    expect(next.revisions).toEqual([{ ...C, role: "stable", weight: 75 }, { ...B, role: "candidate", weight: 25 }]);
  });

  test("a rejected stable revision without a retained one hands all to the candidate", () => {
    const { release: next, unproven } = decide(B, release({ candidate: { revision: B, weight: 25 }, rejected: [rejectedA] }), CANARY, undefined, LATER);
    expect([weights(next), unproven]).toEqual([{ rb: 100 }, false]);
  });

  test("a rejected stable revision alone hands all to what is desired: the way out of a first deployment that never got ready", () => {
    const { release: next, unproven } = decide(B, release({ rejected: [rejectedA] }), CANARY, undefined, LATER);
    expect([weights(next), unproven]).toEqual([{ rb: 100 }, true]);
  });

  test("a rejected stable revision keeps running while nothing else may", () => {
    const condemned = release({ rejected: [rejectedA] });
    expect(nextRelease(A, condemned, CANARY, undefined, LATER)).toEqual(condemned);
    expect(weights(nextRelease(B, release({ rejected: [rejectedB, rejectedA] }), CANARY, undefined, LATER))).toEqual({ ra: 100 });
  });

  test("fewer retained revisions are kept when the setting says so, the newest first", () => {
    expect(weights(nextRelease(A, release({ retained: [B, C] }), DIRECT, undefined, LATER))).toEqual({ ra: 100, rb: 0 });
  });

  test("the list of rejections is bounded, and never forgets what is live or desired", () => {
    const rejected = [...Array.from({ length: 30 }, (_, index) => ({ ...rejectedB, id: `r${index}` })), rejectedB];
    expect(nextRelease(B, release({ rejected }), CANARY, undefined, LATER).rejected).toEqual([...rejected.slice(0, REJECTIONS_KEPT), rejectedB]);
    expect(nextRelease(A, release({ rejected }), CANARY, undefined, LATER).rejected).toEqual(rejected.slice(0, REJECTIONS_KEPT));
  });
});

describe("an instruction", () => {
  const held = release({ candidate: { revision: B, weight: 10, held: "freeze" } });
  const of = (action: "promote" | "resume" | "clear", id: string): RevisionInstruction => ({ service: "shop", id, action });
  const hold = (id: string): RevisionInstruction => ({ service: "shop", id, action: "hold", reason: "freeze" });
  const refused = (why: string): Outcome => ({ kind: "refused", why });
  const done: Outcome = { kind: "done" };
  const already: Outcome = { kind: "already" };
  const full = release({ candidate: { revision: B, weight: 100 } });

  test.each<[string, RevisionInstruction, typeof atTen, Record<string, number>, Outcome]>([
    ["advance moves to the next stage", advance("rb", 25), atTen, { ra: 75, rb: 25 }, done],
    ["advance to a stage that is reached does nothing", advance("rb", 10), atTen, { ra: 90, rb: 10 }, already],
    ["advance never goes back", advance("rb", 5), atTen, { ra: 90, rb: 10 }, already],
    ["advance skips no stage", advance("rb", 50), atTen, { ra: 90, rb: 10 }, refused("the stage after 10 % is 25 %, not 50 %")],
    ["advance ends at 100", advance("rb", 101), full, { ra: 0, rb: 100 }, refused("the stage after 100 % is none, not 101 %")],
    ["advance waits while it is held", advance("rb", 25), held, { ra: 90, rb: 10 }, refused("it is held (freeze); resume it first")],
    ["advance of another candidate is refused", advance("rc", 25), atTen, { ra: 90, rb: 10 }, refused("the candidate is rb, not rc")],
    ["advance of what is stable by now is history", advance("ra", 25), release({}), { ra: 100 }, already],
    ["promote makes the candidate stable", of("promote", "rb"), full, { rb: 100 }, done],
    ["promote at once takes all", of("promote", "rb"), atTen, { rb: 100 }, done],
    ["promote of the stable revision is history", of("promote", "ra"), release({}), { ra: 100 }, already],
    ["promote waits while it is held", of("promote", "rb"), held, { ra: 90, rb: 10 }, refused("it is held (freeze); resume it first")],
    ["hold keeps the weight", hold("rb"), atTen, { ra: 90, rb: 10 }, done],
    ["hold twice is holding once", hold("rb"), held, { ra: 90, rb: 10 }, already],
    ["hold of the stable revision is refused", hold("ra"), atTen, { ra: 90, rb: 10 }, refused("ra is the stable revision")],
    ["resume lets go", of("resume", "rb"), held, { ra: 90, rb: 10 }, done],
    ["resume of what is not held does nothing", of("resume", "rb"), atTen, { ra: 90, rb: 10 }, already],
    ["rollback keeps the weights until it is recorded", rollback("rb"), atTen, { ra: 90, rb: 10 }, done],
    ["rollback reaches a held candidate", rollback("rb"), held, { ra: 90, rb: 10 }, done],
    ["rollback of what is neither live nor desired is refused", rollback("rc"), atTen, { ra: 90, rb: 10 }, refused("rc is neither live nor asked for")],
    ["clear of what is not rejected does nothing", of("clear", "rb"), atTen, { ra: 90, rb: 10 }, already],
  ])("%s", (_, instruction, recorded, expected, outcome) => {
    const decision = decide(recorded.revisions.length === 1 ? A : B, recorded, CANARY, instruction, LATER);
    expect([weights(decision.release), decision.outcome, decision.unproven]).toEqual([expected, outcome, false]);
  });

  test("is refused before anything is recorded, and the first deployment goes on", () => {
    const { release: next, outcome } = decide(B, undefined, CANARY, advance("rb", 25), NOW);
    expect([weights(next), outcome]).toEqual([{ rb: 100 }, refused("nothing is recorded of this service yet")]);
  });

  test("promote without a release in flight is refused", () => {
    expect(decide(A, release({}), CANARY, of("promote", "rb"), LATER).outcome).toEqual(refused("no release is in flight"));
  });

  test("hold records its reason and resume takes it off", () => {
    const next = nextRelease(B, atTen, CANARY, hold("rb"), LATER);
    expect([next.stage, next.since]).toEqual([{ kind: "held", reason: "freeze" }, LATER.toISOString()]);
    expect(nextRelease(B, next, CANARY, of("resume", "rb"), LATER).stage).toEqual({ kind: "rollout" });
  });

  test("rollback records who, why and when, and nothing else happens in its update", () => {
    expect(decide(C, atTen, DIRECT, rollback("rb"), LATER)).toEqual({
      release: { ...atTen, rejected: [{ ...rejectedB, at: LATER.toISOString() }], since: LATER.toISOString() },
      outcome: done, unproven: false, recordsOnly: true,
    });
  });

  test("rollback of a second revision leaves the first one to the next update as well", () => {
    const both = nextRelease(C, release({ candidate: { revision: B, weight: 10 }, rejected: [rejectedB] }), CANARY, rollback("ra"), LATER);
    expect([weights(both), both.rejected.map(({ id }) => id)]).toEqual([{ ra: 90, rb: 10 }, ["ra", "rb"]]);
    expect(weights(nextRelease(C, both, CANARY, undefined, LATER))).toEqual({ rc: 100 });
  });

  test("rollback of a desired revision that no record knows keeps it from starting", () => {
    const { release: next, outcome } = decide(B, release({}), CANARY, rollback("rb"), LATER);
    expect(outcome).toEqual(done);
    expect(weights(nextRelease(B, next, CANARY, undefined, LATER))).toEqual({ ra: 100 });
  });

  test("rollback of the stable revision gives a retained one the traffic, though fewer are to be retained", () => {
    const recorded = nextRelease(A, release({ retained: [B] }), CANARY, rollback("ra"), LATER);
    expect(weights(recorded)).toEqual({ ra: 100, rb: 0 });
    expect(weights(nextRelease(A, recorded, CANARY, undefined, LATER))).toEqual({ rb: 100 });
  });

  test("rollback of the only revision there is is refused", () => {
    expect(decide(A, release({}), DIRECT, rollback("ra"), LATER).outcome).toEqual(refused("ra is the only revision there is"));
  });

  test("a second rollback is a plain update: it takes the weight away", () => {
    const { release: next, outcome } = decide(B, nextRelease(B, atTen, CANARY, rollback("rb"), LATER), CANARY, rollback("rb"), LATER);
    expect([weights(next), outcome]).toEqual([{ ra: 100 }, already]);
  });

  test("clear lets the configuration's revision start again at the first stage", () => {
    const next = nextRelease(B, release({ rejected: [rejectedB] }), CANARY, of("clear", "rb"), LATER);
    expect([weights(next), next.rejected]).toEqual([{ ra: 90, rb: 10 }, []]);
  });

  test("promote keeps the old revision where the strategy retains one", () => {
    expect(weights(nextRelease(B, full, BLUE_GREEN, of("promote", "rb"), LATER))).toEqual({ rb: 100, ra: 0 });
  });
});

describe("stages", () => {
  test("each strategy has its own", () => {
    expect([DIRECT, CANARY, BLUE_GREEN].map(stagesOf)).toEqual([[100], [10, 25, 50, 100], [0, 100]]);
  });

  test("the next stage lies above the weight", () => {
    expect([0, 10, 30, 50, 100].map((weight) => nextStage(CANARY, weight))).toEqual([10, 25, 50, 100, undefined]);
  });

  test.each([
    ["settled", release({})],
    ["rb at 10 %", atTen],
    ["rb at 10 %, held: freeze", release({ candidate: { revision: B, weight: 10, held: "freeze" } })],
    ["rb is rejected and loses its 10 % in the next update", release({ candidate: { revision: B, weight: 10 }, rejected: [rejectedB] })],
    ["settled", release({ retained: [B], rejected: [rejectedB] })],
  ])("people read %p", (text, recorded) => {
    expect(stageText(recorded)).toBe(text);
  });
});

test("a record without a stable revision is refused", () => {
  expect(() => takeApart({ ...release({}), revisions: [{ ...revision("rz"), role: "retained", weight: 0 }] }))
    .toThrow("release: has no stable revision, got none; restore the record from the stack's history");
});
