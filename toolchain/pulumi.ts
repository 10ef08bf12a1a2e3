import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildFromModules } from "./goModules.ts";
import { withLock } from "./lock.mjs";
import { installOfficial } from "./official.ts";
import type { Installer } from "./official.ts";
import { Problem } from "./problem.ts";
import { say } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { cacheFolder, pulumiInCache, pulumiOnPath } from "./search.ts";
import type { Pulumi } from "./versions.ts";

/** What a run that was killed left behind; only under the lock, where nobody else is at work. */
function clearPartial(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith("partial-")) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function get(folder: string, progress: Progress, installer: Installer): Promise<Pulumi> {
  const kept = pulumiInCache(folder);
  if (kept) return kept;
  clearPartial(folder);
  const download = await installOfficial(folder, progress, installer);
  const build = download === undefined ? undefined : await buildFromModules(folder, progress, download);
  const got = pulumiInCache(folder);
  if (got) return got;
  throw new Problem(
    `pulumi: no CLI of version 3.255 or newer here and none can be got, got "${download}" and "${build}"; ` +
      "install it from https://www.pulumi.com/docs/install, or install Go 1.26 from https://go.dev/dl and set GOPROXY to a module proxy that can be reached, then run this again",
  );
}

/**
 * Finds the Pulumi CLI or gets it: on PATH, in the cache, from the official installer, built from Go modules.
 * Two runs at once share one download or build; one that was interrupted goes on.
 * @throws Problem when every way is closed.
 */
export async function ensurePulumi(options: { progress?: Progress; installer?: Installer } = {}): Promise<Pulumi> {
  const progress = options.progress ?? say;
  const folder = cacheFolder();
  const found = (await pulumiOnPath()) ?? pulumiInCache(folder);
  if (found) return found;
  const waiting = (pid: number) => progress(`process ${pid} is getting the Pulumi CLI: waiting for it`);
  return withLock(join(folder, "lock"), () => get(folder, progress, options.installer ?? {}), { waiting });
}
