import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../toolchain/problem.ts";
import { say } from "../../toolchain/progress.ts";
import { isColourful } from "../../toolchain/terminal.ts";
import { openPulumi } from "../stacks/open.ts";
import { differingParts, isDigest } from "./digest.ts";
import { planEnvironment, runPreview, sharedArguments } from "./run.ts";
import type { PreviewOptions } from "./run.ts";
import { screenOf } from "./screen.ts";
import type { Summary } from "./summary.ts";

export interface UpCommand extends PreviewOptions {
  /** The digest of the preview that was reviewed. */
  expect: string;
  json?: boolean | undefined;
}

/**
 * `slipway up --expect`: previews, applies where the digest is the reviewed one, and lets the engine refuse what is not in the plan. 0 done,
 * 1 failed, 2 where something else than the reviewed would be applied; then nothing is.
 */
export async function up(options: UpCommand): Promise<number> {
  if (!isDigest(options.expect)) throw new Problem(`--expect: is no digest of a preview, got "${options.expect}"; copy it whole from slipway preview`);
  const folder = mkdtempSync(join(tmpdir(), "slipway-plan-"));
  const shows = { updating: false };
  const line = (text: string): void => void (shows.updating && text.trim() !== "" && say(text));
  const stack = await openPulumi(options.stack, { ...options, line });
  try {
    const plan = join(folder, "plan.json");
    const plannedAt = new Date().toISOString();
    const summary = await runPreview(stack, options, { plan, plannedAt });
    const differs = summary.digest === undefined || summary.digest === options.expect ? [] : differing(options.expect, summary.digest);
    if (options.json !== true) process.stdout.write(screenOf(summary, isColourful()));
    if (summary.digest !== options.expect) return refused(options, summary, differs);
    say(`stack ${options.stack}: this is what was reviewed; applying it`);
    shows.updating = true;
    const { code } = await stack.run(["up", "--yes", "--skip-preview", "--suppress-outputs", "--plan", plan, ...sharedArguments(options)], planEnvironment(stack, options, plannedAt));
    answer(options, { digest: summary.digest, applied: code === 0, differs, errors: code === 0 ? [] : [`the update failed with exit code ${code}; what it said is on standard error`] });
    return code === 0 ? 0 : 1;
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function refused(options: UpCommand, { digest, errors }: Summary, differs: string[]): number {
  answer(options, { digest, applied: false, differs, errors });
  if (digest === undefined) {
    if (options.json === true) errors.forEach(say);
    return 1;
  }
  const advice = options.json === true ? "look at slipway preview and expect its digest" : "review the preview above and expect its digest";
  say(`stack ${options.stack}: ${differs.join(" and ")} changed since the review, got ${digest} instead of ${options.expect}; nothing was applied: ${advice}`);
  return 2;
}

function differing(expected: string, digest: string): string[] {
  const parts = differingParts(expected, digest);
  return parts.length === 0 ? ["something"] : parts.map((part) => `the ${part}`);
}

function answer({ expect, json, stack }: UpCommand, rest: { digest?: string | undefined; applied: boolean; differs: string[]; errors: string[] }): void {
  if (json === true) process.stdout.write(`${JSON.stringify({ stack, expected: expect, ...rest })}\n`);
}
