import { sumCounts } from "./counts.ts";
import { sharedFate } from "./dispersion.ts";
import { testsOf } from "./tests.ts";
import type { Past, Test, Together } from "./hypotheses.ts";
import type { Counts, GatePolicy, Look, NoAnswer, Observation, Tally } from "./types.ts";
import { grow, logWealth, START } from "./wealth.ts";
import type { Wealth } from "./wealth.ts";

/** Looks whose figures a verdict shows, and from which the stable revision is known: five minutes of them. */
const RECENT = 20;

/** All that the gate knows of one rollout. Plain data: the same observations always lead to the same gate. */
export interface Gate {
  policy: GatePolicy;
  /** Of each test, in the order of `testsOf`, what is bet against each of its hypotheses. */
  wealth: readonly (readonly Wealth[])[];
  /** The evidence of each test now, and the largest that it ever had: natural logarithms. */
  evidence: readonly number[];
  peak: readonly number[];
  /** The stable revision before the rollout, all together. */
  history: Counts;
  together: Together;
  recent: readonly Look[];
  /** What was seen at the present weight: requests, and of each custom indicator its tally or its looks. */
  weight: number | undefined;
  samples: Readonly<Record<string, number>>;
  /** Unix seconds of the first observation, and of the last that brought an answer. */
  began: number | undefined;
  answered: number | undefined;
  silent: NoAnswer | undefined;
}

/**
 * A gate before its first look.
 * @param history the stable revision before the rollout, look by look, an hour if it can be had: from it the gate knows what is usual, and
 * how many requests share one fate
 * @throws RangeError when the policy judges nothing, or by a latency that is no bound
 */
export function startGate(policy: GatePolicy, history: readonly Counts[] = []): Gate {
  const together = sharedFate(policy, history);
  const tests = testsOf(policy, together);
  if (tests.length === 0) throw new RangeError("a gate without requests needs indicators of its own; name one at least");
  const names = ["requests", "success", ...tests.map(({ name }) => name)];
  const taken = names.find((name, index) => names.indexOf(name) !== index);
  if (taken !== undefined) throw new RangeError(`a gate has two indicators of one name, got ${taken}; call one of them otherwise`);
  return {
    policy,
    wealth: tests.map(() => []),
    evidence: tests.map(() => 0),
    peak: tests.map(() => 0),
    history: sumCounts(history),
    together,
    recent: [],
    weight: undefined,
    samples: {},
    began: undefined,
    answered: undefined,
    silent: undefined,
  };
}

/** The gate after one more observation, which is later than those before. */
export function observe(gate: Gate, seen: Observation): Gate {
  const began = gate.began ?? seen.at;
  if (seen.kind === "no-answer") return { ...gate, began, silent: seen };
  const past = stablePast(gate);
  const wealth = testsOf(gate.policy, gate.together).map((test, index) => played(test, gate.wealth[index], seen, past));
  const evidence = wealth.map(logEvidence);
  return {
    ...gate,
    wealth,
    evidence,
    peak: evidence.map((each, index) => Math.max(gate.peak[index] ?? 0, each)),
    recent: [...gate.recent, seen].slice(-RECENT),
    weight: seen.weight,
    samples: added(seen.weight === gate.weight ? gate.samples : {}, seen),
    began,
    answered: seen.at,
    silent: undefined,
  };
}

/** The stable revision in the last looks, and before the rollout as long as those are few. */
export function stablePast({ history, policy, recent }: Gate): Past {
  return {
    counts: sumCounts([...(recent.length < RECENT ? [history] : []), ...recent.map(({ stable }) => stable)]),
    custom: Object.fromEntries(policy.custom.map(({ name }) => [name, recentTally(recent, name, "stable")])),
  };
}

/** What the last looks brought of a ratio of the service's own. */
export function recentTally(recent: readonly Look[], name: string, of: "candidate" | "stable"): Tally {
  return recent.reduce((sum, { custom }) => {
    const reading = custom[name];
    return reading?.kind === "ratio" ? { all: sum.all + reading[of].all, bad: sum.bad + reading[of].bad } : sum;
  }, { all: 0, bad: 0 });
}

/** Natural logarithm of the evidence from which each test proves a breach. */
export function thresholds({ policy, together }: Pick<Gate, "policy" | "together">): number[] {
  const tests = testsOf(policy, together);
  const all = tests.reduce((sum, { parts }) => sum + parts, 0);
  return tests.map(({ parts }) => Math.log(all / (parts * policy.alpha)));
}

/** Natural logarithm of a test's evidence: it proves its breach when all its hypotheses have fallen. */
function logEvidence(wealth: readonly Wealth[]): number {
  return wealth.length === 0 ? 0 : Math.min(...wealth.map(logWealth));
}

function played(test: Test, before: readonly Wealth[] | undefined, look: Look, past: Past): readonly Wealth[] {
  const bets = test.bets(look, past);
  return bets === undefined ? (before ?? []) : bets.map((each, index) => grow(before?.[index] ?? START, each));
}

function added(before: Readonly<Record<string, number>>, { candidate, custom }: Look): Record<string, number> {
  const seen = Object.entries(custom).map(([name, reading]): [string, number] => [name, reading.kind === "ratio" ? reading.candidate.all : 1]);
  return Object.fromEntries([["requests", candidate.requests] as const, ...seen].map(([name, count]) => [name, (before[name] ?? 0) + count]));
}
