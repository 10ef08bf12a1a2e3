import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { command } from "./command.ts";
import { ticking } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { executable, programs } from "./search.ts";
import { officialVersion } from "./versions.ts";

/** The host that the installer's script and its archives come from. */
export const officialHost = "https://get.pulumi.com/install.sh";

/** A download of 200 MB over a slow line fits; a connection that hangs does not hold a newcomer up for longer. */
const limit = 10 * 60_000;

/** Why a URL cannot be reached, or undefined when it answers. Waits at most `milliseconds`. */
export async function unreachable(url: string, milliseconds = 4000): Promise<string | undefined> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    const answer = await fetch(url, { method: "HEAD", signal });
    return answer.status < 500 ? undefined : `answers ${answer.status}`;
  } catch (error) {
    if (signal.aborted) return `no answer in ${milliseconds / 1000} s`;
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

export interface Installer {
  /** Asked first, so that a network without a way out costs seconds. @default the official host */
  host?: string;
  /** A program that puts the CLI under PULUMI_HOME. @default the npm package `pulumi` */
  program?: string;
}

/** Gets the CLI with the npm package `pulumi` into `<folder>/<version>`. Returns why it could not, or undefined when it did. */
export async function installOfficial(folder: string, progress: Progress, installer: Installer = {}): Promise<string | undefined> {
  const url = installer.host ?? officialHost;
  const reason = await unreachable(url);
  if (reason !== undefined) return `${new URL(url).host}: ${reason}`;
  mkdirSync(folder, { recursive: true });
  const partial = mkdtempSync(join(folder, "partial-"));
  try {
    const program = installer.program ?? createRequire(import.meta.url).resolve("pulumi/run.js");
    const environment = { ...process.env, PULUMI_HOME: partial, PULUMI_VERSION: officialVersion, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const describe = () => `downloading the Pulumi CLI ${officialVersion} from ${new URL(url).host}`;
    const done = await ticking(progress, describe, () => command(process.execPath, [program, "version"], { environment, limit }));
    const built = join(partial, "versions", officialVersion);
    const missing = programs.filter((program) => !executable(join(built, "bin", program)));
    if (done.code !== 0 || missing.length > 0) {
      return `the official installer: ${done.stderr.trim().split("\n").at(-1) || `exit code ${done.code}, no ${missing.join(", ")}`}`;
    }
    const target = join(folder, officialVersion);
    rmSync(target, { recursive: true, force: true });
    renameSync(built, target);
    return undefined;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
