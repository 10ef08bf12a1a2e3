/** Samples in the window of a rule. Whatever the window, a step is a tenth of it: six hours need no more samples than five minutes. */
export const SAMPLES = 10;
/** Increments until the query is asked: twice the window, and the same again. */
export const STEPS = 30;

/** A value for each step before the window, within it, and at its end: no two windows see the same. */
export function phases<T>([early, middle, late]: readonly [T, T, T]): T[] {
  return Array.from({ length: STEPS }, (_, step) => {
    if (step >= STEPS - 4) return late;
    return step >= STEPS - SAMPLES - 2 ? middle : early;
  });
}

/** promtool's notation of a counter; at `restart` it begins again, as a new process does, and its last `missing` samples are gone. */
export function counterValues(increments: readonly number[], { missing = 0, restart }: { missing?: number; restart?: number | undefined } = {}): string {
  let value = 1000;
  const values = [value, ...increments.map((increment, step) => (value = step === restart ? increment : value + increment))];
  return values.map((each, at) => (at > STEPS - missing ? "_" : each)).join(" ");
}

/**
 * What `increase` says half a step after the last sample, where none lies on the window's edge, at which the versions of Prometheus
 * differ: the growth between the samples that it sees, with half a step more on either side.
 */
export function increase(increments: readonly number[], missing = 0): number {
  const samples = SAMPLES - missing;
  const seen = increments.slice(STEPS - SAMPLES + 1, STEPS - missing).reduce((sum, each) => sum + each, 0);
  return (seen * samples) / (samples - 1);
}

/** As `histogram_quantile` interpolates between cumulated counts; above the last bound it says the last bound. */
export function quantile(share: number, bounds: readonly (readonly [number, number])[]): number {
  const rank = share * (bounds.at(-1)?.[1] ?? 0);
  const at = bounds.findIndex(([, count]) => count >= rank);
  const [high, count] = bounds[at] ?? [NaN, NaN];
  const [low, before] = bounds[at - 1] ?? [0, 0];
  return high === Infinity ? low : low + ((high - low) * (rank - before)) / (count - before);
}
