import type { Counts } from "../gate/types.ts";
import type { Contender } from "./contender.ts";

/** Flagger's analysis; the defaults are those of its tutorials and built-in metrics. */
export interface FlaggerAnalysis {
  intervalSeconds: number;
  threshold: number;
  maxWeight: number;
  stepWeight: number;
  /** Per cent, at least. */
  successRate: number;
  /** P99, milliseconds, at most. */
  durationP99: number;
}

export const FLAGGER: FlaggerAnalysis = { intervalSeconds: 60, threshold: 5, maxWeight: 50, stepWeight: 10, successRate: 99, durationP99: 500 };

/**
 * Flagger 1.44 as its scheduler works: one tick an interval; a tick that finds `threshold` failed checks rolls back, and counts them before it
 * checks, so a rollback comes one tick after the last failed check; a failed check halts the weight; checks that pass do not undo failed ones.
 */
export function flagger(bounds: readonly number[], analysis: FlaggerAnalysis = FLAGGER): Contender {
  return {
    name: "flagger",
    everySeconds: analysis.intervalSeconds,
    reactionSeconds: 2,
    begin() {
      let weight = analysis.stepWeight;
      let failedChecks = 0;
      return {
        get weight() {
          return weight;
        },
        see({ candidate }) {
          if (failedChecks >= analysis.threshold) return "rolled-back";
          if (!passes(candidate, bounds, analysis)) {
            failedChecks += 1;
            return "on";
          }
          if (weight >= analysis.maxWeight) return "done";
          weight = Math.min(weight + analysis.stepWeight, 100);
          return "on";
        },
      };
    },
  };
}

function passes({ failures, requests, timed, within }: Counts, bounds: readonly number[], { durationP99, successRate }: FlaggerAnalysis): boolean {
  // Without requests the queries answer NaN or nothing, which Flagger counts as a failed check.
  if (requests === 0 || timed === 0) return false;
  return (100 * (requests - failures)) / requests >= successRate && interpolated(0.99, timed, within, bounds) <= durationP99;
}

/** As Prometheus' histogram_quantile guesses it: evenly spread inside the bucket; beyond the last bound, that bound. */
export function interpolated(quantile: number, timed: number, within: readonly number[], bounds: readonly number[]): number {
  const rank = quantile * timed;
  const index = within.findIndex((count) => count >= rank);
  const upper = bounds[index < 0 ? bounds.length - 1 : index] ?? Infinity;
  if (index < 0) return upper;
  const lower = index === 0 ? 0 : (bounds[index - 1] ?? 0);
  const below = index === 0 ? 0 : (within[index - 1] ?? 0);
  const inside = (within[index] ?? 0) - below;
  return inside === 0 ? upper : lower + ((upper - lower) * (rank - below)) / inside;
}
