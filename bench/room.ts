import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "../sandbox/server.ts";
import { command } from "../toolchain/command.ts";
import { ensurePulumi } from "../toolchain/pulumi.ts";
import { measure } from "./measure.ts";
import type { Measurement } from "./measure.ts";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
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
  const folder = join(work, `room-${rooms++}`);
  for (const part of ["cloud", "state", "home"]) mkdirSync(join(folder, part), { recursive: true });
  const server = await startSandbox({ folder: join(folder, "cloud") });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [bin, join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "slipway-sandbox",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // As `slipway sandbox` sets it, and warm for both sides.
    NODE_COMPILE_CACHE: join(work, "compile-cache"),
    PULUMI_DEBUG_PROVIDERS: server.debugProviders,
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
    rmSync(folder, { recursive: true, force: true });
  }
}
