import { cpSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFile } from "./fleet.ts";
import { root } from "../toolchain/paths.ts";
import { command } from "../toolchain/command.ts";
import { targetsOf } from "../operations/rollout/stack.ts";
import { work } from "./room.ts";

/** As many as make about a thousand resources. */
const SERVICES = 29;
const SERVICE = "service-0-14";
const STACK = ["--stack", "sandbox", "--sandbox"];

/** One line: how long a rollback takes in a stack of a thousand resources, beside the engine's targeted update of one service of it. */
export async function rollback(): Promise<string> {
  const folder = join(work, "thousand");
  mkdirSync(folder, { recursive: true });
  // The commands work on the folder that they lie in, so that links would lead them back to this one.
  for (const part of ["index.ts", "package.json", "Pulumi.yaml", "components", "settings", "sandbox", "policy", "operations", "toolchain"]) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "Pulumi.sandbox.yaml"), stackFile(0, SERVICES));
  const run = async (args: string[], more: NodeJS.ProcessEnv = {}): Promise<{ seconds: number; began: number; stdout: string }> => {
    const began = Date.now();
    const { code, stderr, stdout } = await command(process.execPath, [join(folder, "toolchain", "cli.ts"), ...args], { folder, environment: { ...process.env, SLIPWAY_SANDBOX_DIR: join(folder, "box"), ...more } });
    if (code !== 0) throw new Error(`${args.join(" ")}: exit code ${code}\n${stdout}${stderr}`);
    return { seconds: (Date.now() - began) / 1000, began, stdout };
  };
  // The whole state after each resource would take a quarter of an hour; nothing is measured here.
  const { stdout } = await run(["sandbox", "up", "--yes", "--skip-preview"], { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" });
  await run(["rollout", SERVICE, ...STACK, "--image", `ghcr.io/acme/${SERVICE}@sha256:${"b".repeat(64)}`, "--prometheus", "http://127.0.0.1:9", "--leave-after", "1s"]);
  const targeted = await run(["sandbox", "up", "--yes", "--skip-preview", ...targetsOf("sandbox", SERVICE, []).flatMap((target) => ["--target", target])]);
  const back = await run(["rollback", SERVICE, ...STACK]);
  const gone = (statSync(join(folder, "box", "cloud", "kubernetes", SERVICE, "virtualservice", `${SERVICE}.yaml`)).mtimeMs - back.began) / 1000;
  const resources = /Resources:\s+\+ (\d+) created/.exec(stdout)?.[1] ?? "?";
  return `${resources} resources: a targeted update of one service ${targeted.seconds.toFixed(1)} s; slipway rollback of it ${back.seconds.toFixed(1)} s, its weight 0 after ${gone.toFixed(1)} s`;
}
