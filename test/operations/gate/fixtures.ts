import { MESH_BOUNDS } from "../../../components/delivery/service-level.ts";
import { observe, startGate } from "../../../operations/gate/gate.ts";
import type { Gate } from "../../../operations/gate/gate.ts";
import { gatePolicy } from "../../../operations/gate/policy.ts";
import type { Counts, CustomReading, GatePolicy, Look, NoAnswer, NoAnswerReason, Observation } from "../../../operations/gate/types.ts";

export const POLICY: GatePolicy = gatePolicy({ limits: { errorPercent: 5, p95Milliseconds: 2000, successPercent: 95 }, bounds: MESH_BOUNDS, protocols: ["http"] });

/** Requests of which some fail and some are slow: those take longer than `slowerThan` and no longer than the next bound, the rest 100 ms at most. */
export function counts(requests: number, failures = 0, slow = 0, slowerThan = 2000): Counts {
  return { requests, failures, timed: requests, within: MESH_BOUNDS.map((bound) => (bound < 100 ? 0 : bound <= slowerThan ? requests - slow : requests)) };
}

export function look(at: number, candidate: Counts, stable: Counts, more: { weight?: number; custom?: Record<string, CustomReading> } = {}): Look {
  return { kind: "look", at, weight: 10, candidate, stable, custom: {}, ...more };
}

export function silence(at: number, reason: NoAnswerReason = "unreachable", weight = 10): NoAnswer {
  return { kind: "no-answer", at, weight, reason, detail: "nobody is there" };
}

/** The gate after the observations. */
export function after(observations: readonly Observation[], policy: GatePolicy = POLICY, history: readonly Counts[] = HISTORY): Gate {
  return observations.reduce(observe, startGate(policy, history));
}

/** An hour of a stable revision that fails one request in a thousand, evenly. */
export const HISTORY: readonly Counts[] = Array.from({ length: 240 }, (_, index) => counts(300, index % 10 < 3 ? 1 : 0));
