import { instruct } from "./instruct.ts";
import { isRejected, putTogether, takeApart } from "./parts.ts";
import type { Parts } from "./parts.ts";
import { reconcile } from "./reconcile.ts";
import type { Decision, Instruction, Rejection, Release, Revision, Strategy } from "./release-types.ts";
import { settle } from "./settle.ts";

/** Rejections that a record keeps, besides those of revisions that are live or asked for. */
export const REJECTIONS_KEPT = 20;

/**
 * The release that the next update declares, from what the configuration asks for, what the last update recorded, and at most one
 * instruction. Pure; its laws are properties in test/delivery/release-laws.test.ts, its reasons in docs/decisions/release-record.md.
 */
export function nextRelease(
  desired: Revision, recorded: Release | undefined, strategy: Strategy, instruction: Instruction | undefined, now: Date,
): Release {
  return decide(desired, recorded, strategy, instruction, now).release;
}

/** `nextRelease` with what became of the instruction, and whether the record must wait for the pods. */
export function decide(
  desired: Revision, recorded: Release | undefined, strategy: Strategy, instruction: Instruction | undefined, now: Date,
): Decision {
  if (recorded === undefined) return firstDecision(desired, instruction, now);
  const finish = (parts: Parts): Release => putTogether(bounded(parts, desired, strategy), recorded, now);
  const settled = settle(takeApart(recorded), desired);
  if (instruction === undefined) return judged(finish(reconcile(settled, desired, strategy)), recorded);
  const { parts, outcome } = instruct(settled, instruction, desired, strategy, now);
  // A rejection is only recorded here: were its weight taken away at once, a kill before the record is written would give it back.
  const rejects = instruction.action === "rollback" && outcome.kind === "done";
  return { ...judged(finish(rejects ? parts : reconcile(parts, desired, strategy)), recorded), outcome };
}

function firstDecision(desired: Revision, instruction: Instruction | undefined, now: Date): Decision {
  const release = putTogether({ stable: desired, retained: [], rejected: [] }, undefined, now);
  const refusal = { outcome: { kind: "refused" as const, why: "nothing is recorded of this service yet" } };
  return { release, unproven: true, ...(instruction === undefined ? {} : refusal) };
}

function judged(release: Release, recorded: Release): Decision {
  const known = recorded.revisions.some(({ id }) => id === release.revisions[0]?.id);
  return { release, unproven: !known };
}

function bounded(parts: Parts, desired: Revision, strategy: Strategy): Parts {
  const heir = isRejected(parts.rejected, parts.stable.id) ? 1 : 0;
  const retained = parts.retained.slice(0, Math.max(strategy.retain, heir));
  const named = new Set([desired.id, parts.stable.id, parts.candidate?.revision.id, ...retained.map(({ id }) => id)]);
  const keep = (rejection: Rejection, index: number): boolean => index < REJECTIONS_KEPT || named.has(rejection.id);
  return { ...parts, retained, rejected: parts.rejected.filter(keep) };
}
