import type { Contender } from "./contender.ts";
import { seeded } from "./random.ts";
import { Traffic } from "./traffic.ts";
import type { Scenario } from "./traffic.ts";

/** How one simulated rollout ended. */
export interface Outcome {
  end: "rolled-back" | "done" | "held" | "unfinished";
  /** Seconds from the start to the decision. */
  seconds: number;
  /** Percent that the candidate had then. */
  weight: number;
  /** Requests that the candidate failed, those included that came between the decision and weight 0. */
  failed: number;
  /** Those among them that the stable revision would not have failed, on average. */
  excess: number;
}

/** Seconds before the rollout in which the stable revision was looked at. */
const HISTORY_SECONDS = 3600;

export interface RunOptions {
  runs: number;
  /** Whole number. */
  seed: number;
  /** Seconds after which a rollout that goes on is left alone. */
  horizon: number;
  /** Seconds by which the metrics lag behind the requests: half a scrape interval and the scrape. */
  lagSeconds: number;
}

/** The same scenario again and again, each run with numbers of its own that the seed and the run's index decide. */
export function simulateRuns(scenario: Scenario, contender: Contender, options: RunOptions): Outcome[] {
  return Array.from({ length: options.runs }, (_, index) => simulateRun(scenario, contender, { ...options, seed: options.seed * 1_000_003 + index }));
}

function simulateRun(scenario: Scenario, contender: Contender, { horizon, lagSeconds, seed }: RunOptions): Outcome {
  const traffic = new Traffic(scenario, seeded(seed));
  const { everySeconds } = contender;
  const walk = contender.begin(Array.from({ length: Math.floor(HISTORY_SECONDS / everySeconds) }, () => traffic.look(0, everySeconds, 0).stable));
  let failed = 0;
  let requests = 0;
  for (let at = everySeconds; at <= horizon; at += everySeconds) {
    const { weight } = walk;
    const look = traffic.look(at, everySeconds, weight);
    failed += look.candidate.failures;
    requests += look.candidate.requests;
    const end = walk.see(look);
    if (end === "on") continue;
    if (end === "rolled-back") {
      const late = traffic.look(at + lagSeconds + contender.reactionSeconds, lagSeconds + contender.reactionSeconds, weight).candidate;
      failed += late.failures;
      requests += late.requests;
    }
    return { end, seconds: at + (end === "rolled-back" ? lagSeconds : 0), weight, failed, excess: failed - requests * scenario.stable.errors };
  }
  return { end: "unfinished", seconds: horizon, weight: walk.weight, failed, excess: failed - requests * scenario.stable.errors };
}
