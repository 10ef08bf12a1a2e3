import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../sandbox/server.ts";
import { command } from "../toolchain/command.ts";
import { sandboxFolders } from "../toolchain/paths.ts";
import { ensurePulumi } from "../toolchain/pulumi.ts";
import { pulumiEnvironment } from "../toolchain/sandbox.ts";
import { measure } from "./measure.ts";
import type { Measurement } from "./measure.ts";

/** Everything that the bench writes; removed at its end. */
export const work = mkdtempSync(join(tmpdir(), "slipway-bench-"));
const { bin } = await ensurePulumi({ progress: (line) => console.error(line) });

/** A program in a cloud and a state of its own. */
export interface Subject {
  project: string;
  stack: string;
  environment?: Record<string, string>;
}

let rooms = 0;

/** Runs pulumi commands of one subject in a fresh cloud and a fresh state, and measures each. */
export async function inRoom<T>(subject: Subject, use: (pulumi: (args: string[]) => Promise<Measurement>, text: (args: string[]) => Promise<string>) => Promise<T>): Promise<T> {
  const folders = sandboxFolders({ SLIPWAY_SANDBOX_DIR: join(work, `room-${rooms++}`) });
  for (const part of [folders.cloud, folders.state, folders.home]) mkdirSync(part, { recursive: true });
  const server = await startSandbox({ folder: folders.cloud });
  const env: NodeJS.ProcessEnv = {
    ...pulumiEnvironment(folders, bin, server.debugProviders, true),
    // Outside the room, so that it is warm for both sides.
    NODE_COMPILE_CACHE: join(work, "compile-cache"),
    ...subject.environment,
  };
  const full = (args: string[]): string[] => [
    join(bin, "pulumi"), ...args, "--stack", subject.stack, "--non-interactive",
  ];
  const text = async (args: string[]): Promise<string> => {
    const [program = "", ...rest] = full(args);
    const finished = await command(program, rest, { folder: subject.project, environment: env });
    if (finished.code !== 0) throw new Error(`${args.join(" ")}: exit code ${finished.code}\n${finished.stdout}${finished.stderr}`);
    return finished.stdout;
  };
  try {
    await command(join(bin, "pulumi"), ["stack", "init", subject.stack, "--non-interactive"], { folder: subject.project, environment: env });
    return await use((args) => measure(full(args), { cwd: subject.project, env }), text);
  } finally {
    await server.close();
    rmSync(folders.base, { recursive: true, force: true });
  }
}
