const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;
const YEAR = 31_536_000;

export type TimeUnit = "ms" | "s" | "m" | "h" | "d";

/** Below `until` seconds a span is shown in units of `size` seconds. */
interface Step {
  until: number;
  size: number;
  name: string;
}

const STEPS: readonly Step[] = [
  { until: 1e-6, size: 1e-9, name: "ns" },
  { until: 1e-3, size: 1e-6, name: "µs" },
  { until: 1, size: 1e-3, name: "ms" },
  { until: MINUTE, size: 1, name: "s" },
  { until: HOUR, size: MINUTE, name: "min" },
  { until: DAY, size: HOUR, name: "hour" },
  { until: WEEK, size: DAY, name: "day" },
  { until: YEAR, size: WEEK, name: "week" },
  { until: Infinity, size: YEAR, name: "year" },
];

const SECONDS: Readonly<Record<TimeUnit, number>> = { ms: 1e-3, s: 1, m: MINUTE, h: HOUR, d: DAY };

const PARTS: readonly [number, string][] = [[YEAR, "year"], [YEAR / 12, "month"], [WEEK, "week"], [DAY, "day"], [HOUR, "hour"], [MINUTE, "minute"], [1, "second"], [1e-3, "millisecond"]];

/** From how many seconds on a distance has which name; `unit` of undefined is a fixed word. */
const DISTANCES: readonly { until: number; word?: string; size?: number; unit?: string }[] = [
  { until: 45, word: "a few seconds" },
  { until: 90, word: "a minute" },
  { until: 45 * MINUTE, size: MINUTE, unit: "minutes" },
  { until: 90 * MINUTE, word: "an hour" },
  { until: 22 * HOUR, size: HOUR, unit: "hours" },
  { until: 36 * HOUR, word: "a day" },
  { until: 26 * DAY, size: DAY, unit: "days" },
  { until: 45 * DAY, word: "a month" },
  { until: 320 * DAY, size: YEAR / 12, unit: "months" },
  { until: 548 * DAY, word: "a year" },
  { until: Infinity, size: YEAR, unit: "years" },
];

/** A span in the unit that suits its length. Seconds go down to nanoseconds, other units do not go below themselves; milliseconds know no weeks. */
export function timeSpan(value: number, unit: TimeUnit): { count: number; name: string } {
  const seconds = Number((value * SECONDS[unit]).toPrecision(12));
  const own = STEPS.findIndex(({ size }) => size === SECONDS[unit]);
  const steps = STEPS.slice(unit === "s" && value !== 0 ? 0 : own).filter(({ name }) => unit !== "ms" || name !== "week");
  const lengths = unit === "ms" ? steps.map((step) => (step.name === "day" ? { ...step, until: YEAR } : step)) : steps;
  const { name, size } = lengths.find(({ until }) => Math.abs(seconds) < until) ?? { name: "year", size: YEAR };
  return { count: Number((seconds / size).toPrecision(12)), name };
}

/** Seconds in words: the largest part, and as many smaller ones as there are decimals. */
export function inWords(seconds: number, decimals = 0): string {
  if (seconds === 0) return "0 seconds";
  let rest = Math.abs(seconds);
  const first = PARTS.findIndex(([size]) => rest >= size);
  const words = PARTS.slice(first, first + 1 + decimals).map(([size, name]) => {
    const count = Math.floor(rest / size + 1e-9);
    rest = Math.max(0, rest - count * size);
    return `${count} ${name}${count === 1 ? "" : "s"}`;
  });
  return `${words.join(", ")}${seconds < 0 ? " ago" : ""}`;
}

/** The reader's own time as `2026-11-21 16:50:00`. */
export function dateTime(date: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

/** How long ago, or in how long, a moment is, both in milliseconds since 1970. */
export function fromNow(moment: number, now: number): string {
  const seconds = Math.abs(now - moment) / 1000;
  const { word, size = 1, unit = "" } = DISTANCES.find(({ until }) => seconds < until) ?? {};
  const distance = word ?? `${Math.round(seconds / size)} ${unit}`;
  return moment > now ? `in ${distance}` : `${distance} ago`;
}
