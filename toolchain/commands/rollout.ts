import type { Command } from "commander";
import type { RolloutOptions } from "../../operations/rollout/rollout.ts";
import type { SingleOptions } from "../../operations/rollout/single.ts";
import { end } from "../end.ts";

function common(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption("--stack <stack>", "the stack that declares the service")
    .option("--sandbox", "in the embedded cloud")
    .option("--audit <file>", "the audit log (default: .slipway/audit/<stack>.jsonl)")
    .option("--json", "one JSON object a line, for scripts");
}

function driving(command: Command): Command {
  return command
    .option("--image <reference>", "the image that is meant, by digest or tag")
    .option("--duration <length>", "from the first stage to 100 %, such as 2h or 45m (default: the service's dwell times)")
    .option("--leave-after <length>", "end the driver after it, such as 5h; the rollout stays where it is")
    .option("--prometheus <url>", "where the evidence is (default: the stack's setting)");
}

/** The commands that move releases. */
export function addRollout(program: Command): void {
  driving(common(program, "rollout", "take a new revision through its stages, and back at once when it hurts; several services rise and fall together"))
    .argument("<services...>", "services of the stack")
    .option("--strategy <kind>", "direct, canary or blue-green, with --image (default: the service's)")
    .option("--first-stage <percent>", "5 to 50, with --image")
    .option("--auto-promote", "go on after the first stage without asking anybody")
    .action(async (services: string[], options: RolloutOptions) => {
      const { rollout } = await import("../../operations/rollout/rollout.ts");
      await end(await rollout(services, options));
    });
  driving(common(program, "promote", "take a candidate that waits for somebody to 100 %"))
    .argument("<services...>", "services of the stack")
    .option("--now", "at once, without waiting at any stage")
    .action(async (services: string[], options: RolloutOptions) => {
      const { promote } = await import("../../operations/rollout/rollout.ts");
      await end(await promote(services, options));
    });
  for (const [name, description] of [
    ["rollback", "reject the candidate, or the stable revision, and take its traffic away"],
    ["hold", "give the candidate no more traffic until somebody resumes"],
    ["resume", "let a held candidate rise again"],
    ["clear", "take a rejection back, so that the revision may start again"],
  ] as const) {
    common(program, name, description)
      .argument("<service>", "a service of the stack")
      .option("--reason <text>", "why, for the record")
      .option("--revision <id>", "the revision that is meant (default: the candidate)")
      .action(async (service: string, options: SingleOptions) => {
        const single = await import("../../operations/rollout/single.ts");
        await end(await single[name](service, options));
      });
  }
  common(program, "status", "where a release stands, as recorded and in the cluster; exit code 2 where the two differ")
    .argument("<service>", "a service of the stack")
    .action(async (service: string, options: SingleOptions) => {
      const { status } = await import("../../operations/rollout/status.ts");
      await end(await status(service, options));
    });
  common(program, "history", "what drivers did, from the audit log; exit code 2 where lines of it were changed")
    .argument("<service>", "a service of the stack")
    .action(async (service: string, options: SingleOptions) => {
      const { history } = await import("../../operations/rollout/status.ts");
      await end(await history(service, options));
    });
}
