import { describe, expect, test } from "@jest/globals";
import { decideControlled } from "../../components/delivery/controlled-release.ts";
import type { RevisionInstruction } from "../../components/delivery/release-types.ts";
import { A, B, C, LATER, NOW, release, weights } from "./fixtures.ts";

const REFUSED = { kind: "refused", why: "Flagger owns the weights of this service; change what the configuration names, or ask Flagger (docs/flagger.md)" };
const rejection = (id: string): { id: string; reason: string; at: string } => ({ id, reason: "error rate 7 %", at: NOW.toISOString() });

describe("the release of a service whose weights Flagger owns", () => {
  test("records what the first update gives it, once it is there", () => {
    expect(decideControlled(A, undefined, undefined, NOW)).toEqual({ release: release({}), unproven: true, recordsOnly: false });
  });

  test("changes nothing while the configuration names the same", () => {
    expect(decideControlled(A, release({}), undefined, LATER)).toEqual({ release: release({}), unproven: false, recordsOnly: false });
  });

  test("records another revision whole: its candidate's weight is Flagger's", () => {
    const decision = decideControlled(B, release({}), undefined, LATER);
    expect(weights(decision.release)).toEqual({ rb: 100 });
    expect(decision).toMatchObject({ unproven: true, release: { stage: { kind: "settled" }, since: LATER.toISOString() } });
  });

  test("lets a candidate and retained revisions go when it is handed over in the middle of a rollout", () => {
    const decision = decideControlled(B, release({ candidate: { revision: B, weight: 25, held: "approval" }, retained: [C] }), undefined, LATER);
    expect(weights(decision.release)).toEqual({ rb: 100 });
    expect(decision).toMatchObject({ unproven: false, release: { stage: { kind: "settled" } } });
  });

  test("keeps out what was rejected before, until that is cleared", () => {
    const before = release({ rejected: [rejection("rb")] });
    expect(weights(decideControlled(B, before, undefined, LATER).release)).toEqual({ ra: 100 });
    const cleared = decideControlled(B, before, { service: "shop", id: "rb", action: "clear" }, LATER);
    expect(weights(cleared.release)).toEqual({ rb: 100 });
    expect(cleared).toMatchObject({ outcome: { kind: "done" }, release: { rejected: [] } });
    expect(decideControlled(A, release({}), { service: "shop", id: "rb", action: "clear" }, LATER).outcome).toEqual({ kind: "already" });
  });

  test.each<RevisionInstruction>([
    { service: "shop", id: "rb", action: "advance", stage: 25 },
    { service: "shop", id: "rb", action: "promote" },
    { service: "shop", id: "rb", action: "rollback", reason: "error rate 7 %" },
    { service: "shop", id: "rb", action: "hold", reason: "lunch" },
    { service: "shop", id: "rb", action: "resume" },
  ])("refuses to $action, and changes nothing", (instruction) => {
    expect(decideControlled(A, release({}), instruction, LATER)).toEqual({ release: release({}), unproven: false, recordsOnly: false, outcome: REFUSED });
    expect(decideControlled(A, undefined, instruction, NOW)).toEqual({ release: release({}), unproven: true, recordsOnly: false, outcome: REFUSED });
  });
});
