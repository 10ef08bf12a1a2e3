import { dirname, join } from "node:path";
import { executable, folderOf } from "../toolchain/search.ts";
import { cacheFolder } from "../toolchain/search.ts";
import { existsSync } from "node:fs";
import { bundles, programs } from "./sources.ts";
import type { Program } from "./sources.ts";
import { labVersions } from "./versions.ts";
import type { Bundle } from "./versions.ts";

/** Where the lab's programs are kept, one folder a version; outside the repository, so that every clone shares them. */
export function labCache(environment: NodeJS.ProcessEnv = process.env): string {
  return join(dirname(cacheFolder(environment)), "lab");
}

/** The folder of one bundle. */
export function bundleFolder(bundle: Bundle, cache: string = labCache()): string {
  return join(cache, `${bundle}-${labVersions[bundle]}`);
}

/** True when nothing is left to get for it. What the machine's own package manager brought is used as it is. */
export function bundleInCache(bundle: Bundle, cache: string = labCache()): boolean {
  const source = bundles[bundle];
  return existsSync(bundleFolder(bundle, cache)) || (source.from === "debian" && folderOf(source.package) !== undefined);
}

/** The path of a program that `slipway lab build` got. */
export function programPath(program: Program, cache: string = labCache()): string {
  const [bundle, file] = programs[program];
  const kept = join(bundleFolder(bundle, cache), file);
  const own = executable(kept) || bundles[bundle].from !== "debian" ? undefined : folderOf(program);
  return own === undefined ? kept : join(own, program);
}
