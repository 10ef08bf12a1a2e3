import type { TimeRange } from "./ranges.ts";
import { formatValue } from "./units.ts";

const MOST_DECIMALS = 5;

/** Steps between the ticks of what is counted in powers of two; undefined leaves it to powers of ten. */
export function tickSteps(unit: string | undefined): number[] | undefined {
  return unit === "bytes" || unit === "binBps" ? Array.from({ length: 60 }, (_, power) => 2 ** power) : undefined;
}

/** Labels of an axis' ticks, with as few decimals as still tell each tick's exact value; alike where the unit is the same. */
export function tickLabels(ticks: readonly number[], unit: string | undefined, decimals?: number): string[] {
  const needed = ticks.map((tick) => ({ tick, suffix: suffixOf(formatValue(tick, unit, 0)), places: decimals ?? places(tick, unit) }));
  return needed.map(({ suffix, tick }) => formatValue(tick, unit, Math.max(...needed.filter((each) => each.suffix === suffix).map((each) => each.places))));
}

function places(tick: number, unit: string | undefined): number {
  const exact = Number.parseFloat(formatValue(tick, unit, MOST_DECIMALS + 1));
  const enough = Array.from({ length: MOST_DECIMALS }, (_, index) => index).find((each) => Math.abs(Number.parseFloat(formatValue(tick, unit, each)) - exact) < 1e-6);
  return enough ?? MOST_DECIMALS;
}

function suffixOf(label: string): string {
  return label.replace(/^-?[\d.]+/, "");
}

/** What a panel says of its value axis; a soft end gives way to numbers beyond it. */
export interface ValueEnds {
  min?: number | undefined;
  max?: number | undefined;
  softMax?: number | undefined;
  softMin?: number | undefined;
}

/** Ends of the value axis: what the panel sets, else the numbers and soft ends with a little air; never of no height. */
export function valueRange(low: number | null, high: number | null, { min, max, softMax, softMin = 0 }: ValueEnds): [number, number] {
  const bottom = min ?? (low === null || low >= softMin ? softMin : low < 0 ? low * 1.05 : low);
  const highest = Math.max(high ?? bottom, softMax ?? -Infinity);
  const top = max ?? (highest <= bottom ? bottom + 1 : highest + (highest - bottom) * 0.05);
  return [bottom, top > bottom ? top : bottom + 1];
}

const HOUR = 3_600_000;

/** Labels of the time axis as Grafana writes them, in the reader's own time: the shorter the range, the finer. `ticks` in seconds. */
export function timeLabels(ticks: readonly number[], { from, to }: TimeRange): string[] {
  const two = (part: number): string => String(part).padStart(2, "0");
  return ticks.map((tick) => {
    const date = new Date(tick * 1000);
    const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
    const day = `${two(date.getMonth() + 1)}/${two(date.getDate())}`;
    if (to - from <= 0.2 * HOUR) return `${time}:${two(date.getSeconds())}`;
    if (to - from <= 30 * HOUR) return time;
    if (to - from <= 72 * HOUR) return `${day} ${time}`;
    return to - from <= 8760 * HOUR ? day : `${date.getFullYear()}-${two(date.getMonth() + 1)}`;
  });
}
