import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { readVector } from "../gate/answer.ts";
import type { Prometheus } from "../rollout/prometheus.ts";
import { levelQueries } from "./levels.ts";
import type { LevelAnswers } from "./levels.ts";
import type { Looked } from "./types.ts";

/** Asks for every recorded series at one moment, Unix seconds. The first refusal stands for all: a part of the answers would read as health. */
export async function askLevels(levels: readonly ServiceLevel[], prometheus: Prometheus, at: number): Promise<Looked<LevelAnswers>> {
  const read = await Promise.all(levelQueries(levels).map(async (metric) => {
    const reply = await prometheus.instant(metric, at);
    return [metric, "kind" in reply ? reply : readVector(reply, at)] as const;
  }));
  const answers: LevelAnswers = {};
  for (const [metric, answer] of read) {
    if (answer.kind === "no-answer") return { kind: "unknown", why: `Prometheus gave no answer (${answer.detail}); look whether it runs and has the stack's rules` };
    answers[metric] = answer.samples;
  }
  return { kind: "found", value: answers };
}
