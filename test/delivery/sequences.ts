import fc from "fast-check";
import type { RevisionInstruction, Revision, Strategy } from "../../components/delivery/release-types.ts";
import { revision } from "./fixtures.ts";

/** Few revisions, so that sequences come back to old ones. */
export const REVISIONS: readonly Revision[] = ["ra", "rb", "rc", "rd"].map((id) => ({ ...revision(id), [fc.toStringMethod]: () => id }));

export const aRevision: fc.Arbitrary<Revision> = fc.constantFrom(...REVISIONS);

const stages: fc.Arbitrary<number[]> = fc
  .tuple(fc.integer({ min: 5, max: 50 }), fc.uniqueArray(fc.integer({ min: 51, max: 99 }), { maxLength: 3 }))
  .map(([first, rest]) => [first, ...rest.toSorted((one, other) => one - other), 100]);

const retain = fc.integer({ min: 0, max: 2 });

export const aStrategy: fc.Arbitrary<Strategy> = fc.oneof(
  fc.record({ kind: fc.constant("direct" as const), retain }),
  fc.record({ kind: fc.constant("canary" as const), stages, retain }),
  fc.record({ kind: fc.constant("blue-green" as const), retain }),
);

const named = { service: fc.constant("shop"), id: aRevision.map(({ id }) => id) };
const reason = fc.constant("because");

export const anInstruction: fc.Arbitrary<RevisionInstruction> = fc.oneof(
  fc.record({ ...named, action: fc.constant("advance" as const), stage: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(-1)) }),
  fc.record({ ...named, action: fc.constantFrom("promote" as const, "resume" as const, "clear" as const) }),
  fc.record({ ...named, action: fc.constantFrom("rollback" as const, "hold" as const, "hold" as const), reason }),
);

/** How far an update gets: both stores written, the cluster alone (killed), the record alone (a resource failed), or neither. */
export type Fate = "whole" | "killed" | "failed" | "nothing";

/** One update. `aim` turns its instruction into the one that a driver would send about the candidate. */
export interface Step {
  desired: Revision;
  strategy: Strategy;
  instruction: RevisionInstruction | undefined;
  aim: boolean;
  fate: Fate;
}

const steps = (strategies: fc.Arbitrary<Strategy>): fc.Arbitrary<Step> => fc.record({
  desired: aRevision,
  strategy: strategies,
  instruction: fc.option(anInstruction, { nil: undefined, freq: 2 }),
  aim: fc.boolean(),
  fate: fc.constantFrom<Fate>("whole", "whole", "whole", "killed", "failed", "nothing"),
});

/** A desired revision mostly stays for a few steps, so that releases get somewhere. */
export const aSequence: fc.Arbitrary<Step[]> = fc
  .tuple(aStrategy, fc.boolean())
  .chain(([strategy, steady]) => fc.tuple(
    fc.array(steps(steady ? fc.constant(strategy) : aStrategy), { minLength: 1, maxLength: 16 }),
    fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  ))
  .map(([all, stay]) => all.map((step, index) => ({ ...step, desired: settledDesire(all, stay, index) })));

function settledDesire(all: readonly Step[], stay: readonly boolean[], index: number): Revision {
  const before = all[index - 1];
  const here = all[index]?.desired;
  if (here === undefined) throw new RangeError(`no step ${index}`);
  return before !== undefined && (stay[index] ?? false) ? settledDesire(all, stay, index - 1) : here;
}
