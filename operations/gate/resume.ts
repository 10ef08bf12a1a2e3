import type { Sample, Series } from "./answer.ts";
import type { Seen } from "./counters.ts";
import { observe } from "./gate.ts";
import type { Gate } from "./gate.ts";
import { byTime } from "./history.ts";
import { lookAt } from "./look.ts";
import type { CustomAnswer, LookContext } from "./look.ts";
import type { MeshQuestion } from "./queries.ts";

/** The answers to `gateQueries`, asked as ranges from the start of the rollout to now with a step of one look. */
export interface RangeAnswers {
  mesh: Readonly<Record<MeshQuestion, readonly Series[]>> | undefined;
  custom: readonly CustomRange[];
}

export type CustomRange = { name: string } & ({ kind: "ratio"; all: readonly Series[]; bad: readonly Series[] } | { kind: "value"; samples: readonly Series[]; worst?: "highest" | "lowest" | undefined });

export interface Resumed {
  gate: Gate;
  /** What is known of the counters, for the next `lookAt`. */
  seen: Seen | undefined;
}

/**
 * The gate of a driver that died, from what Prometheus still knows: the same looks as were taken, one after the other. A step at which nothing was
 * known is no look; what happened in it is in the next one.
 * @param weightAt percent that the candidate had in the look that ends at that time
 */
export function resume(gate: Gate, answers: RangeAnswers, context: Omit<LookContext, "weight">, weightAt: (at: number) => number): Resumed {
  const { custom, mesh } = answers;
  const all = [...Object.values(mesh ?? {}), ...custom.flatMap((each) => (each.kind === "ratio" ? [each.all, each.bad] : [each.samples]))];
  const rows = new Map(all.map((series) => [series, byTime(series)]));
  const times = [...new Set([...rows.values()].flatMap((row) => [...row.keys()]))].sort((left, right) => left - right);
  return times.reduce<Resumed>((resumed, at) => {
    const row = (series: readonly Series[]): readonly Sample[] => rows.get(series)?.get(at) ?? [];
    const now = mesh && { requests: row(mesh.requests), failures: row(mesh.failures), timed: row(mesh.timed), within: row(mesh.within), newest: row(mesh.newest) };
    const own = custom.map((each): CustomAnswer => (each.kind === "ratio" ? { ...each, all: row(each.all), bad: row(each.bad) } : { ...each, samples: row(each.samples) }));
    const { observation, seen } = lookAt({ at, mesh: now, custom: own }, resumed.seen, { ...context, weight: weightAt(at) });
    return { seen, gate: observation === undefined ? resumed.gate : observe(resumed.gate, observation) };
  }, { gate, seen: undefined });
}
