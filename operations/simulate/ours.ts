import { observe, startGate } from "../gate/gate.ts";
import { decide, silence, verdictOf } from "../gate/judge.ts";
import type { GatePolicy } from "../gate/types.ts";
import type { Contender } from "./contender.ts";

export interface Schedule {
  /** Percent, rising, last 100. */
  stages: readonly number[];
  /** At each stage at least. */
  dwellSeconds: number;
  lookSeconds: number;
}

/** Our own rollout: the very gate and the very decision that the driver uses. After the last stage it bakes for one dwell more. */
export function ours(policy: GatePolicy, { dwellSeconds, lookSeconds, stages }: Schedule): Contender {
  return {
    name: "slipway",
    everySeconds: lookSeconds,
    reactionSeconds: 10,
    begin(history) {
      let gate = startGate(policy, history);
      let stage = 0;
      let since = 0;
      return {
        get weight() {
          return stages[stage] ?? 100;
        },
        see(look) {
          gate = observe(gate, look);
          const action = decide({ verdict: verdictOf(gate), ...silence(gate) }, { since, now: look.at, dwellSeconds }, policy);
          if (action === "roll-back") return "rolled-back";
          if (action === "hold") return "held";
          if (action === "wait") return "on";
          stage += 1;
          since = look.at;
          return stage < stages.length ? "on" : "done";
        },
      };
    },
  };
}
