import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Seen } from "../gate/counters.ts";
import { observe, startGate } from "../gate/gate.ts";
import type { Gate } from "../gate/gate.ts";
import { historyOf } from "../gate/history.ts";
import { judge } from "../gate/judge.ts";
import { lookAt } from "../gate/look.ts";
import { LOOK_SECONDS } from "../gate/policy.ts";
import { gateQueries, historyQueries } from "../gate/queries.ts";
import type { Pair } from "../gate/queries.ts";
import type { Counts, GatePolicy, Judgement, Observation } from "../gate/types.ts";
import type { Prometheus } from "./prometheus.ts";
import { askHistory, askLook } from "./questions.ts";

/** Seconds of the stable revision before the rollout from which the gate knows what is usual. */
const HISTORY_SECONDS = 3600;

/** Of a service that a gate can judge nothing of. */
const BLIND: Judgement = { verdict: "not-enough", why: "nothing of this service is measured; somebody has to promote it", samples: 0, indicators: [], silentSeconds: 0 };

/** One gate over one rollout: it remembers counters and evidence from look to look, and no more than that. */
export interface Watch {
  /** Asks once and judges; `at` is Unix seconds, `weight` the per cent that the candidate has had since the look before. */
  look(at: number, weight: number): Promise<Judgement>;
}

export interface WatchInputs {
  level: ServiceLevel;
  revisions: Pair;
  policy: GatePolicy;
  prometheus: Prometheus;
}

/** A driver that is started again begins a new watch: what was seen before it is no evidence, so it can only take longer. */
export function watch({ level, policy, prometheus, revisions }: WatchInputs): Watch {
  const queries = gateQueries(level, revisions);
  let gate: Gate | undefined;
  let seen: Seen | undefined;

  async function observation(at: number, weight: number): Promise<Observation | undefined> {
    const answers = await askLook(queries, prometheus, at);
    if ("kind" in answers) return { ...answers, at, weight };
    const told = lookAt(answers, seen, { revisions, bounds: policy.bounds, weight });
    seen = told.seen;
    return told.observation;
  }

  /** Nothing where it cannot be had: the gate then takes longer, and guesses nothing. */
  async function historyBefore(until: number): Promise<Counts[]> {
    if (queries.mesh === undefined) return [];
    const answers = await askHistory(historyQueries(level, revisions.stable), prometheus, { until, seconds: HISTORY_SECONDS, step: LOOK_SECONDS });
    return "kind" in answers ? [] : historyOf(answers, revisions.stable, policy.bounds);
  }

  return {
    async look(at, weight) {
      if (!policy.requests && policy.custom.length === 0) return BLIND;
      gate ??= startGate(policy, await historyBefore(at));
      const told = await observation(at, weight);
      if (told !== undefined) gate = observe(gate, told);
      return judge(gate);
    },
  };
}
