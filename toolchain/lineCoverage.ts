/** What one process ran of one file, as V8 tells it. */
export interface Script {
  path: string;
  functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[];
}

/** jest's coverage-final.json: one statement a line. */
export type JestCoverage = Record<string, { statementMap: Record<string, { start: { line: number } }>; s: Record<string, number> }>;

/** Which lines of a file ran, by their number. */
export type Lines = Map<number, boolean>;

/** The lines that jest saw in its own processes. */
export function jestLines(coverage: JestCoverage): Map<string, Lines> {
  const files = Object.entries(coverage).map(([path, file]): [string, Lines] => [
    path,
    new Map(Object.entries(file.statementMap).map(([key, { start }]) => [start.line, (file.s[key] ?? 0) > 0])),
  ]);
  return new Map(files);
}

/** The numbers of the lines that a process ran: V8 lists a range before the ranges in it, so the last word on a line counts. */
export function ranLines(text: string, script: Script): number[] {
  const lines: { start: number; end: number; ran: boolean }[] = [];
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start);
    lines.push({ start, end, ran: false });
    start = end + 1;
  }
  for (const { ranges } of script.functions) {
    for (const range of ranges) {
      for (const line of lines) if (line.start >= range.startOffset && line.end <= range.endOffset) line.ran = range.count > 0;
    }
  }
  return lines.flatMap((line, at) => (line.ran ? [at + 1] : []));
}

/** Adds what a process ran; lines that jest does not count stay uncounted. */
export function addLines(lines: Lines, ran: readonly number[]): void {
  for (const number of ran) if (lines.has(number)) lines.set(number, true);
}

/** Covered lines of all lines, in percent with one decimal. */
export function percentage(files: Iterable<Lines>): number {
  const all = [...files].flatMap((lines) => [...lines.values()]);
  return all.length === 0 ? 0 : Math.round((1000 * all.filter(Boolean).length) / all.length) / 10;
}
