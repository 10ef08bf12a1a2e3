import { formatValue } from "./units.ts";

/** Labels of an axis' ticks, with as few decimals as still tell each tick's exact value. */
export function tickLabels(ticks: readonly number[], unit: string | undefined, decimals?: number): string[] {
  const labels = (places: number): string[] => ticks.map((tick) => formatValue(tick, unit, places));
  const exact = labels(6).map(Number.parseFloat);
  const places = decimals ?? [0, 1, 2, 3, 4].find((each) => labels(each).every((label, index) => Math.abs(Number.parseFloat(label) - (exact[index] ?? 0)) < 1e-6)) ?? 5;
  return labels(places);
}

/** Ends of the value axis: what the panel sets, else the numbers and soft ends with a little air; never of no height. */
export function valueRange(low: number | null, high: number | null, { min, max, softMax }: { min?: number | undefined; max?: number | undefined; softMax?: number | undefined }): [number, number] {
  const bottom = min ?? (low === null ? 0 : low >= 0 ? 0 : low * 1.05);
  const highest = Math.max(high ?? bottom, softMax ?? -Infinity);
  const top = max ?? (highest <= bottom ? bottom + 1 : highest + (highest - bottom) * 0.05);
  return [bottom, top > bottom ? top : bottom + 1];
}
