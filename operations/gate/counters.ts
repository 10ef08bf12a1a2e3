import { COUNTER_LABELS } from "../../components/observability/totals.ts";
import type { Sample } from "./answer.ts";
import type { Counts } from "./types.ts";

const [REVISION] = COUNTER_LABELS;

/** The counters of the mesh at one time. */
export interface Snapshot {
  requests: readonly Sample[];
  failures: readonly Sample[];
  timed: readonly Sample[];
  within: readonly Sample[];
}

/** The last value of every counter that was ever seen, by its kind and labels. Plain data; empty before the first look. */
export type Seen = Readonly<Record<string, number>>;

/** Increments of one kind of counter, and what is known now. */
export interface Step {
  seen: Seen;
  increments: readonly Sample[];
}

/**
 * What the counters of one kind gained since they were last seen. One that fell was restarted and counts from 0; one that was never seen is new
 * and does too; one that is missing waits. At the first look nothing is known of the time before, so nothing is gained.
 */
export function step(kind: string, seen: Seen, samples: readonly Sample[], first: boolean): Step {
  const increments = samples.map((sample) => {
    const before = seen[keyOf(kind, sample)];
    const gained = before === undefined || sample.value < before ? sample.value : sample.value - before;
    return { ...sample, value: first ? 0 : gained };
  });
  return { seen: { ...seen, ...Object.fromEntries(samples.map((sample) => [keyOf(kind, sample), sample.value])) }, increments };
}

/** What all counters of the mesh gained. */
export function stepMesh(seen: Seen, snapshot: Snapshot, first: boolean): { seen: Seen; increments: Snapshot } {
  const requests = step("requests", seen, snapshot.requests, first);
  const failures = step("failures", requests.seen, snapshot.failures, first);
  const timed = step("timed", failures.seen, snapshot.timed, first);
  const within = step("within", timed.seen, snapshot.within, first);
  return { seen: within.seen, increments: { requests: requests.increments, failures: failures.increments, timed: timed.increments, within: within.increments } };
}

/**
 * What one revision met. A bound that its histogram does not have is guessed by none: then nothing of it is timed. Queries that were answered one
 * after the other may differ by a scrape, so no part may be more than its whole.
 */
export function countsOf(increments: Snapshot, revision: string, bounds: readonly number[]): Counts {
  const sum = (samples: readonly Sample[]): number => samples.reduce((all, { labels, value }) => (labels[REVISION] === revision ? all + value : all), 0);
  const requests = sum(increments.requests);
  const buckets = bounds.map((bound) => increments.within.filter(({ labels }) => Number(labels["le"]) === bound && labels[REVISION] === revision));
  const timed = buckets.some((found) => found.length === 0) ? 0 : sum(increments.timed);
  let most = 0;
  const within = timed === 0 ? [] : buckets.map((found) => (most = Math.min(timed, Math.max(most, sum(found)))));
  return { requests, failures: Math.min(requests, sum(increments.failures)), timed, within };
}

/** Whether the mesh says anything of the revision. */
export function isKnown({ requests }: Snapshot, revision: string): boolean {
  return requests.some(({ labels }) => labels[REVISION] === revision);
}

function keyOf(kind: string, { labels }: Sample): string {
  return JSON.stringify([kind, ...Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1))]);
}
