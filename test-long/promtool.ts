import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serviceLevel } from "../components/delivery/service-level.ts";
import type { ServiceLevel } from "../components/observability/service-level.ts";
import { parseStackFile } from "../settings/stack-file.ts";

/** The level of every service that a stack declares. */
export function levelsOf(stack: string): ServiceLevel[] {
  const path = `Pulumi.${stack}.yaml`;
  const parsed = parseStackFile(path, readFileSync(path, "utf8"));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return Object.entries(parsed.settings.services).map(([name, settings]) => serviceLevel(name, settings));
}

/** What the promtool of this machine says of the files; they are YAML documents by name, and the last argument is made of their paths. */
export function promtool(args: string[], files: Record<string, object>, judged = Object.keys(files)): { code: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), "slipway-promtool-"));
  for (const [name, document] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(document));
  const { error, status, stderr, stdout } = spawnSync("promtool", [...args, ...judged], { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw new Error(`promtool: cannot be started, got ${error.message}; apt-get install prometheus`);
  return { code: status, said: `${stdout}${stderr}` };
}
