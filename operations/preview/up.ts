import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../toolchain/problem.ts";
import { say } from "../../toolchain/progress.ts";
import { openPulumi } from "../stacks/open.ts";
import type { OpenStack } from "../stacks/open.ts";
import { differingParts, isDigest } from "./digest.ts";
import { isColourful, print } from "./print.ts";
import { planEnvironment, runPreview, sharedArguments } from "./run.ts";
import type { PreviewOptions } from "./run.ts";
import { screenOf } from "./screen.ts";

export interface UpCommand extends PreviewOptions {
  /** The digest of the preview that was reviewed. */
  expect: string;
}

/**
 * `slipway up --expect`: previews, applies where the digest is the reviewed one, and lets the engine refuse what is not in the plan. 0 done,
 * 1 failed, 2 where something else than the reviewed would be applied; then nothing is.
 */
export async function up(options: UpCommand): Promise<number> {
  if (!isDigest(options.expect)) throw new Problem(`--expect: is no digest of a preview, got "${options.expect}"; copy it whole from slipway preview`);
  const folder = mkdtempSync(join(tmpdir(), "slipway-plan-"));
  const stack = await openPulumi(options.stack, options);
  try {
    return await applied(stack, options, join(folder, "plan.json"));
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function applied(stack: OpenStack, options: UpCommand, plan: string): Promise<number> {
  const plannedAt = new Date().toISOString();
  const summary = await runPreview(stack, options, { plan, plannedAt });
  await print(screenOf(summary, isColourful()));
  if (summary.digest === undefined) return 1;
  if (summary.digest !== options.expect) {
    say(refusal(options, summary.digest));
    return 2;
  }
  say(`stack ${options.stack}: this is what was reviewed; applying it`);
  const { code, stderr, stdout } = await stack.run(["up", "--yes", "--skip-preview", "--plan", plan, ...sharedArguments(options)], planEnvironment(stack, options, plannedAt));
  await print(stdout);
  if (stderr !== "") process.stderr.write(stderr);
  return code === 0 ? 0 : 1;
}

function refusal({ expect, stack }: UpCommand, digest: string): string {
  const parts = differingParts(expect, digest);
  const changed = parts.length === 0 ? "something" : `the ${parts.join(" and the ")}`;
  return `stack ${stack}: ${changed} changed since the review, got ${digest} instead of ${expect}; nothing was applied: review the preview above and expect its digest`;
}
