export type Labels = Readonly<Record<string, string>>;

/** Numbers over time: `null` where there is none. */
export interface Series {
  refId: string;
  name: string;
  labels: Labels;
  /** Milliseconds since 1970, ascending. */
  times: readonly number[];
  values: readonly (number | null)[];
}

/** What Prometheus answers to a query. */
export type Answer =
  | { resultType: "matrix"; result: { metric: Labels; values: [number, string][] }[] }
  | { resultType: "vector"; result: { metric: Labels; value: [number, string] }[] }
  | { resultType: "scalar"; result: [number, string] };

/** How a series is called: by the legend with its labels put in, or as Prometheus writes it. */
export function legend(format: string | undefined, labels: Labels): string {
  if (format !== undefined && format !== "" && format !== "__auto") return format.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
  const { __name__: metric = "", ...rest } = labels;
  const entries = Object.entries(rest);
  if (format === "__auto" && entries.length === 1) return entries[0]?.[1] ?? "";
  const matchers = entries.map(([label, value]) => `${label}="${value}"`).join(", ");
  return `${metric}{${matchers}}`;
}

/** The series of an answer. `step`, in milliseconds: where a sample of that grid is missing the line is broken. */
export function seriesOf(answer: Answer, refId: string, format: string | undefined, step?: number): Series[] {
  switch (answer.resultType) {
    case "scalar":
      return [series(refId, format, {}, [answer.result])];
    case "vector":
      return answer.result.map(({ metric, value }) => series(refId, format, metric, [value]));
    case "matrix":
      return answer.result.map(({ metric, values }) => series(refId, format, metric, values, step));
    default:
      throw unknownAnswer(answer);
  }
}

function series(refId: string, format: string | undefined, labels: Labels, samples: readonly [number, string][], step?: number): Series {
  const times: number[] = [];
  const values: (number | null)[] = [];
  for (const [seconds, text] of samples) {
    const time = Math.round(seconds * 1000);
    const last = times.at(-1);
    if (step !== undefined && last !== undefined && time - last > step * 1.5) {
      times.push(last + step);
      values.push(null);
    }
    times.push(time);
    values.push(numberOf(text));
  }
  return { refId, name: legend(format, labels), labels, times, values };
}

/** A sample as a number; NaN is no value, as in Grafana. */
function numberOf(text: string): number | null {
  if (text === "+Inf") return Infinity;
  if (text === "-Inf") return -Infinity;
  const value = Number(text);
  return Number.isNaN(value) ? null : value;
}

function unknownAnswer(answer: never): Error {
  return new Error(`answer: is of a kind that the page does not know, got ${JSON.stringify(answer).slice(0, 80)}; ask for numbers`);
}

/** All series on one list of times, for a chart. */
export function joined(all: readonly Series[]): { times: number[]; columns: (number | null)[][] } {
  const times = [...new Set(all.flatMap((each) => each.times))].sort((left, right) => left - right);
  const place = new Map(times.map((time, index) => [time, index]));
  const columns = all.map((each) => {
    const column: (number | null)[] = times.map(() => null);
    each.times.forEach((time, index) => (column[place.get(time) ?? 0] = each.values[index] ?? null));
    return column;
  });
  return { times, columns };
}

/** Each column on top of those before it; what is missing adds nothing. */
export function stacked(columns: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const sums: number[] = [];
  return columns.map((column) => column.map((value, index) => {
    if (value === null) return null;
    return (sums[index] = (sums[index] ?? 0) + value);
  }));
}

/** Places of samples without a neighbour, which no line would show. */
export function lonely(values: readonly (number | null | undefined)[]): number[] {
  const there = (index: number): boolean => values[index] !== null && values[index] !== undefined;
  return values.flatMap((_, index) => (there(index) && !there(index - 1) && !there(index + 1) ? [index] : []));
}
