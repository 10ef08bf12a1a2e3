import type { Sample, Series } from "./answer.ts";
import { countsOf, stepMesh } from "./counters.ts";
import type { Seen, Snapshot } from "./counters.ts";
import type { Counts } from "./types.ts";

/** The answers to `historyQueries`. */
export type HistoryAnswers = Readonly<Record<keyof Snapshot, readonly Series[]>>;

/** What the stable revision met in each step of the range, for `startGate`. */
export function historyOf(answers: HistoryAnswers, stable: string, bounds: readonly number[]): Counts[] {
  const times = [...new Set(answers.requests.flatMap(({ values }) => values.map(([time]) => time)))].sort((left, right) => left - right);
  const rows = { requests: byTime(answers.requests), failures: byTime(answers.failures), timed: byTime(answers.timed), within: byTime(answers.within) };
  let seen: Seen = {};
  return times.flatMap((time, index) => {
    const at = (row: ReadonlyMap<number, readonly Sample[]>): readonly Sample[] => row.get(time) ?? [];
    const stepped = stepMesh(seen, { requests: at(rows.requests), failures: at(rows.failures), timed: at(rows.timed), within: at(rows.within) }, index === 0);
    seen = stepped.seen;
    return index === 0 ? [] : [countsOf(stepped.increments, stable, bounds)];
  });
}

/** The samples of range queries' series, by their time. */
export function byTime(series: readonly Series[]): Map<number, Sample[]> {
  const rows = new Map<number, Sample[]>();
  for (const { labels, values } of series) {
    for (const [time, value] of values) rows.set(time, [...(rows.get(time) ?? []), { labels, value }]);
  }
  return rows;
}
