import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finished } from "./command.ts";
import { root } from "./paths.ts";
import type { SandboxFolders } from "./paths.ts";
import { Problem } from "./problem.ts";
import { say } from "./progress.ts";
import type { PulumiCommand } from "./pulumiArguments.ts";
import { planRecovery, removeStrays } from "./recovery.ts";
import type { Exported } from "./recovery.ts";
import { clearStaleLocks } from "./staleLocks.ts";
import { mendTornState } from "./tornState.ts";

/** The stack that the sandbox uses when none is named. */
export const defaultStack = "sandbox";

export interface Ground {
  folders: SandboxFolders;
  /** The providers that the sandbox serves. */
  served: readonly string[];
  /** Runs pulumi in the sandbox and collects what it says. */
  capture(args: string[]): Promise<Finished>;
}

/** Makes the stack of a pulumi command when it is not there, and clears what a killed run left in its way. */
export async function prepareStack(pulumi: PulumiCommand, ground: Ground): Promise<void> {
  const { stack } = pulumi;
  if (stack === undefined) return;
  const busy = clearStaleLocks(ground.folders.state, stack, say);
  if (!busy) mendTornState(ground.folders.state, stack);
  const file = join(ground.folders.state, ".pulumi", "stacks", "slipway", `${stack}.json`);
  if (!existsSync(file)) {
    // A stack that nobody declared is a slip of the pen: pulumi says so itself.
    if (stack === defaultStack || existsSync(join(root, `Pulumi.${stack}.yaml`))) await make(stack, file, ground);
  } else if (pulumi.deploys && !busy && readFileSync(file, "utf8").includes('"pending_operations"')) await recover(stack, ground);
}

async function make(stack: string, file: string, ground: Ground): Promise<void> {
  const made = await ground.capture(["stack", "init", stack, "--no-select", "--non-interactive"]);
  // Another run may have made it in the meantime; pulumi's own lock then decides between the two.
  if (made.code !== 0 && !existsSync(file)) throw new Problem(`stack ${stack}: cannot be made in the sandbox, got "${made.stderr.trim()}"; run slipway doctor`);
}

async function recover(stack: string, ground: Ground): Promise<void> {
  const exported = await ground.capture(["stack", "export", "--stack", stack]);
  if (exported.code !== 0) throw new Problem(`stack ${stack}: its state cannot be read, got "${exported.stderr.trim()}"; run slipway sandbox stack export --stack ${stack}`);
  const state: Exported = JSON.parse(exported.stdout);
  const plan = planRecovery(state, ground.served);
  if (plan === undefined) return;
  const file = join(ground.folders.base, `recovered-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(plan.state), { mode: 0o600 });
  try {
    const imported = await ground.capture(["stack", "import", "--stack", stack, "--file", file]);
    if (imported.code !== 0) throw new Problem(`stack ${stack}: an interrupted run cannot be cleared, got "${imported.stderr.trim()}"; run slipway sandbox refresh --stack ${stack} at a terminal`);
  } finally {
    rmSync(file, { force: true });
  }
  removeStrays(ground.folders.cloud, plan.strays);
  say(`stack ${stack}: a run was killed while ${few(plan.operations)}; it is done again where it is still wanted`);
}

/** The first three, and how many more there are. */
function few(operations: readonly string[]): string {
  const more = operations.length - 3;
  return `${operations.slice(0, 3).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
