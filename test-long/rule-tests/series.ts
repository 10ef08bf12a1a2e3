/** A counter that grows by other amounts as time goes by, and what Prometheus has to make of it. */
export interface Counter {
  labels: Record<string, string>;
  /** Increase of each step. */
  increments: number[];
}

export const STEP_SECONDS = 30;

/** Steps before the longest window, within the window, and at its end: no two windows see the same rate. */
export function phases(steps: number, [early, middle, late]: readonly [number, number, number], window: number): number[] {
  const within = window / STEP_SECONDS;
  return Array.from({ length: steps }, (_, step) => {
    if (step >= steps - 4) return late;
    return step >= steps - within - 2 ? middle : early;
  });
}

/** promtool's notation of the counter; at `restart` it begins again, as a new process does. */
export function counterValues({ increments }: Counter, restart?: number): string {
  let value = 1000;
  const values = [value, ...increments.map((increment, step) => (value = step === restart ? increment : value + increment))];
  return values.join(" ");
}

/** The same without the samples of the last `missing` steps. */
export function withGap(values: string, missing: number): string {
  const all = values.split(" ");
  return [...all.slice(0, -missing), ...Array.from({ length: missing }, () => "_")].join(" ");
}

/**
 * What `increase` says half a step after the last sample: the steps between the samples of the window, stretched to its whole length.
 * There no sample lies on the window's edge, where the versions of Prometheus differ.
 */
export function increase({ increments }: Counter, window: number): number {
  const steps = window / STEP_SECONDS - 1;
  const seen = increments.slice(-steps).reduce((sum, each) => sum + each, 0);
  return (seen * window) / (steps * STEP_SECONDS);
}

export function seriesOf(metric: string, labels: Record<string, string>): string {
  return `${metric}{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(",")}}`;
}

/** A value that does not change, over as many steps. */
export function constant(value: number | "NaN" | "_", steps: number): string {
  return value === "NaN" || value === "_" ? Array.from({ length: steps + 1 }, () => value).join(" ") : `${value}x${steps}`;
}
