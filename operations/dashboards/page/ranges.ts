/** A stretch of time, milliseconds since 1970. */
export interface TimeRange {
  from: number;
  to: number;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, M: 2_592_000_000, y: 31_536_000_000 };

/** Lengths that an interval is rounded to: below `until` milliseconds it becomes `to`. */
const ROUND: readonly { until: number; to: number }[] = [
  [10, 1], [15, 10], [35, 20], [75, 50], [150, 100], [350, 200], [750, 500], [1500, 1000], [3500, 2000], [7500, 5000], [12_500, 10_000], [17_500, 15_000], [25_000, 20_000],
  [45_000, 30_000], [90_000, 60_000], [210_000, 120_000], [450_000, 300_000], [750_000, 600_000], [1_050_000, 900_000], [1_500_000, 1_200_000], [2_700_000, 1_800_000],
  [5_400_000, 3_600_000], [9_000_000, 7_200_000], [16_200_000, 10_800_000], [32_400_000, 21_600_000], [86_400_000, 43_200_000], [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000], [3_628_800_000, 2_592_000_000], [Infinity, 31_536_000_000],
].map(([until = 0, to = 0]) => ({ until, to }));

/** Milliseconds of a length such as `5m` or `1h30m`; undefined where it is none. */
export function milliseconds(text: string): number | undefined {
  if (!/^(\d+(?:\.\d+)?(ms|[smhdwMy]))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwMy])/g)].reduce((sum, [, count = "", unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}

/** A length as Prometheus reads it, in the largest unit that fits it wholly. */
export function promDuration(length: number): string {
  const whole = Math.max(1, Math.round(length));
  const unit = (["d", "h", "m", "s", "ms"] as const).find((each) => whole % (UNITS[each] ?? 1) === 0) ?? "ms";
  return `${whole / (UNITS[unit] ?? 1)}${unit}`;
}

/** A moment as Grafana writes it: `now`, `now-3h`, `now/d`, or milliseconds since 1970. @throws RangeError when it is none of them */
export function moment(text: string, now: number, end: "from" | "to" = "from"): number {
  if (/^\d{10,}$/.test(text)) return Number(text);
  const [whole, steps = ""] = /^now((?:[-+]\d+(?:[smhdwMy])|\/[hdwMy])*)$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`time: is no moment, got "${text}"; write now, now-3h or now/d`);
  return [...steps.matchAll(/([-+/])(\d*)([smhdwMy])/g)].reduce((at, [, sign = "", count = "", unit = ""]) => {
    if (sign === "/") return rounded(at, unit, end);
    return at + (sign === "-" ? -1 : 1) * Number(count) * (UNITS[unit] ?? 0);
  }, now);
}

export function timeRange({ from, to }: { from: string; to: string }, now: number): TimeRange {
  const range = { from: moment(from, now), to: moment(to, now, "to") };
  if (range.from >= range.to) throw new RangeError(`time: ${from} is not before ${to}; choose an earlier start`);
  return range;
}

/** Grafana's `$__interval`: the range in as many points as the panel has pixels, rounded to a pleasant length, at least `least`. All in milliseconds. */
export function interval({ from, to }: TimeRange, points: number, least: number): number {
  const exact = (to - from) / Math.max(1, points);
  if (exact <= least) return least;
  return Math.max(least, ROUND.find(({ until }) => exact < until)?.to ?? exact);
}

/** Grafana's `$__rate_interval`: long enough for two scrapes whatever the zoom. */
export function rateInterval(step: number, scrape: number): number {
  return Math.max(step + scrape, 4 * scrape);
}

/** Both ends on multiples of the step, so that a moving window does not make the graph tremble. */
export function aligned({ from, to }: TimeRange, step: number): TimeRange {
  return { from: Math.floor(from / step) * step, to: Math.floor(to / step) * step };
}

/** The start, or the last millisecond, of the hour, day, week (from Monday), month or year. */
function rounded(at: number, unit: string, end: "from" | "to"): number {
  const shift = end === "to" ? 1 : 0;
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const start: Readonly<Record<string, Date>> = {
    h: new Date(year, month, day, date.getHours() + shift),
    d: new Date(year, month, day + shift),
    w: new Date(year, month, day - ((date.getDay() + 6) % 7) + 7 * shift),
    M: new Date(year, month + shift),
    y: new Date(year + shift, 0),
  };
  return (start[unit] ?? date).getTime() - shift;
}
