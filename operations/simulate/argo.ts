import type { Contender } from "./contender.ts";
import type { Schedule } from "./ours.ts";

/** An AnalysisTemplate of one metric; the limits' defaults are Argo Rollouts' own, the condition is that of its documentation. */
export interface ArgoAnalysis {
  intervalSeconds: number;
  /** Share of requests that succeed, 0 – 1, at least. */
  successCondition: number;
  /** Failed measurements that are allowed. */
  failureLimit: number;
  /** Errors in a row that are allowed; each is tried again after 10 seconds. */
  consecutiveErrorLimit: number;
}

export const ARGO: ArgoAnalysis = { intervalSeconds: 60, successCondition: 0.95, failureLimit: 0, consecutiveErrorLimit: 4 };

/**
 * Argo Rollouts 1.9 with an analysis in the background of the given steps: a measurement an interval over the time since the one before; more
 * failed ones than the limit abort. Without requests the ratio is NaN, which meets no condition: a failed measurement.
 */
export function argo({ dwellSeconds, stages }: Pick<Schedule, "stages" | "dwellSeconds">, analysis: ArgoAnalysis = ARGO): Contender {
  return {
    name: "argo-rollouts",
    everySeconds: analysis.intervalSeconds,
    reactionSeconds: 2,
    begin() {
      let stage = 0;
      let since = 0;
      let failed = 0;
      return {
        get weight() {
          return stages[stage] ?? 100;
        },
        see({ at, candidate: { failures, requests } }) {
          if (!((requests - failures) / requests >= analysis.successCondition)) failed += 1;
          if (failed > analysis.failureLimit) return "rolled-back";
          if (at - since < dwellSeconds) return "on";
          stage += 1;
          since = at;
          return stage < stages.length ? "on" : "done";
        },
      };
    },
  };
}
