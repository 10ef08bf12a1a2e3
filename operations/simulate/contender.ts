import type { Counts, Look } from "../gate/types.ts";

/** A way to roll out, as the simulation sees it. */
export interface Contender {
  name: string;
  /** Seconds between two of its looks. */
  everySeconds: number;
  /** Seconds from its decision to the moment when the candidate gets no more requests. */
  reactionSeconds: number;
  /** `history` is the stable revision in the hour before, look by look. */
  begin(history: readonly Counts[]): Walk;
}

/** One rollout under way. */
export interface Walk {
  /** Percent that the candidate has until the next look. */
  readonly weight: number;
  /** What it does about what it sees; `at` of the look counts from the start of the rollout. */
  see(look: Look): "on" | "rolled-back" | "done" | "held";
}
