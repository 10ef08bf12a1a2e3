import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { command } from "./command.ts";
import { advice, commandsFor, judges, sources } from "./judgeSources.ts";
import type { Judge } from "./judgeSources.ts";
import { withLock } from "./lock.mjs";
import { Problem } from "./problem.ts";
import { say, ticking } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { cacheFolder } from "./search.ts";
import { judgeVersions } from "./versions.ts";

/** A build of act over a slow line fits; a registry that hangs does not hold anybody up for longer. */
const limit = 15 * 60_000;

export function judgesFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(dirname(cacheFolder(environment)), "judges");
}

function home(judge: Judge, folder: string): string {
  return join(folder, `${judge}-${judgeVersions[judge]}`);
}

/** What is used of a judge in the cache, or undefined when it is not there. */
export function judgeInCache(judge: Judge, folder: string = judgesFolder()): string | undefined {
  const program = fileIn(judge, home(judge, folder));
  return existsSync(program) ? program : undefined;
}

function fileIn(judge: Judge, base: string): string {
  return join(base, sources[judge].file);
}

async function install(judge: Judge, folder: string, progress: Progress): Promise<string> {
  const kept = judgeInCache(judge, folder);
  if (kept !== undefined) return kept;
  const source = sources[judge];
  const version = judgeVersions[judge];
  mkdirSync(folder, { recursive: true });
  const partial = mkdtempSync(join(folder, "partial-"));
  try {
    if (source.overrides) writeFileSync(join(partial, "package.json"), JSON.stringify({ private: true, overrides: source.overrides }));
    const environment = { ...process.env, GOBIN: join(partial, "bin"), GOFLAGS: "" };
    for (const [program, ...args] of commandsFor(source, version, partial)) {
      const done = await ticking(progress, () => `getting ${judge} ${version}`, () => command(program, args, { environment, limit }));
      if (done.code !== 0) throw new Problem(`${judge}: version ${version} cannot be got, got "${said(done.stderr, done.code)}"; ${advice[source.tool]}, then run this again`);
    }
    if (!existsSync(fileIn(judge, partial))) throw new Problem(`${judge}: ${source.package} ${version} has no ${source.file}, got ${readdirSync(partial).join(", ")}; pin another version`);
    rmSync(home(judge, folder), { recursive: true, force: true });
    renameSync(partial, home(judge, folder));
    return fileIn(judge, home(judge, folder));
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function said(stderr: string, code: number): string {
  const lines = stderr.trim().split("\n").filter((line) => line !== "" && !line.startsWith("go: downloading "));
  return lines.slice(-2).join("; ") || `exit code ${code}`;
}

/** What a run that was killed left behind; only under the lock, where nobody else is at work. */
function clearPartial(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.startsWith("partial-")) rmSync(join(folder, name), { recursive: true, force: true });
}

/**
 * Finds the judges in the cache or gets them, one after the other. Two runs at once share one download.
 * Answers each one's program, in the order asked. @throws Problem when one cannot be got.
 */
export async function ensureJudges<const Wanted extends readonly Judge[]>(wanted: Wanted, options: { progress?: Progress; folder?: string } = {}): Promise<{ [At in keyof Wanted]: string }> {
  const { progress = say, folder = judgesFolder() } = options;
  const missing = wanted.filter((judge) => judgeInCache(judge, folder) === undefined);
  const waiting = (pid: number) => progress(`process ${pid} is getting programs: waiting for it`);
  const get = async () => {
    clearPartial(folder);
    for (const judge of missing) progress(`${judge} ${judgeVersions[judge]}: ${await install(judge, folder, progress)}`);
  };
  if (missing.length > 0) await withLock(join(folder, "lock"), get, { waiting });
  return mapped(wanted, (judge) => judgeInCache(judge, folder) ?? home(judge, folder));
}

function mapped<const Of extends readonly unknown[], To>(all: Of, to: (each: Of[number]) => To): { [At in keyof Of]: To };
function mapped<To>(all: readonly unknown[], to: (each: unknown) => To): To[] {
  return all.map(to);
}

/** `slipway judges`: gets what is missing and says where each program is. */
export async function judgesCommand(options: { json?: boolean }): Promise<number> {
  const programs = await ensureJudges(judges);
  const found = judges.map((judge, at) => ({ judge, version: judgeVersions[judge], program: programs[at] }));
  process.stdout.write(options.json ? `${JSON.stringify(found, undefined, 2)}\n` : found.map(({ program }) => `${program}\n`).join(""));
  return 0;
}
