import type { IndicatorReading, Verdict } from "../gate/types.ts";

/** Why the weight stays where it is. */
export type HeldReason = "approval" | "time" | "operator" | "no-answer" | "freeze";

/** What a driver says, one JSON object a line: docs/rollout-contract.md. `service` is there as soon as several are driven together. */
export type RolloutEvent = { /** ISO 8601, UTC. */ at: string; service: string } & Occurrence;

export type Occurrence =
  | { event: "started"; image: string; revision: string; strategy: string; stages: readonly number[]; resumed: boolean }
  | { event: "stage"; /** From 1. */ stage: number; /** Per cent. */ weight: number; revision: string; until?: string | undefined }
  | { event: "gate"; verdict: Verdict; samples: number; indicators: readonly IndicatorReading[]; why: string }
  | { event: "baking"; revision: string; until: string }
  | { event: "held"; reason: HeldReason; weight: number; next: string; detail?: string | undefined; revision: string }
  | { event: "rolled-back"; reason: string; /** From the evidence to weight 0. */ seconds: number; revision: string }
  | { event: "done"; image: string; revision: string }
  | { event: "failed"; message: string; next: string };

/** Exit code of a run from its last events, the worst one: 0 done or held as planned, 1 failed or held because it had to, 2 rolled back. */
export function exitCodeOf(last: readonly Occurrence[]): number {
  const codes = last.map((event) => {
    switch (event.event) {
      case "rolled-back":
        return 2;
      case "done":
        return 0;
      case "held":
        return event.reason === "operator" || event.reason === "no-answer" ? 1 : 0;
      default:
        return 1;
    }
  });
  if (codes.length === 0) return 1;
  return codes.includes(2) ? 2 : Math.max(...codes);
}
