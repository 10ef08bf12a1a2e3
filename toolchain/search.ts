import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, sep } from "node:path";
import { command } from "./command.ts";
import { compatible, goVersion, officialVersion } from "./versions.ts";
import type { Pulumi } from "./versions.ts";

/** The two programs that make a usable CLI: the engine, and the host that runs TypeScript programs for it. */
export const programs = ["pulumi", "pulumi-language-nodejs"] as const;

/** Where CLIs are kept, one folder a version; outside the repository, so that every clone shares them. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment["XDG_CACHE_HOME"] || join(environment["HOME"] || homedir(), ".cache"), "slipway", "pulumi");
}

/** True for a file that can be run and is not empty. */
export function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    const found = statSync(path);
    return found.isFile() && found.size > 0;
  } catch {
    return false;
  }
}

/** The folders of a PATH. */
export function pathFolders(environment: NodeJS.ProcessEnv = process.env): string[] {
  return (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** The first folder of the PATH with that program. The npm package's wrapper is passed over: it would download on first use. */
export function folderOf(program: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return pathFolders(environment).find((folder) => {
    const path = join(folder, program);
    return executable(path) && !realpathSync(path).includes(`${sep}node_modules${sep}`);
  });
}

/** A compatible CLI on the PATH, with its language host. */
export async function pulumiOnPath(environment: NodeJS.ProcessEnv = process.env): Promise<Pulumi | undefined> {
  const bin = folderOf("pulumi", environment);
  if (bin === undefined || folderOf("pulumi-language-nodejs", environment) === undefined) return undefined;
  const quiet = { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const answer = await command(join(bin, "pulumi"), ["version"], { environment: quiet, limit: 10_000 });
  const version = answer.stdout.trim().replace(/^v/, "");
  return answer.code === 0 && compatible(version) ? { bin, version, source: "path" } : undefined;
}

/** A CLI that an earlier run put into the cache; both ways of getting one rename a finished folder into place. */
export function pulumiInCache(folder: string = cacheFolder()): Pulumi | undefined {
  const kept = [
    { version: officialVersion, source: "official installer" },
    { version: goVersion, source: "go modules" },
  ] as const;
  return kept
    .map(({ version, source }) => ({ bin: join(folder, version, "bin"), version, source }))
    .find(({ bin }) => programs.every((program) => executable(join(bin, program))));
}
