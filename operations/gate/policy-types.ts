import type { LimitSettings } from "../../components/observability/service-level.ts";

/** A ratio is judged against its limit, and against the stable revision; a value by how often it is on the bad side of its limit. */
export type CustomIndicator =
  | { name: string; kind: "ratio"; /** Per cent of bad ones. */ limit: number; /** At one weight. @default the policy's */ minimumSamples?: number | undefined }
  | {
    name: string; kind: "value"; limit: number; unit: string;
    /** On which side of the limit it is bad. @default "above" */
    bad?: "above" | "below" | undefined;
    /** Per cent of the looks at which it may be bad. @default 20 */
    tolerated?: number | undefined;
    /** Looks at one weight. @default 10 */
    minimumSamples?: number | undefined;
  };

export interface GatePolicy {
  /** What the mesh counts is judged. Off for workers and plain TCP, which need indicators of their own. @default true */
  requests: boolean;
  limits: LimitSettings;
  regression: {
    /** Per cent by which the candidate may be worse than the stable revision. @default 15 */
    percent: number;
    /** Points of failed requests on top of it, so that 2 failures of a million are no doubling of 1. @default 0.1 */
    points: number;
  };
  /** Upper bounds of the latency histogram, milliseconds, rising. */
  bounds: readonly number[];
  custom: readonly CustomIndicator[];
  /** Requests of the candidate at a weight without which it does not pass it. @default 100 */
  minimumSamples: number;
  /** Most rollouts of healthy releases that end in a rollback, 0 – 1, over all indicators and looks of a rollout. @default 0.01 */
  alpha: number;
  /** Requests that share one fate, such as those of one session, are counted as one. */
  overdispersion: Overdispersion;
  /** Odds against the candidate from which it does not pass until they fall, > 1. @default 10 */
  doubt: number;
  /**
   * Seconds without an answer after which the driver holds, and after which it rolls back; and after which it rolls back a candidate of
   * which nothing is heard while the stable revision is. @default 120, 1800 and 90
   */
  silence: { holdAfter: number; rollBackAfter: number; muteAfter: number };
}

/** How many requests may share one fate, ≥ 1: what is measured of the stable revision, within bounds. */
export interface Overdispersion {
  /** @default 1 */
  least: number;
  /** Where too little is known to measure it. @default 2 */
  unknown: number;
  /** An hour with an incident in it must not make the gate blind. @default 10 */
  most: number;
}
