// Figures of a day against the days before it: median and median absolute deviation, which a single bad day does not move.

/**
 * What is watched in a record. `bad` says which direction is worth an issue; `weekly` figures are compared with the same kind
 * of day, because downloads halve at every weekend; `atLeast` is the smallest step in the figure's own unit that matters.
 */
export const METRICS = [
  { key: "npmDownloads", title: "npm downloads a day", bad: "both", weekly: true, atLeast: 20 },
  { key: "githubDownloads", title: "GitHub downloads a day", bad: "both", weekly: true, atLeast: 20 },
  { key: "ciSuccessPercent", title: "CI success in per cent, 7 days", bad: "low", weekly: false, atLeast: 5 },
  { key: "ciMinutes", title: "CI duration in minutes, median of 7 days", bad: "high", weekly: false, atLeast: 2 },
];

// A deviation of 0 (every day the same) would make any change infinite: a tenth of the median is the least.
const LEAST_SHARE = 0.1;
// What makes the median absolute deviation of normal figures their standard deviation.
const NORMAL = 1.4826;
const WINDOW_DAYS = 90;

/**
 * One finding a metric that today has. Verdict: "anomaly", "normal", or "unknown" with fewer comparable days than asked.
 * @param {readonly Record<string, unknown>[]} history records with `date`
 * @param {Record<string, unknown>} today
 * @param {{ minimumDays: number, threshold: number }} options threshold in standard deviations
 * @returns {{ key: string, title: string, value: number, verdict: "anomaly" | "normal" | "unknown", days: number, usual?: number, score?: number }[]}
 */
export function findings(history, today, { minimumDays, threshold }) {
  return METRICS.filter(({ key }) => isNumber(today[key])).map((metric) => {
    const { key, title } = metric;
    const value = today[key];
    const samples = comparable(history, today, metric);
    const days = samples.length;
    if (days < minimumDays) return { key, title, value, verdict: "unknown", days };
    const { usual, score } = scoreOf(samples, value);
    const isAnomaly = Math.abs(score) > threshold && Math.abs(value - usual) >= metric.atLeast && (metric.bad === "both" || metric.bad === (score < 0 ? "low" : "high"));
    return { key, title, value, verdict: isAnomaly ? "anomaly" : "normal", days, usual, score };
  });
}

/** How many deviations a value is away from the median of the samples. */
function scoreOf(samples, value) {
  const usual = median(samples);
  const deviation = NORMAL * median(samples.map((sample) => Math.abs(sample - usual)));
  const scale = Math.max(deviation, Math.abs(usual) * LEAST_SHARE, Number.MIN_VALUE);
  return { usual, score: (value - usual) / scale };
}

function comparable(history, today, { key, weekly }) {
  return history
    .filter(({ date }) => date < today.date && daysBetween(date, today.date) <= WINDOW_DAYS)
    .filter(({ date }) => !weekly || isWeekend(date) === isWeekend(today.date))
    .map((record) => record[key])
    .filter(isNumber);
}

function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Whole days from one date to a later one. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function isWeekend(date) {
  return [0, 6].includes(new Date(date).getUTCDay());
}

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}
