import { instruct } from "./instruct.ts";
import { isRejected, putTogether, takeApart } from "./parts.ts";
import type { Parts } from "./parts.ts";
import { reconcile } from "./reconcile.ts";
import type { Decision, Rejection, Release, Revision, RevisionInstruction, Strategy } from "./release-types.ts";
import { settle } from "./settle.ts";

/** Rejections that a record keeps, besides those of revisions that are live or asked for. */
export const REJECTIONS_KEPT = 20;

/**
 * The release that the next update declares, from what the configuration asks for, what the last update recorded, and at most one
 * instruction. Pure; its laws are properties in test/delivery/release-laws.test.ts, its reasons in docs/decisions/release-record.md.
 */
export function nextRelease(
  desired: Revision, recorded: Release | undefined, strategy: Strategy, instruction: RevisionInstruction | undefined, now: Date,
): Release {
  return decide(desired, recorded, strategy, instruction, now).release;
}

/** `nextRelease` with what became of the instruction, and what the update has to heed. */
export function decide(
  desired: Revision, recorded: Release | undefined, strategy: Strategy, instruction: RevisionInstruction | undefined, now: Date,
): Decision {
  if (recorded === undefined) return first(desired, instruction, now);
  const parts = takeApart(recorded);
  const settled = settle(parts, desired);
  const told = instruction && instruct(settled, instruction, desired, strategy, now);
  const answer = told === undefined ? {} : { outcome: told.outcome };
  if (instruction?.action === "rollback" && told?.outcome.kind === "done") {
    const release = putTogether(forget({ ...parts, rejected: told.parts.rejected }, desired), recorded, now);
    return { release, unproven: false, recordsOnly: true, ...answer };
  }
  const next = retire(reconcile(told?.parts ?? settled, desired, strategy), strategy);
  const unproven = !recorded.revisions.some(({ id }) => id === next.stable.id);
  return { release: putTogether(forget(next, desired), recorded, now), unproven, recordsOnly: false, ...answer };
}

function first(desired: Revision, instruction: RevisionInstruction | undefined, now: Date): Decision {
  const release = putTogether({ stable: desired, retained: [], rejected: [] }, undefined, now);
  const refusal = { outcome: { kind: "refused" as const, why: "nothing is recorded of this service yet" } };
  return { release, unproven: true, recordsOnly: false, ...(instruction === undefined ? {} : refusal) };
}

/** Drops the retained revisions that the strategy no longer keeps, but never the heir of a rejected stable one. */
function retire(parts: Parts, { retain }: Strategy): Parts {
  const heir = isRejected(parts.rejected, parts.stable.id) ? 1 : 0;
  return { ...parts, retained: parts.retained.slice(0, Math.max(retain, heir)) };
}

function forget(parts: Parts, desired: Revision): Parts {
  const named = new Set([desired, parts.stable, parts.candidate?.revision, ...parts.retained].map((revision) => revision?.id));
  const keep = (rejection: Rejection, index: number): boolean => index < REJECTIONS_KEPT || named.has(rejection.id);
  return { ...parts, rejected: parts.rejected.filter(keep) };
}
