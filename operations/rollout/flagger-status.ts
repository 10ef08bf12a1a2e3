import { viewOf } from "./flagger-objects.ts";
import type { CanaryProgress, FlaggerObjects, FlaggerPhase, FlaggerView, Running } from "./flagger-objects.ts";
import type { Status } from "./status.ts";

/** How a phase of Flagger's reads in the words of `slipway status`. */
interface Reading {
  /** Per cent that the candidate has; absent where there is none. */
  candidate?: number;
  stage: string;
  held?: "approval" | "operator";
  /** Whether the revision that the stack gave Flagger serves, or is on its way. */
  onItsWay: boolean;
}

/** Where Flagger has a service, in the words of docs/rollout-contract.md. Pure. @throws RangeError for objects that are not Flagger's */
export function flaggerStatus(objects: FlaggerObjects): Status {
  const view = viewOf(objects);
  const { canary, primary, target } = view;
  const { lastTransitionTime, phase = "" } = canary.status ?? {};
  const since = lastTransitionTime ?? canary.metadata.creationTimestamp;
  const reading = suspended(readingOf(phase, view), canary);
  const weight = reading.candidate ?? 0;
  return {
    stable: shown(primary ?? (reading.candidate === undefined && phase !== "Failed" ? target : UNKNOWN), 100 - weight),
    candidate: reading.candidate === undefined ? null : shown(target, weight),
    stage: reading.stage,
    held: reading.held ?? null,
    since,
    asked: null,
    rejected: phase === "Failed" ? [{ revision: target.revision, reason: reasonOf(canary), at: since }] : [],
    inCluster: reading.onItsWay,
    controller: { phase: phase || "not looked at", weight, conditions: canary.status?.conditions ?? [] },
  };
}

/** Flagger's copy serves, and the stack does not know what is in it. */
const UNKNOWN: Running = { revision: "unknown", image: "unknown" };

function readingOf(phase: FlaggerPhase, view: FlaggerView): Reading {
  const { canary } = view;
  switch (phase) {
    case "":
    case "Initializing":
      return { stage: "initializing", onItsWay: false };
    case "Initialized":
    case "Succeeded":
      return isNew(view) ? { candidate: 0, stage: "not begun", onItsWay: true } : { stage: "settled", onItsWay: true };
    case "Waiting":
      return { candidate: 0, stage: "0 %", held: "approval", onItsWay: true };
    case "Progressing":
      return { candidate: canary.status?.canaryWeight ?? 0, stage: stageOf(canary), onItsWay: true };
    case "WaitingPromotion":
      return { candidate: lastWeight(canary, 0), stage: `${lastWeight(canary, 0)} %`, held: "approval", onItsWay: true };
    case "Promoting":
      return { candidate: lastWeight(canary, 100), stage: "promoting", onItsWay: true };
    case "Finalising":
      return { stage: "finishing", onItsWay: true };
    case "Failed":
      return { stage: "settled", onItsWay: view.primary !== undefined && !isNew(view) };
    case "Terminating":
    case "Terminated":
      return { stage: "given up by Flagger", onItsWay: false };
    default:
      return phase satisfies never;
  }
}

/** Flagger skips a Canary that is suspended, whatever it was at; one that has settled has nothing to be held. */
function suspended(reading: Reading, { spec: { suspend } }: CanaryProgress): Reading {
  return suspend && reading.candidate !== undefined ? { ...reading, held: "operator" } : reading;
}

/** Whether the stack has given Flagger another revision than the one that serves. */
function isNew({ primary, target }: FlaggerView): boolean {
  return primary !== undefined && primary.revision !== target.revision;
}

function stageOf({ spec: { analysis }, status }: CanaryProgress): string {
  const { canaryWeight = 0, failedChecks = 0, iterations = 0 } = status ?? {};
  const at = analysis.iterations > 0 ? `check ${Math.min(iterations, analysis.iterations)} of ${analysis.iterations}` : `${canaryWeight} %`;
  return failedChecks === 0 ? at : `${at}, ${failedChecks} of ${analysis.threshold} failed checks`;
}

/** Flagger writes 0 while it promotes and leaves the routes; testers' requests alone are nobody's share. */
function lastWeight({ spec: { analysis } }: CanaryProgress, withoutSteps: number): number {
  return analysis.match.length > 0 ? 0 : (analysis.stepWeights.at(-1) ?? withoutSteps);
}

function reasonOf({ status }: CanaryProgress): string {
  return status?.conditions.find(({ type }) => type === "Promoted")?.message || "Flagger's analysis failed";
}

function shown({ image, revision }: Running, weight: number): Status["stable"] {
  return { revision, image, weight, applied: weight };
}
