import { nextStage, stagesOf } from "../../components/delivery/stages.ts";
import type { Strategy } from "../../components/delivery/release-types.ts";
import type { FreezeWindow } from "../../components/delivery/rollout-settings.ts";
import type { Action } from "../gate/types.ts";
import type { HeldReason } from "./events.ts";
import type { Standing } from "./standing.ts";

/** How one candidate is to go. */
export interface Course {
  /** The revision that is rolled out. */
  id: string;
  strategy: Strategy;
  /** Seconds at each weight at least. */
  dwellSeconds: number;
  /** Seconds with all traffic before the old revision goes. */
  bakeSeconds: number;
  /** Seconds between two looks. */
  lookSeconds: number;
  /** Whether somebody has to promote it after the first stage, and nobody has. */
  awaitsApproval: boolean;
  /** Nobody is asked and no time is waited for: somebody said "now". */
  atOnce: boolean;
  freezes: readonly FreezeWindow[];
  /** Whether there are smoke checks. */
  smoked: boolean;
}

/** What is known at one look. */
export interface Seen {
  /** Unix seconds. */
  now: number;
  /** What the gate says of the present weight; absent before its first look. */
  action?: Action | undefined;
  /** Whether its last look had an answer. */
  answered: boolean;
  /** The gate's reason. */
  why: string;
  /** What became of the smoke checks in this run: absent while they have not run, else those that failed. */
  smokeFailures?: readonly string[] | undefined;
  /** Why the candidate's pods do not get ready, as its last update says. */
  unready?: string | undefined;
  /** Why this driver has to end: a signal, or its time is up. */
  stop?: "operator" | "time" | undefined;
}

/** What the driver does next. Only `advance` and `promote` give more traffic, and only what the gate, smoke checks or a person said leads to them. */
export type Step =
  | { kind: "done" }
  | { kind: "gone"; why: string }
  | { kind: "roll-back"; reason: string }
  | { kind: "end"; reason: HeldReason; detail?: string }
  | { kind: "smoke" }
  | { kind: "look" }
  | { kind: "advance"; stage: number }
  | { kind: "promote" };

/** Pure: the same standing and the same look always lead to the same step. */
export function nextStep(standing: Standing, course: Course, seen: Seen): Step {
  const { candidate, held, rejected, stable } = standing;
  if (candidate?.id !== course.id) {
    if (stable.id === course.id) return { kind: "done" };
    const rejection = rejected.find(({ id }) => id === course.id);
    if (rejection !== undefined) return { kind: "gone", why: `${course.id} was rolled back: ${rejection.reason}` };
    return { kind: "gone", why: candidate === undefined ? `${course.id} was cancelled` : `${candidate.id} took the place of ${course.id}` };
  }
  const { weight } = candidate;
  if (rejected.some(({ id }) => id === course.id)) return { kind: "roll-back", reason: "it is rejected and still has traffic" };
  if (seen.unready !== undefined) return { kind: "roll-back", reason: seen.unready };
  if (seen.action === "roll-back") return { kind: "roll-back", reason: seen.why };
  if (seen.smokeFailures !== undefined && seen.smokeFailures.length > 0) return { kind: "roll-back", reason: `smoke checks: ${seen.smokeFailures.join("; ")}` };
  if (seen.stop !== undefined) return stopped(seen, held);
  if (held !== undefined) return { kind: "look" };
  if (course.smoked && seen.smokeFailures === undefined && weight <= firstWeight(course.strategy)) return { kind: "smoke" };
  const waiting = course.awaitsApproval && !course.atOnce;
  if (waiting && weight > firstWeight(course.strategy) && weight < 100) return { kind: "end", reason: "approval" };
  if (!mayRise(weight, course, seen)) return { kind: "look" };
  const frozen = course.freezes.find(({ from, until }) => Date.parse(from) / 1000 <= seen.now && seen.now < Date.parse(until) / 1000);
  if (weight === 100) return { kind: "promote" };
  if (waiting) return { kind: "end", reason: "approval" };
  if (frozen !== undefined) return { kind: "end", reason: "freeze", detail: `${frozen.reason}, until ${frozen.until}` };
  const stage = nextStage(course.strategy, weight);
  return stage === undefined ? { kind: "promote" } : { kind: "advance", stage };
}

/** Seconds that the candidate stays at its weight at least. */
export function dwellAt(weight: number, { atOnce, bakeSeconds, dwellSeconds }: Course): number {
  if (atOnce) return 0;
  return weight === 100 ? bakeSeconds : dwellSeconds;
}

/** The weight at which a candidate of the strategy starts. */
function firstWeight(strategy: Strategy): number {
  return stagesOf(strategy)[0] ?? 100;
}

/** At weight 0 nothing is measured: smoke checks and people decide there, as long as somebody is there to see what comes next. */
function mayRise(weight: number, { atOnce }: Course, { action, answered }: Seen): boolean {
  return atOnce || (weight === 0 ? answered : action === "advance");
}

function stopped({ action, stop, why }: Seen, held: string | undefined): Step {
  if (stop === "operator") return { kind: "end", reason: "operator", detail: "the driver was told to stop" };
  if (held !== undefined) return { kind: "end", reason: "operator", detail: held };
  return action === "hold" ? { kind: "end", reason: "no-answer", detail: why } : { kind: "end", reason: "time" };
}
