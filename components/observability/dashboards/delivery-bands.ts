import type { Threshold } from "./panel-kinds.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 30 * DAY;

/**
 * The levels of DORA's report of 2023 (dora.dev/research/2023/dora-report, "Software delivery performance"): green is elite, blue high, yellow
 * medium, red low. They are of whole organisations; for one service they are a scale, not a grade.
 */
export const BANDS = {
  /** Releases in 30 days: one a day, a week, a month. */
  deployments: { base: "red", thresholds: [{ from: 1, colour: "yellow" }, { from: 4, colour: "blue" }, { from: 30, colour: "green" }] },
  /** Seconds: below a day, a week, a month. */
  leadTime: { base: "green", thresholds: rising(DAY, WEEK, MONTH) },
  /** 0 – 1: 5, 10, 15 %. */
  changeFailureRatio: { base: "green", thresholds: rising(0.05, 0.1, 0.15) },
  /** Seconds: below an hour, a day, a week. */
  restoreTime: { base: "green", thresholds: rising(HOUR, DAY, WEEK) },
} as const;

function rising(high: number, medium: number, low: number): readonly Threshold[] {
  return [{ from: high, colour: "blue" }, { from: medium, colour: "yellow" }, { from: low, colour: "red" }];
}
