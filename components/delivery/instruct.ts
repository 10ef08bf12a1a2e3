import { isRejected } from "./parts.ts";
import type { Candidate, Parts } from "./parts.ts";
import { promote } from "./reconcile.ts";
import type { Outcome, Revision, RevisionInstruction, Strategy } from "./release-types.ts";
import { successor } from "./settle.ts";
import { nextStage } from "./stages.ts";

export interface Told {
  parts: Parts;
  outcome: Outcome;
}

/** Applies one instruction to a settled release. What does not apply changes nothing and says why. */
export function instruct(parts: Parts, instruction: RevisionInstruction, desired: Revision, strategy: Strategy, now: Date): Told {
  switch (instruction.action) {
    case "advance":
      return onCandidate(parts, instruction, (candidate) => advance(parts, candidate, instruction.stage, strategy));
    case "promote":
      return onCandidate(parts, instruction, (candidate) => unlessHeld(parts, candidate, () => done(promote(parts, candidate.revision))));
    case "hold":
      return onCandidate(parts, instruction, (candidate) =>
        candidate.held === undefined ? withCandidate(parts, { ...candidate, held: instruction.reason }) : already(parts));
    case "resume":
      return onCandidate(parts, instruction, (candidate) =>
        candidate.held === undefined ? already(parts) : withCandidate(parts, { ...candidate, held: undefined }));
    case "rollback":
      return reject(parts, instruction.id, instruction.reason, desired, now);
    case "clear":
      return isRejected(parts.rejected, instruction.id)
        ? done({ ...parts, rejected: parts.rejected.filter(({ id }) => id !== instruction.id) })
        : already(parts);
    default:
      return instruction satisfies never;
  }
}

function onCandidate(parts: Parts, { id, action }: RevisionInstruction, then: (candidate: Candidate) => Told): Told {
  const { candidate, stable } = parts;
  if (candidate?.revision.id === id) return then(candidate);
  if (stable.id === id) return action === "hold" ? refused(parts, `${id} is the stable revision`) : already(parts);
  return refused(parts, candidate === undefined ? "no release is in flight" : `the candidate is ${candidate.revision.id}, not ${id}`);
}

function advance(parts: Parts, candidate: Candidate, stage: number, strategy: Strategy): Told {
  if (stage <= candidate.weight) return already(parts);
  return unlessHeld(parts, candidate, () => {
    const next = nextStage(strategy, candidate.weight);
    if (stage === next) return withCandidate(parts, { ...candidate, weight: stage });
    return refused(parts, `the stage after ${candidate.weight} % is ${next === undefined ? "none" : `${next} %`}, not ${stage} %`);
  });
}

function unlessHeld(parts: Parts, candidate: Candidate, then: () => Told): Told {
  return candidate.held === undefined ? then() : refused(parts, `it is held (${candidate.held}); resume it first`);
}

function reject(parts: Parts, id: string, reason: string, desired: Revision, now: Date): Told {
  if (isRejected(parts.rejected, id)) return already(parts);
  const known = [parts.stable, parts.candidate?.revision, ...parts.retained, desired].some((revision) => revision?.id === id);
  if (!known) return refused(parts, `${id} is neither live nor asked for`);
  if (id === parts.stable.id && successor(parts, desired) === undefined) return refused(parts, `${id} is the only revision there is`);
  return done({ ...parts, rejected: [{ id, reason, at: now.toISOString() }, ...parts.rejected] });
}

function withCandidate(parts: Parts, candidate: Candidate): Told {
  return done({ ...parts, candidate });
}

function done(parts: Parts): Told {
  return { parts, outcome: { kind: "done" } };
}

function already(parts: Parts): Told {
  return { parts, outcome: { kind: "already" } };
}

function refused(parts: Parts, why: string): Told {
  return { parts, outcome: { kind: "refused", why } };
}
