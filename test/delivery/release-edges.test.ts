import { expect, test } from "@jest/globals";
import { decide, nextRelease } from "../../components/delivery/release.ts";
import { A, B, C, CANARY, DIRECT, LATER, NOW, release } from "./fixtures.ts";

const rejected = (id: string) => ({ id, reason: "leaks", at: NOW.toISOString() });

test("clear forgives one revision and no other", () => {
  const recorded = release({ rejected: [rejected("rc"), rejected("rb")] });
  const { release: next, outcome } = decide(A, recorded, CANARY, { service: "shop", id: "rb", action: "clear" }, LATER);
  expect([next.rejected, outcome]).toEqual([[rejected("rc")], { kind: "done" }]);
});

test("the heir of a rejected stable revision is retained no longer, and the older ones stay", () => {
  const recorded = release({ retained: [B, C], rejected: [rejected("ra")] });
  expect(nextRelease(A, recorded, { ...DIRECT, retain: 2 }, undefined, LATER).revisions).toEqual([
    { ...B, role: "stable", weight: 100 }, { ...C, role: "retained", weight: 0 },
  ]);
});
