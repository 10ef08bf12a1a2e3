import * as z from "zod";
import { Problem } from "../../toolchain/problem.ts";
import type { Counts, Look } from "../gate/types.ts";

const count = z.number().min(0);
const row = z.strictObject({
  at: z.number(),
  weight: z.number().min(0).max(100),
  candidate: z.strictObject({ requests: count, failures: count, within: z.record(z.string(), count).default({}) }),
  stable: z.strictObject({ requests: count, failures: count, within: z.record(z.string(), count).default({}) }),
});
type Row = z.infer<typeof row>;

/**
 * Counters over time, as JSON (a list of rows) or CSV with the same names (`at,weight,candidate.requests,candidate.failures,candidate.within.250,…`).
 * They are totals; one that falls was restarted.
 * @throws Problem with all that is wrong
 */
export function readRecording(file: string, text: string, bounds: readonly number[]): Look[] {
  const parsed = z.array(row).safeParse(text.trimStart().startsWith("[") ? jsonOf(file, text) : csvOf(file, text));
  if (!parsed.success) throw new Problem(parsed.error.issues.slice(0, 20).map(({ message, path }) => `${file} row ${Number(path[0]) + 1} ${path.slice(1).join(".")}: ${message}; correct it`).join("\n"));
  const rows = parsed.data.toSorted((left, right) => left.at - right.at);
  if (rows.length < 2) throw new Problem(`${file}: has ${rows.length} rows of counters; two at least make a look`);
  return rows.slice(1).map((now, index) => lookOf(rows[index] ?? now, now, bounds));
}

function lookOf(before: Row, now: Row, bounds: readonly number[]): Look {
  return { kind: "look", at: now.at, weight: now.weight, candidate: gained(before.candidate, now.candidate, bounds), stable: gained(before.stable, now.stable, bounds), custom: {} };
}

function gained(before: Row["stable"], now: Row["stable"], bounds: readonly number[]): Counts {
  const more = (from: number, to: number): number => (to < from ? to : to - from);
  const requests = more(before.requests, now.requests);
  const failures = Math.min(requests, more(before.failures, now.failures));
  if (!bounds.every((bound) => now.within[String(bound)] !== undefined)) return { requests, failures, timed: 0, within: [] };
  let most = 0;
  const within = bounds.map((bound) => (most = Math.min(requests, Math.max(most, more(before.within[String(bound)] ?? 0, now.within[String(bound)] ?? 0)))));
  return { requests, failures, timed: requests, within };
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(`${file}: is neither JSON nor CSV (${String(error)}); write a list of rows`);
  }
}

const COLUMN = /^(at|weight|(candidate|stable)\.(requests|failures|within\.\d+(\.\d+)?))$/;

function csvOf(file: string, text: string): unknown {
  const [header = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const names = header.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !COLUMN.test(name));
  if (unknown.length > 0) throw new Problem(`${file}: has columns that are none, got ${unknown.slice(0, 5).map((name) => `"${name}"`).join(", ")}; write at, weight and such as candidate.requests, stable.within.250`);
  return lines.map((line) => {
    const cells = new Map(line.split(",").map((cell, index) => [names[index] ?? "", cell.trim() === "" ? Number.NaN : Number(cell)]));
    return { at: cells.get("at"), weight: cells.get("weight"), candidate: revisionOf(cells, "candidate"), stable: revisionOf(cells, "stable") };
  });
}

function revisionOf(cells: ReadonlyMap<string, number>, of: "candidate" | "stable"): object {
  const within = [...cells].flatMap(([name, value]): [string, number][] => (name.startsWith(`${of}.within.`) ? [[name.slice(`${of}.within.`.length), value]] : []));
  return { requests: cells.get(`${of}.requests`), failures: cells.get(`${of}.failures`), within: Object.fromEntries(within) };
}
