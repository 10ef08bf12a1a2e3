import type { Outcome } from "./run.ts";

/** What many runs of one policy come to. */
export interface Summary {
  policy: string;
  runs: number;
  /** Per cent of the runs; of a healthy candidate these are false. */
  rolledBack: number;
  /** Per cent of the runs that were rolled back at the first weight. */
  atFirstStage: number;
  /** Per cent of the runs, by the weight at which they were rolled back. */
  stages: Record<string, number>;
  /** Per cent of the runs that reached the end of the rollout. */
  completed: number;
  /** Seconds from the start to the rollback; null where none was rolled back. */
  detection: { median: number; p95: number; p99: number } | null;
  /** Requests that the candidate failed, a run on average, and those that the stable revision would not have failed. */
  failed: number;
  excess: number;
  /** Seconds of a completed rollout, median; null where none was completed. */
  duration: number | null;
}

/** The figures of one policy's runs. */
export function summarize(policy: string, firstWeight: number, outcomes: readonly Outcome[]): Summary {
  const back = outcomes.filter(({ end }) => end === "rolled-back");
  const done = outcomes.filter(({ end }) => end === "done");
  const share = (some: readonly Outcome[]): number => tenths((100 * some.length) / outcomes.length);
  const weights = [...new Set(back.map(({ weight }) => weight))].sort((left, right) => left - right);
  const times = back.map(({ seconds }) => seconds).sort((left, right) => left - right);
  return {
    policy,
    runs: outcomes.length,
    rolledBack: share(back),
    atFirstStage: share(back.filter(({ weight }) => weight === firstWeight)),
    stages: Object.fromEntries(weights.map((weight) => [String(weight), share(back.filter((each) => each.weight === weight))])),
    completed: share(done),
    detection: times.length === 0 ? null : { median: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99) },
    failed: tenths(mean(outcomes.map(({ failed }) => failed))),
    excess: tenths(mean(outcomes.map(({ excess }) => excess))),
    duration: done.length === 0 ? null : quantile(done.map(({ seconds }) => seconds).sort((left, right) => left - right), 0.5),
  };
}

/** Per cent of the runs that were rolled back by each of so many moments, evenly spread over the seconds. */
export function detectedOver(outcomes: readonly Outcome[], seconds: number, moments: number): number[] {
  return Array.from({ length: moments }, (_, index) => {
    const until = (seconds * index) / (moments - 1);
    return (100 * outcomes.filter((each) => each.end === "rolled-back" && each.seconds <= until).length) / outcomes.length;
  });
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
