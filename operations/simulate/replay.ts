import { NOTHING, sumCounts } from "../gate/counts.ts";
import { observe, startGate } from "../gate/gate.ts";
import { judge } from "../gate/judge.ts";
import type { GatePolicy, Judgement, Look } from "../gate/types.ts";
import { argo } from "./argo.ts";
import type { Contender } from "./contender.ts";
import { flagger } from "./flagger.ts";

/** What the gate says at each change of its verdict, and when the others would have rolled back. */
export interface Replay {
  looks: number;
  verdicts: { seconds: number; verdict: Judgement["verdict"]; why: string }[];
  rolledBack: Record<string, number | null>;
}

/** The gate over recorded looks, and the other policies over the same, each at its own interval. */
export function replay(looks: readonly Look[], policy: GatePolicy): Replay {
  const began = looks[0]?.at ?? 0;
  let gate = startGate(policy);
  const verdicts: Replay["verdicts"] = [];
  for (const look of looks) {
    gate = observe(gate, look);
    const { verdict, why } = judge(gate);
    if (verdict !== verdicts.at(-1)?.verdict) verdicts.push({ seconds: look.at - began, verdict, why });
  }
  const others = [flagger(policy.bounds), argo({ stages: [100], dwellSeconds: Infinity })];
  const breach = verdicts.find(({ verdict }) => verdict === "breach")?.seconds ?? null;
  return { looks: looks.length, verdicts, rolledBack: { slipway: breach, ...Object.fromEntries(others.map((other) => [other.name, rollbackOf(other, looks, began)])) } };
}

/** For people. */
export function replayText({ looks, rolledBack, verdicts }: Replay): string {
  const ends = Object.entries(rolledBack).map(([name, seconds]) => `${name}: ${seconds === null ? "would not have rolled back" : `would have rolled back after ${seconds} s`}`);
  return [`${looks} looks`, ...verdicts.map(({ seconds, verdict, why }) => `${String(seconds).padStart(7)} s  ${verdict}: ${why}`), "", ...ends].join("\n");
}

function rollbackOf({ begin, everySeconds }: Contender, looks: readonly Look[], began: number): number | null {
  const walk = begin([]);
  let candidate = NOTHING;
  let due = began + everySeconds;
  for (const look of looks) {
    candidate = sumCounts([candidate, look.candidate]);
    if (look.at < due) continue;
    if (walk.see({ ...look, at: look.at - began, candidate }) === "rolled-back") return look.at - began;
    candidate = NOTHING;
    due = look.at + everySeconds;
  }
  return null;
}
