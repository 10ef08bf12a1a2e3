import type { Step } from "./next.ts";

/** What a group of services does next, from what each of them would do alone: they rise together, and fall together. */
export type GroupStep =
  | { kind: "done" }
  | { kind: "gone"; why: string }
  | { kind: "roll-back"; reason: string; of: number }
  | Extract<Step, { kind: "end" }>
  | { kind: "smoke"; of: number[] }
  | { kind: "look" }
  /** Places of those that rise now, with what each does. */
  | { kind: "rise"; steps: { of: number; step: Extract<Step, { kind: "advance" | "promote" }> }[] };

/** Pure. One alone does what it would do without a group. */
export function together(steps: readonly Step[]): GroupStep {
  for (const [of, step] of steps.entries()) if (step.kind === "roll-back") return { kind: "roll-back", reason: step.reason, of };
  const gone = steps.findIndex(({ kind }) => kind === "gone");
  const left = steps.flatMap((step, of) => (step.kind === "done" || step.kind === "gone" ? [] : [of]));
  const why = steps[gone];
  if (why?.kind === "gone") return left.length === 0 ? why : { kind: "roll-back", reason: `released together with what is gone: ${why.why}`, of: gone };
  if (left.length === 0) return { kind: "done" };
  for (const step of steps) if (step.kind === "end") return step;
  const smoke = steps.flatMap((step, of) => (step.kind === "smoke" ? [of] : []));
  if (smoke.length > 0) return { kind: "smoke", of: smoke };
  const rising = steps.flatMap((step, of) => (step.kind === "advance" || step.kind === "promote" ? [{ of, step }] : []));
  return rising.length === left.length ? { kind: "rise", steps: rising } : { kind: "look" };
}
