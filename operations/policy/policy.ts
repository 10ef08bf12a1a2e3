import { readFileSync } from "node:fs";
import { Problem } from "../../toolchain/problem.ts";
import { say, ticking } from "../../toolchain/progress.ts";
import { openPulumi } from "../stacks/open.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { readPlan } from "./read-plan.ts";
import { policyResults } from "./results.ts";
import { isMandatory, reportText } from "./words.ts";

export interface PolicyOptions {
  stack: string;
  /** In the embedded cloud. @default false */
  sandbox?: boolean;
  /** What `pulumi preview --json --show-sames` printed. @default a preview is made */
  plan?: string;
  /** As JSON on standard output. @default lines for people */
  json?: boolean;
}

/** `slipway policy`: judges what a preview would leave. Returns the exit code: 2 where something mandatory was found. */
export async function policy(options: PolicyOptions): Promise<number> {
  const name = options.stack.split("/").at(-1) ?? options.stack;
  stackSettings(name);
  const report = policyResults(readPlan(options.plan === undefined ? await previewed(options) : readFileSync(options.plan, "utf8")), new Date());
  console.log(options.json === true ? JSON.stringify({ stack: options.stack, at: new Date().toISOString(), ...report }, undefined, 2) : reportText(report));
  return report.findings.some(isMandatory) ? 2 : 0;
}

async function previewed({ sandbox, stack: name }: PolicyOptions): Promise<string> {
  const stack = await openPulumi(name, { sandbox });
  try {
    const { code, stderr, stdout } = await ticking(say, () => `previewing ${name}`, () => stack.run(["preview", "--stack", name, "--json", "--show-sames", "--non-interactive"]));
    if (code === 0) return stdout;
    const reason = stderr.trim().split("\n").at(-1) || `exit code ${code}`;
    throw new Problem(`stack ${name}: its preview failed, got "${reason}"; run pulumi preview --stack ${name}`);
  } finally {
    await stack.close();
  }
}
