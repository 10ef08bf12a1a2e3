import { REVISION } from "../../components/observability/queries.ts";
import type { Sample } from "./answer.ts";
import { countsOf, isKnown, step, stepMesh } from "./counters.ts";
import type { Seen, Snapshot } from "./counters.ts";
import { NOTHING } from "./counts.ts";
import type { Pair } from "./queries.ts";
import type { CustomReading, Look, NoAnswer, NoAnswerReason, Observation, Tally } from "./types.ts";

/** The answers to `gateQueries` at one time. */
export interface Answers {
  /** Unix seconds that were asked for. */
  at: number;
  mesh: (Snapshot & { newest: readonly Sample[] }) | undefined;
  custom: readonly CustomAnswer[];
}

export type CustomAnswer = { name: string } & ({ kind: "ratio"; all: readonly Sample[]; bad: readonly Sample[] } | { kind: "value"; samples: readonly Sample[]; worst?: "highest" | "lowest" | undefined });

export interface LookContext {
  revisions: Pair;
  bounds: readonly number[];
  /** Percent that the candidate has had since the look before. */
  weight: number;
  /** Seconds after which the last scrape is too old. @default 90 */
  staleAfter?: number | undefined;
}

/** Requests that a candidate should have met; where it then has none, its metrics or its pods are missing. */
const EXPECTED = 20;

/**
 * What the answers say, with what is known of the counters from then on. Nothing is said at the first look, from which on counters are counted;
 * where there is no answer the counters stay as they were, so that the next look that has one covers the time.
 */
export function lookAt(answers: Answers, before: Seen | undefined, context: LookContext): { seen: Seen | undefined; observation: Observation | undefined } {
  const wrong = wrongOf(answers, context);
  if (wrong !== undefined) return { seen: before, observation: none(answers, context, wrong.reason, wrong.detail) };
  const first = before === undefined;
  const mesh = stepMesh(before ?? {}, answers.mesh ?? { requests: [], failures: [], timed: [], within: [] }, first);
  const custom = customReadings(answers.custom, mesh.seen, context.revisions, first);
  if (first) return { seen: custom.seen, observation: undefined };
  const counts = (revision: string) => (answers.mesh === undefined ? NOTHING : countsOf(mesh.increments, revision, context.bounds));
  const look: Look = { kind: "look", at: answers.at, weight: context.weight, candidate: counts(context.revisions.candidate), stable: counts(context.revisions.stable), custom: custom.readings };
  const mute = muteOf(look, answers, context);
  return mute === undefined ? { seen: custom.seen, observation: look } : { seen: before, observation: mute };
}

/** Why answers that are well-formed are none. */
function wrongOf({ at, custom, mesh }: Answers, { revisions, staleAfter = 90 }: LookContext): { reason: NoAnswerReason; detail: string } | undefined {
  const samples = [...(mesh === undefined ? [] : [...mesh.requests, ...mesh.failures, ...mesh.timed, ...mesh.within]), ...custom.flatMap((each) => (each.kind === "ratio" ? [...each.all, ...each.bad] : []))];
  const negative = samples.find(({ value }) => value < 0);
  if (negative !== undefined) return { reason: "not-a-number", detail: `a counter below 0, got ${negative.value}` };
  const silent = custom.find((each) => (each.kind === "ratio" ? each.all : each.samples).length === 0);
  if (silent !== undefined) return { reason: "empty", detail: `no series of ${silent.name}` };
  if (mesh === undefined) return undefined;
  if (!isKnown(mesh, revisions.stable) && !isKnown(mesh, revisions.candidate)) return { reason: "empty", detail: "no request metrics of either revision" };
  const old = mesh.newest.find(({ labels, value }) => Object.values(revisions).includes(labels[REVISION] ?? "") && at - value > staleAfter);
  return old === undefined ? undefined : { reason: "stale", detail: `${labelsText(old)} was last scraped ${Math.round(at - old.value)} s ago` };
}

/** A candidate that has traffic and shows none, while the stable revision does. */
function muteOf(look: Look, answers: Answers, context: LookContext): NoAnswer | undefined {
  const { candidate, stable, weight } = look;
  if (candidate.requests > 0 && candidate.timed === 0) return none(answers, context, "empty", "the candidate's histogram lacks bounds of the mesh's");
  if (candidate.requests > 0 || weight <= 0 || weight >= 100) return undefined;
  const expected = Math.round((stable.requests * weight) / (100 - weight));
  return expected < EXPECTED ? undefined : none(answers, context, "silent", `about ${expected} requests should have reached the candidate, and it shows none`);
}

function customReadings(answers: readonly CustomAnswer[], before: Seen, { candidate, stable }: Pair, first: boolean): { seen: Seen; readings: Record<string, CustomReading> } {
  let seen = before;
  const readings: Record<string, CustomReading> = {};
  for (const answer of answers) {
    if (answer.kind === "value") {
      const mine = answer.samples.filter(({ labels }) => labels["revision"] === candidate).map(({ value }) => value);
      if (mine.length > 0) readings[answer.name] = { kind: "value", candidate: answer.worst === "lowest" ? Math.min(...mine) : Math.max(...mine) };
      continue;
    }
    const all = step(`${answer.name}:all`, seen, answer.all, first);
    const bad = step(`${answer.name}:bad`, all.seen, answer.bad, first);
    seen = bad.seen;
    const tally = (revision: string): Tally => {
      const whole = sumOf(all.increments, revision);
      return { all: whole, bad: Math.min(whole, sumOf(bad.increments, revision)) };
    };
    readings[answer.name] = { kind: "ratio", candidate: tally(candidate), stable: tally(stable) };
  }
  return { seen, readings };
}

function sumOf(samples: readonly Sample[], revision: string): number {
  return samples.reduce((sum, { labels, value }) => (labels["revision"] === revision ? sum + value : sum), 0);
}

function none({ at }: Answers, { weight }: LookContext, reason: NoAnswerReason, detail: string): NoAnswer {
  return { kind: "no-answer", at, weight, reason, detail };
}

function labelsText({ labels }: Sample): string {
  return labels[REVISION] ?? "a revision";
}
