import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Track } from "./track.ts";

/** Moments at which samples are taken, ascending, seconds since 1970. */
export type Moments = readonly number[];

export interface Written {
  name: string;
  labels: Readonly<Record<string, string>>;
  samples: readonly (readonly [time: number, value: number])[];
}

/** Prometheus' smallest block: promtool reads its whole input once for each, so that each gets an input of its own. */
const BLOCK_SECONDS = 7200;

/** Seldom long ago, often of late: so many seconds between two samples from so many seconds before now on. */
export function moments(now: number, steps: readonly { before: number; every: number }[], after: number): number[] {
  const found: number[] = [];
  steps.forEach(({ before, every }, index) => {
    const end = now - (steps[index + 1]?.before ?? -after);
    for (let time = Math.ceil((now - before) / every) * every; time < end; time += every) if (time > (found.at(-1) ?? 0)) found.push(time);
  });
  return found;
}

/** Puts invented series into a Prometheus' folder, as if it had scraped them. Counters grow from 0. Where there is little, a file may be of several blocks. */
export async function invent(folder: string, tracks: readonly Track[], times: Moments, now: number, fileSeconds = BLOCK_SECONDS): Promise<number> {
  const sums = tracks.map(() => 0);
  let last: number | undefined;
  let samples = 0;
  for (const window of windows(times, fileSeconds)) {
    const rows = tracks.map(({ at, counter = false, labels, name, since = Infinity }, index): Written => {
      let before = last;
      const found = window.flatMap((time): [number, number][] => {
        if (time < now - since) return [];
        const value = at(time);
        const passed = time - (before ?? time);
        before = time;
        if (value === undefined) return [];
        if (!counter) return [[time, value]];
        return [[time, (sums[index] = (sums[index] ?? 0) + value * passed)]];
      });
      return { name, labels, samples: found };
    });
    last = window.at(-1);
    samples += await block(folder, rows);
  }
  return samples;
}

/** Puts series that are known into the folder. */
export async function keep(folder: string, rows: readonly Written[]): Promise<number> {
  const times = [...new Set(rows.flatMap(({ samples }) => samples.map(([time]) => time)))].sort((left, right) => left - right);
  let samples = 0;
  for (const window of windows(times, BLOCK_SECONDS)) {
    const [from = 0, to = 0] = [window[0], window.at(-1)];
    samples += await block(folder, rows.map((row) => ({ ...row, samples: row.samples.filter(([time]) => time >= from && time <= to) })));
  }
  return samples;
}

function windows(times: Moments, seconds: number): number[][] {
  const found = new Map<number, number[]>();
  for (const time of times) {
    const key = Math.floor(time / seconds);
    const window = found.get(key);
    if (window === undefined) found.set(key, [time]);
    else window.push(time);
  }
  return [...found.values()];
}

async function block(folder: string, rows: readonly Written[]): Promise<number> {
  const input = join(folder, "samples.txt");
  mkdirSync(join(folder, "data"), { recursive: true });
  const file = createWriteStream(input);
  let samples = 0;
  for (const { labels, name, samples: own } of rows) {
    if (own.length === 0) continue;
    samples += own.length;
    const series = `${name}{${Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(",")}}`;
    if (!file.write(own.map(([time, value]) => `${series} ${value} ${time}\n`).join(""))) await once(file, "drain");
  }
  file.end("# EOF\n");
  await once(file, "close");
  if (samples > 0) await promtool(["tsdb", "create-blocks-from", "openmetrics", "--quiet", input, join(folder, "data")]);
  rmSync(input);
  return samples;
}

async function promtool(args: string[]): Promise<void> {
  const child = spawn("promtool", args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk));
  child.on("error", ({ message }) => (said += `${message}; apt-get install prometheus`));
  const [code] = await Promise.race([once(child, "close"), once(child, "error").then(() => [127])]);
  if (code !== 0) throw new Error(`promtool ${args.slice(0, 3).join(" ")}: failed, got ${said}`);
}
