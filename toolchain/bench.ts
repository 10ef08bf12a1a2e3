import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, toolPath } from "./paths.ts";
import { Problem } from "./problem.ts";
import { ensurePulumi } from "./pulumi.ts";
import { onTerminal } from "./terminal.ts";

/** `slipway bench`: runs bench/index.ts with the toolchain on PATH. Returns its exit code. */
export async function bench(args: string[]): Promise<number> {
  const program = join(root, "bench", "index.ts");
  if (!existsSync(program)) throw new Problem("bench/index.ts: the bench is missing, got no such file; check out the whole repository");
  const { bin } = await ensurePulumi();
  const environment = { ...process.env, PATH: toolPath(bin) };
  return onTerminal(process.execPath, [program, ...args], { folder: root, environment });
}
