// Two lists of measurements of the same thing, and whether the second is worse than chance and a threshold explain.
const RESAMPLES = 4000;
// Below four a side even perfectly separate samples come about by chance too often to block a release.
const FEWEST = 4;

/**
 * Change of the median in per cent with its bootstrap interval. `better` says which direction is good: "lower" for times and
 * bytes, "higher" for throughput. Verdict: "regression" and "improvement" are beyond the threshold and beyond chance, "unclear"
 * is beyond the threshold but not beyond chance, "same" is within the threshold. The same samples give the same answer.
 * @param {readonly number[]} baseline
 * @param {readonly number[]} current
 * @param {{ thresholdPercent: number, confidence?: number, better?: "lower" | "higher" }} options
 * @returns {{ changePercent: number, low: number, high: number, verdict: "regression" | "improvement" | "unclear" | "same" }}
 */
export function compare(baseline, current, { thresholdPercent, confidence = 0.95, better = "lower" }) {
  const before = median(positive(baseline, "baseline"));
  const changePercent = percent(median(positive(current, "current")), before);
  const { low, high } = interval(baseline, current, confidence);
  return { changePercent, low, high, verdict: verdictOf(changePercent, low, high, { thresholdPercent, better, enough: Math.min(baseline.length, current.length) >= FEWEST }) };
}

/**
 * The middle of the samples, which one slow run does not move.
 * @param {readonly number[]} samples
 */
export function median(samples) {
  return medianOfSorted(Float64Array.from(samples).sort());
}

function verdictOf(change, low, high, { thresholdPercent, better, enough }) {
  if (Math.abs(change) <= thresholdPercent) return "same";
  if (!enough || (low <= 0 && high >= 0)) return "unclear";
  return change > 0 === (better === "lower") ? "regression" : "improvement";
}

function interval(baseline, current, confidence) {
  const random = generator(baseline.length * 65_537 + current.length);
  const changes = Float64Array.from({ length: RESAMPLES }, () => percent(resampled(current, random), resampled(baseline, random))).sort();
  const tail = (1 - confidence) / 2;
  return { low: changes[Math.floor(tail * (RESAMPLES - 1))], high: changes[Math.ceil((1 - tail) * (RESAMPLES - 1))] };
}

function resampled(samples, random) {
  return medianOfSorted(Float64Array.from(samples, () => samples[Math.floor(random() * samples.length)]).sort());
}

function medianOfSorted(sorted) {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function percent(current, baseline) {
  return (current / baseline - 1) * 100;
}

function positive(samples, name) {
  if (samples.length === 0) throw new RangeError(`${name}: has no sample; measure it at least once`);
  const wrong = samples.find((sample) => !(sample > 0 && Number.isFinite(sample)));
  if (wrong !== undefined) throw new RangeError(`${name}: has a sample that is not a positive number, got ${wrong}; measure again`);
  return samples;
}

// A small generator of its own, because Math.random cannot be seeded and a verdict must not change when a run is repeated.
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
