/** Seconds between two values where nothing else is said. */
export const STEP_SECONDS = 30;

export type Series = Record<string, string>;

export function seriesOf(metric: string, labels: Record<string, string>): string {
  return `${metric}{${Object.entries(labels).map(([name, value]) => `${name}="${value}"`).join(",")}}`;
}

/** A value that does not change, over as many steps. */
export function constant(value: number | "NaN" | "_", steps: number): string {
  return value === "NaN" || value === "_" ? Array.from({ length: steps + 1 }, () => value).join(" ") : `${value}x${steps}`;
}

/** The values of a half hour's or a day's notation, each multiplied. What is no number stays as it is. */
export function times(values: string, by: number): string {
  return values.split(" ").map((each) => each.replace(/^-?[\d.]+(?:e-?\d+)?|(?<=\+)[\d.]+/g, (number) => `${Number(number) * by}`)).join(" ");
}
