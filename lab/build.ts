import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../toolchain/lock.mjs";
import { Problem } from "../toolchain/problem.ts";
import { say } from "../toolchain/progress.ts";
import type { Progress } from "../toolchain/progress.ts";
import { bundleFolder, bundleInCache, labCache, programPath } from "./cache.ts";
import { install } from "./install.ts";
import { programs } from "./sources.ts";
import type { Program } from "./sources.ts";
import { labVersions } from "./versions.ts";
import type { Bundle } from "./versions.ts";

/** In the order in which they are got: what is quick fails first. */
const order: Bundle[] = ["prometheus", "envoy", "definitions", "etcd", "kubernetes", "istio"];

export interface BuildOptions {
  progress?: Progress;
  /** @default the user's cache */
  cache?: string;
  /** How one bundle is put into an empty folder. @default from its registry */
  get?: typeof install;
}

/** The bundles that are not there yet. */
export function missingBundles(cache: string = labCache()): Bundle[] {
  return order.filter((bundle) => !bundleInCache(bundle, cache));
}

/**
 * Gets what the lab lacks, about 10 minutes on two idle cores the first time. Two runs at once share one build; Go keeps what it
 * compiled, so that an interrupted build goes on where it stopped. @throws Problem when a part cannot be got.
 */
export async function ensureLab({ progress = say, cache = labCache(), get = install }: BuildOptions = {}): Promise<void> {
  if (missingBundles(cache).length === 0) return;
  mkdirSync(cache, { recursive: true });
  const waiting = (pid: number) => progress(`process ${pid} is building the lab: waiting for it`);
  await withLock(join(cache, "lock"), async () => {
    clearPartial(cache);
    const missing = missingBundles(cache);
    for (const [at, bundle] of missing.entries()) {
      const label = `${bundle} ${labVersions[bundle]} (${at + 1} of ${missing.length})`;
      const partial = mkdtempSync(join(cache, "partial-"));
      try {
        const failure = await get(bundle, partial, label, progress);
        if (failure !== undefined) throw new Problem(`lab: ${bundle} ${labVersions[bundle]} cannot be got, got "${failure.said}"; ${failure.advice}, then run slipway lab build again`);
        renameSync(partial, bundleFolder(bundle, cache));
      } finally {
        rmSync(partial, { recursive: true, force: true });
      }
      progress(`${label}: ready`);
    }
  }, { waiting });
}

/** What a run that was killed left behind; only under the lock, where nobody else is at work. */
function clearPartial(cache: string): void {
  for (const name of readdirSync(cache)) if (name.startsWith("partial-")) rmSync(join(cache, name), { recursive: true, force: true });
}

/** `slipway lab build`: gets what is missing and says where each program is. */
export async function buildCommand(options: { json?: boolean }): Promise<number> {
  await ensureLab();
  const names = Object.keys(programs).filter((name): name is Program => Object.hasOwn(programs, name));
  const found = names.map((program) => ({ program, version: labVersions[programs[program][0]], path: programPath(program) }));
  const lost = found.find(({ path }) => !existsSync(path));
  if (lost !== undefined) throw new Problem(`lab: ${lost.program} is not where it was built, got ${lost.path}; remove ${bundleFolder(programs[lost.program][0])} and run slipway lab build again`);
  process.stdout.write(options.json ? `${JSON.stringify(found, undefined, 2)}\n` : found.map(({ path }) => `${path}\n`).join(""));
  return 0;
}
