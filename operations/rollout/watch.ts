import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Seen } from "../gate/counters.ts";
import { observe, startGate } from "../gate/gate.ts";
import type { Gate } from "../gate/gate.ts";
import { historyOf } from "../gate/history.ts";
import { judge } from "../gate/judge.ts";
import { lookAt } from "../gate/look.ts";
import { gateQueries, historyQueries } from "../gate/queries.ts";
import type { CustomQuery, Pair } from "../gate/queries.ts";
import { resume } from "../gate/resume.ts";
import type { Resumed } from "../gate/resume.ts";
import type { Counts, GatePolicy, Judgement, Observation } from "../gate/types.ts";
import type { Earlier } from "./earlier.ts";
import { lagging, metBy } from "./following.ts";
import type { Met } from "./following.ts";
import type { Prometheus } from "./prometheus.ts";
import { askHistory, askLook, askRange } from "./questions.ts";

/** Seconds of the stable revision before the rollout from which the gate knows what is usual. */
const HISTORY_SECONDS = 3600;
/** Seconds of a rollout that a driver which is started again looks back over at most. */
const BACK_SECONDS = 6 * 3600;

/** Of a service that a gate can judge nothing of. */
const BLIND: Judgement = { verdict: "not-enough", why: "nothing of this service is measured; somebody has to promote it", samples: 0, indicators: [], silentSeconds: 0 };

/** Instead of a weight that nobody knows any more: nothing is expected of it. */
const ELSEWHERE = 0;

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
  /** Seconds between two looks. */
  lookSeconds: number;
  /** Queries for the policy's own indicators. @default none */
  custom?: readonly CustomQuery[] | undefined;
  /** What another driver may have seen before this one; asked at the first look. @default nothing */
  earlier?: (() => Promise<Earlier | undefined>) | undefined;
}

/** A driver that is started again sees by Prometheus' history what the one before saw; where that cannot be had it begins anew, which takes longer. */
export function watch({ custom, earlier, level, lookSeconds, policy, prometheus, revisions }: WatchInputs): Watch {
  const queries = gateQueries(level, revisions, custom);
  let gate: Gate | undefined;
  let seen: Seen | undefined;
  /** The weight at the last look that had an answer: what the next one brings was met from there on. */
  let from: number | undefined;
  /** What was met at that weight. */
  let met: Met[] = [];

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
    const answers = await askHistory(historyQueries(level, revisions.stable), prometheus, { from: until - HISTORY_SECONDS, until, step: lookSeconds });
    return "kind" in answers ? [] : historyOf(answers, revisions.stable, policy.bounds);
  }

  /** The gate as it is before this driver's first look. */
  async function begun(at: number, weight: number): Promise<Resumed> {
    const known = await earlier?.();
    const since = known && Math.max(known.from, at - BACK_SECONDS);
    // Up to the second before: what is asked for now is the next look's.
    const answers = since === undefined || at - since < 2 * lookSeconds ? undefined : await askRange(queries, prometheus, { from: since, until: at - 1, step: lookSeconds });
    if (known === undefined || since === undefined || answers === undefined || "kind" in answers) return { gate: startGate(policy, await historyBefore(at)), seen: undefined };
    // A look that began before the weight was in the cluster is evidence, and says nothing of that weight.
    const weightAt = (time: number): number => (time - lookSeconds >= known.stage ? weight : ELSEWHERE);
    return resume(startGate(policy, await historyBefore(since)), answers, { revisions, bounds: policy.bounds }, weightAt);
  }

  return {
    async look(at, weight) {
      if (!policy.requests && policy.custom.length === 0) return BLIND;
      if (gate === undefined) {
        const resumed = await begun(at, weight);
        gate = resumed.gate;
        seen = resumed.seen;
        if (gate.weight === weight) from = weight;
      }
      const told = await observation(at, from ?? weight);
      if (told !== undefined) gate = observe(gate, told);
      if (told?.kind !== "no-answer") {
        // What was met on the way to a weight is evidence, and says nothing of that weight.
        if (from !== weight) {
          gate = { ...gate, weight, samples: {} };
          met = [];
        } else if (told !== undefined) met = metBy(met, told);
        from = weight;
      }
      const judgement = judge(gate);
      const why = judgement.verdict === "pass" ? lagging(met, weight) : undefined;
      return why === undefined ? judgement : { ...judgement, verdict: "not-enough", why };
    },
  };
}
