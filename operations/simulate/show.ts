import * as asciichart from "asciichart";
import { duration } from "../../toolchain/progress.ts";
import type { Outcome } from "./run.ts";
import { detectedOver } from "./summary.ts";
import type { Summary } from "./summary.ts";

const COLUMNS = 60;
const COLOURS = [asciichart.green, asciichart.yellow, asciichart.cyan];

/** One line a policy. */
export function summaryLines(summaries: readonly Summary[]): string[] {
  const rows = [
    ["policy", "rolled back", "at the first stage", "median", "p95", "failed requests", "completed", "takes"],
    ...summaries.map((each) => [
      each.policy,
      `${each.rolledBack} %`,
      `${each.atFirstStage} %`,
      each.detection === null ? "-" : duration(each.detection.median * 1000),
      each.detection === null ? "-" : duration(each.detection.p95 * 1000),
      String(each.failed),
      `${each.completed} %`,
      each.duration === null ? "-" : duration(each.duration * 1000),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}

/** A chart a policy: how many of the runs were rolled back, over time. Nothing where none was. */
export function plots(runs: readonly { policy: string; outcomes: readonly Outcome[] }[], colours: boolean): string[] {
  const times = runs.flatMap(({ outcomes }) => outcomes.filter(({ end }) => end === "rolled-back").map(({ seconds }) => seconds));
  if (times.length === 0) return [];
  const until = times.reduce((most, seconds) => Math.max(most, seconds), 0);
  return runs.flatMap(({ outcomes, policy }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const chart = asciichart.plot(detectedOver(outcomes, until, COLUMNS), {
      height: 5, min: 0, max: 100, format: (value) => `${Math.round(value)} %`.padStart(7), ...(colours && colour !== undefined && { colors: [colour] }),
    });
    return ["", `${policy}: rolled back within ${duration(until * 1000)}`, chart];
  });
}
