import { withRole } from "../../components/delivery/parts.ts";
import { decide } from "../../components/delivery/release.ts";
import type { Decision, RevisionInstruction, Release } from "../../components/delivery/release-types.ts";
import { nextStage, stagesOf } from "../../components/delivery/stages.ts";
import type { Step } from "./sequences.ts";

export interface Update {
  step: Step;
  instruction: RevisionInstruction | undefined;
  before: Release | undefined;
  decision: Decision;
  /** Weights in the cluster before and after. */
  cluster: [ReadonlyMap<string, number>, ReadonlyMap<string, number>];
  /** The most that the verdicts up to now allow each revision. */
  allowed: ReadonlyMap<string, number>;
}

export const START = Date.UTC(2026, 10, 21);

/** Runs a sequence against two stores, the record and the cluster, of which an update may reach both, one, or none. */
export function* run(sequence: readonly Step[]): Generator<Update> {
  let record: Release | undefined;
  let cluster: ReadonlyMap<string, number> = new Map();
  const allowed = new Map<string, number>();
  for (const [index, step] of sequence.entries()) {
    const before = record;
    const instruction = aimed(step, before);
    const decision = decide(step.desired, before, step.strategy, instruction, new Date(START + index));
    const after = new Map(decision.release.revisions.map(({ id, weight }) => [id, weight]));
    const clusterBefore = cluster;
    // A revision without a verdict is recorded only when its pods are ready; an update with an instruction leaves the older record.
    const recordWaits = decision.unproven && instruction === undefined;
    const recordStays = decision.unproven && instruction !== undefined && decision.outcome?.kind !== "done";
    if (!decision.recordsOnly && (step.fate === "whole" || step.fate === "killed")) cluster = after;
    const recorded = !recordStays && (step.fate === "whole" || (step.fate === "failed" && !recordWaits));
    if (recorded) record = decision.release;
    judge(allowed, step, instruction, before, decision, recorded);
    yield { step, instruction, before, decision, cluster: [clusterBefore, cluster], allowed: new Map(allowed) };
  }
}

function aimed({ instruction, aim, strategy }: Step, record: Release | undefined): RevisionInstruction | undefined {
  const [candidate] = record === undefined ? [] : withRole(record, "candidate");
  if (instruction === undefined || !aim || candidate === undefined) return instruction;
  const next = nextStage(strategy, candidate.weight) ?? 100;
  if (instruction.action === "hold" && record?.stage.kind === "held") return { service: "shop", id: candidate.id, action: "resume" };
  return instruction.action === "advance" ? { ...instruction, id: candidate.id, stage: next } : { ...instruction, id: candidate.id };
}

/** What people and gates have said, told from the instructions and the strategy alone. */
function judge(allowed: Map<string, number>, step: Step, instruction: RevisionInstruction | undefined, before: Release | undefined, decision: Decision, recorded: boolean): void {
  const raise = (id: string, weight: number): void => void allowed.set(id, Math.max(allowed.get(id) ?? 0, weight));
  const known = new Set(before?.revisions.map(({ id }) => id));
  const wasRejected = (id: string): boolean => before?.rejected.some((rejection) => rejection.id === id) ?? false;
  const accepted = decision.outcome?.kind === "done" ? instruction : undefined;
  if (before === undefined) raise(step.desired.id, 100);
  else if (!wasRejected(step.desired.id) || accepted?.action === "clear") raise(step.desired.id, step.strategy.kind === "direct" ? 100 : stagesOf(step.strategy)[0] ?? 0);
  if (accepted?.action === "advance") raise(accepted.id, accepted.stage);
  if (accepted?.action === "promote") raise(accepted.id, 100);
  const stable = before === undefined ? undefined : withRole(before, "stable")[0];
  // Rejecting the stable revision is the verdict for its successor; whoever leads the release afterwards.
  if (stable !== undefined && wasRejected(stable.id)) raise(decision.release.revisions[0]?.id ?? "", 100);
  if (accepted?.action === "rollback" && recorded && known.size > 0) allowed.set(accepted.id, 0);
}
