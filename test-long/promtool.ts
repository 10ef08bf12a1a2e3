import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serviceLevel } from "../components/delivery/service-level.ts";
import type { ServiceLevel } from "../components/observability/service-level.ts";
import { parseStackFile } from "../settings/stack-file.ts";

export interface Said {
  code: number | null;
  said: string;
}

const MUCH = 64 * 1024 * 1024;

/** The level of every service that a stack declares. */
export function levelsOf(stack: string): ServiceLevel[] {
  const path = `Pulumi.${stack}.yaml`;
  const parsed = parseStackFile(path, readFileSync(path, "utf8"));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return Object.entries(parsed.settings.services).map(([name, settings]) => serviceLevel(name, settings));
}

/** What the promtool of this machine says of the files; they are YAML documents by name, and the last argument is made of their paths. */
export function promtool(args: string[], files: Record<string, object>, judged = Object.keys(files)): Said {
  const cwd = folderOf(files);
  const { error, status, stderr, stdout } = spawnSync("promtool", [...args, ...judged], { cwd, encoding: "utf8", maxBuffer: MUCH });
  rmSync(cwd, { recursive: true });
  if (error !== undefined) throw notStarted(error);
  return { code: status, said: `${stdout}${stderr}` };
}

/** The same while others run. */
export async function promtoolBeside(args: string[], files: Record<string, object>, judged = Object.keys(files)): Promise<Said> {
  const cwd = folderOf(files);
  const said = await new Promise<Said>((resolve, reject) => {
    execFile("promtool", [...args, ...judged], { cwd, encoding: "utf8", maxBuffer: MUCH }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== "number") reject(notStarted(error));
      else resolve({ code: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}` });
    });
  });
  rmSync(cwd, { recursive: true });
  return said;
}

function folderOf(files: Record<string, object>): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-promtool-"));
  for (const [name, document] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(document));
  return folder;
}

function notStarted({ message }: Error): Error {
  return new Error(`promtool: cannot be started, got ${message}; apt-get install prometheus`);
}
