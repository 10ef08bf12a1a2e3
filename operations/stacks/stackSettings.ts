import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sections } from "../../settings/index.ts";
import { nearest } from "../../settings/nearest.ts";
import { problemText } from "../../settings/problem.ts";
import { parseStackFile } from "../../settings/stack-file.ts";
import { root } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";

/** What a stack's file says, read without the engine and without its secrets. @throws Problem with everything that is wrong with it */
export function stackSettings(stack: string): Sections {
  const file = `Pulumi.${stack}.yaml`;
  if (!/^[A-Za-z0-9._-]+$/.test(stack) || !existsSync(join(root, file))) {
    const stacks = readdirSync(root).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    throw new Problem(`--stack: there is no file of stack ${stack}; write ${nearest(stack, stacks) ?? `one of ${stacks.join(", ")}`}`);
  }
  const parsed = parseStackFile(file, readFileSync(join(root, file), "utf8"));
  if ("problems" in parsed) throw new Problem(parsed.problems.map(problemText).join("\n"));
  return parsed.settings;
}
