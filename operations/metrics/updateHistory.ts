import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Finished } from "../../toolchain/command.ts";
import { Problem } from "../../toolchain/problem.ts";
import { record } from "../unknown.ts";
import type { RecordCache } from "./recordCache.ts";
import type { Update } from "./releaseRuns.ts";
import { outputsOf, releasesIn } from "./stackState.ts";

/** Runs pulumi and collects what it says. */
export type Capture = (args: string[]) => Promise<Finished>;

const PAGE = 100;
const ENDED = new Set(["succeeded", "failed"]);

/** The history as `pulumi stack history` tells it; `recordAt` adds what was recorded at a version. */
export async function toldUpdates(capture: Capture, stack: string, recordAt: (version: number) => Promise<Update["releases"]>): Promise<Update[]> {
  const updates: Update[] = [];
  for (let page = 1; ; page++) {
    const told = await capture(["stack", "history", "--json", "--stack", stack, "--page-size", String(PAGE), "--page", String(page)]);
    if (told.code !== 0) throw new Problem(`stack ${stack}: its history cannot be read, got "${told.stderr.trim()}"; run pulumi stack history --stack ${stack}`);
    const entries: unknown = JSON.parse(told.stdout);
    const list = Array.isArray(entries) ? entries.map(record) : [];
    for (const entry of list.filter(({ result }) => ENDED.has(String(result)))) {
      updates.push({ ...updateOf(entry), releases: entry["kind"] === "preview" ? undefined : await recordAt(Number(entry["version"])) });
    }
    if (list.length < PAGE) return updates.sort((left, right) => left.endedAt - right.endedAt);
  }
}

/** What was recorded at a version, where the backend can export it. Its answers never change, so they are kept. */
export function exportedRecord(capture: Capture, stack: string, cache: RecordCache): (version: number) => Promise<Update["releases"]> {
  return async (version) => cache.get(String(version), async () => {
    const exported = await capture(["stack", "export", "--stack", stack, "--version", String(version)]);
    return exported.code === 0 ? recorded(exported.stdout) : undefined;
  });
}

/** The history of a stack in the folder of a file backend, each update with the checkpoint beside it. */
export async function filedUpdates(state: string, project: string, stack: string, cache: RecordCache): Promise<Update[]> {
  const folder = join(state, ".pulumi", "history", project, stack);
  const updates: Update[] = [];
  const files = existsSync(folder) ? readdirSync(folder) : [];
  for (const file of files.filter((name) => /\.history\.json(\.gz)?$/.test(name)).sort()) {
    const entry = record(JSON.parse(textOf(join(folder, file))));
    if (!ENDED.has(String(entry["result"]))) continue;
    const checkpoint = file.replace(".history.", ".checkpoint.");
    const releases = entry["kind"] === "preview" || !files.includes(checkpoint) ? undefined : await cache.get(checkpoint, async () => recorded(textOf(join(folder, checkpoint))));
    updates.push({ ...updateOf(entry), releases });
  }
  return updates.sort((left, right) => left.endedAt - right.endedAt);
}

function updateOf(entry: Readonly<Record<string, unknown>>): Omit<Update, "releases"> {
  const { kind, result, endTime } = entry;
  const commit = record(entry["environment"])["git.head"];
  return {
    kind: String(kind),
    result: String(result),
    endedAt: typeof endTime === "number" ? endTime : Date.parse(String(endTime)) / 1000,
    ...(typeof commit === "string" && commit !== "" ? { commit } : {}),
  };
}

/** A record that cannot be read is not known; that it is damaged is what the next update says. */
function recorded(text: string): Update["releases"] {
  try {
    return releasesIn(outputsOf(JSON.parse(text)));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
