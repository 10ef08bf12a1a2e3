import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { conflicts } from "../settings/fleet.ts";
import { command } from "../toolchain/command.ts";
import { root, toolPath } from "../toolchain/paths.ts";
import { Problem } from "../toolchain/problem.ts";
import { ensurePulumi } from "../toolchain/pulumi.ts";
import { pulumiCommand } from "../toolchain/pulumiArguments.ts";
import type { PulumiCommand } from "../toolchain/pulumiArguments.ts";
import { openSandbox } from "../toolchain/sandbox.ts";
import { fleetStacks, limited, readParallel, summaryTable } from "./fleetPlan.ts";
import type { StackResult } from "./fleetPlan.ts";

export interface FleetOptions {
  environment: string;
  /** How many stacks at a time, at least 1. @default one a core */
  parallel?: string;
  /** In the embedded cloud, one for all of them. @default false */
  sandbox?: boolean;
}

/** Something that runs pulumi on one stack and hands its lines over. */
interface Runner {
  prepare(pulumi: PulumiCommand): Promise<void>;
  run(line: string[], say: (text: string) => void): Promise<number>;
  close(): Promise<void>;
}

async function plainRunner(): Promise<Runner> {
  const { bin } = await ensurePulumi();
  const environment = { ...process.env, PATH: toolPath(bin) };
  return {
    prepare: async () => {},
    run: async (line, say) => (await command(join(bin, "pulumi"), line, { folder: root, environment, line: say })).code,
    close: async () => {},
  };
}

async function sandboxRunner(): Promise<Runner> {
  const sandbox = await openSandbox();
  return { prepare: sandbox.prepare, run: async (line, say) => (await sandbox.capture(line, say)).code, close: sandbox.close };
}

/** The stacks of the environment, after the check that no two of their files declare one resource. */
function stacksOf(environment: string): string[] {
  const stacks = fleetStacks(readdirSync(root), environment);
  if (stacks.length === 0) {
    throw new Problem(`--environment: no stack file of that environment, got "${environment}"; add Pulumi.${environment}.yaml or Pulumi.${environment}-<group>.yaml`);
  }
  const files = stacks.map((stack) => `Pulumi.${stack}.yaml`).map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  const problems = conflicts(files);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
  return stacks;
}

/** `slipway fleet <pulumi command>`: every stack of an environment, several at a time. Returns 1 when any of them failed. */
export async function fleet(line: string[], options: FleetOptions): Promise<number> {
  const stacks = stacksOf(options.environment);
  const parallel = readParallel(options.parallel, availableParallelism());
  const runner = await (options.sandbox ? sandboxRunner() : plainRunner());
  try {
    // One after the other: two stacks made at once would both write the backend's first files.
    const commands = stacks.map((stack) => ({ stack, pulumi: pulumiCommand(line, { stack, terminal: false }) }));
    for (const { pulumi } of commands) await runner.prepare(pulumi);
    const results = await limited(commands, parallel, async ({ stack, pulumi }): Promise<StackResult> => {
      const began = performance.now();
      const code = await runner.run(pulumi.arguments, (text) => void (text.trim() === "" || process.stdout.write(`${stack}: ${text}\n`)));
      return { stack, code, milliseconds: performance.now() - began };
    });
    process.stdout.write(`\n${summaryTable(results)}\n`);
    return results.every((each) => each.code === 0) ? 0 : 1;
  } finally {
    await runner.close();
  }
}
