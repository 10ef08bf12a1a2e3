import type { Step } from "./next.ts";

/** What a group of services does next, from what each of them would do alone: they rise together, and fall together. */
export type GroupStep =
  | { kind: "done" }
  /** None is left, and one at least did not get there. */
  | { kind: "gone" }
  | { kind: "roll-back"; reason: string; /** Place of the one that has the reason. */ of: number }
  | Extract<Step, { kind: "end" }>
  | { kind: "smoke"; of: number[] }
  | { kind: "look" }
  /** Places of those that rise now, with what each does. */
  | { kind: "rise"; steps: { of: number; step: Extract<Step, { kind: "advance" | "promote" }> }[] };

/** Pure. One alone does what it would do without a group. */
export function together(steps: readonly Step[]): GroupStep {
  for (const [of, step] of steps.entries()) if (step.kind === "roll-back") return { kind: "roll-back", reason: step.reason, of };
  const gone = steps.findIndex(({ kind }) => kind === "gone");
  const left = steps.flatMap((step, of) => (step.kind === "done" || step.kind === "gone" ? [] : [{ of, step }]));
  const why = steps[gone];
  if (why?.kind === "gone") return left.length === 0 ? { kind: "gone" } : { kind: "roll-back", reason: why.why, of: gone };
  if (left.length === 0) return { kind: "done" };
  const ends = left.flatMap(({ step }) => (step.kind === "end" ? [step] : []));
  const now = ends.find(({ reason }) => reason !== "approval" && reason !== "freeze");
  if (now !== undefined) return now;
  const smoke = left.flatMap(({ of, step: { kind } }) => (kind === "smoke" ? [of] : []));
  if (smoke.length > 0) return { kind: "smoke", of: smoke };
  // Who may rise, or would have to ask, waits until all may.
  if (left.some(({ step: { kind } }) => kind === "look")) return { kind: "look" };
  const [planned] = ends;
  if (planned !== undefined) return planned;
  const rising = left.flatMap(({ of, step }) => (step.kind === "advance" || step.kind === "promote" ? [{ of, step }] : []));
  // The old revisions go when all are at the top: one that fell later would leave the others alone.
  const advancing = rising.filter(({ step: { kind } }) => kind === "advance");
  return { kind: "rise", steps: advancing.length > 0 ? advancing : rising };
}
