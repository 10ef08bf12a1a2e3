// Measurements of two versions, metric by metric.
import { compare, median } from "./compare.mjs";

// Several metrics are compared at once, so each has to be surer than one alone.
const CONFIDENCE = 0.99;

/** A row for each metric that both versions have: `{ metric, baseline, current, changePercent, low, high, verdict }`. */
export function compareAll({ baseline, current }, thresholdPercent) {
  const metrics = Object.keys(baseline).filter((metric) => Object.hasOwn(current, metric));
  return metrics.map((metric) => ({
    metric,
    baseline: median(baseline[metric]),
    current: median(current[metric]),
    ...compare(baseline[metric], current[metric], { thresholdPercent, confidence: CONFIDENCE, better: metric.startsWith("throughput") ? "higher" : "lower" }),
  }));
}

/** The rows as people read them. */
export function cells({ metric, baseline, current, changePercent, low, high, verdict }) {
  return [metric, figure(baseline), figure(current), signed(changePercent), `${signed(low)} to ${signed(high)}`, verdict];
}

function figure(value) {
  return Number(value.toPrecision(4)).toString();
}

function signed(percent) {
  const rounded = percent.toFixed(1);
  return `${Number(rounded) > 0 ? "+" : ""}${rounded} %`;
}
