import { performance } from "node:perf_hooks";

/** Where progress goes: one line at a time, without its newline. */
export type Progress = (line: string) => void;

/** Writes each line to the error stream, so that a command's own output stays clean for scripts. */
export const say: Progress = (line) => void process.stderr.write(`${line}\n`);

/** How often a long step reports: every second rewriting one line on a terminal, else a quiet line every 10 s. */
function interval(): number {
  return process.stderr.isTTY ? 1000 : 10_000;
}

/** "75 s" or "2 min 15 s". */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Reports `describe()` and the time since the start until `work` ends. On a terminal the line is rewritten in place when
 * `progress` is the default one.
 */
export async function ticking<T>(progress: Progress, describe: () => string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const inPlace = progress === say && process.stderr.isTTY;
  const line = () => `${describe()}, ${duration(performance.now() - began)}`;
  const timer = setInterval(() => (inPlace ? process.stderr.write(`\r\x1b[2K${line()}`) : progress(line())), interval());
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (inPlace) process.stderr.write("\r\x1b[2K");
  }
}
