import type { Command } from "commander";
import type { PreviewCommand } from "../../operations/preview/preview.ts";
import type { UpCommand } from "../../operations/preview/up.ts";
import type { PolicyOptions } from "../../operations/policy/policy.ts";
import type { DriftOptions } from "../../operations/drift/options.ts";
import type { ReportOptions } from "../../operations/report/report.ts";
import { end } from "../end.ts";
import { addAdopt } from "./adopt.ts";

/** The commands of every day after the first: what a change would do, what changed by hand, what is there. */
export function addDayTwo(program: Command): void {
  addAdopt(program);

  program
    .command("drift")
    .description("what somebody changed behind the stack's back; exit code 2 when something was found")
    .requiredOption("--stack <stack>", "the stack's name")
    .option("--no-github", "do not ask GitHub's API for what a refresh does not show")
    .option("--reconcile [severities...]", "put back what is hostile, risky or benign (default: all)")
    .option("--only <what...>", "put back only these, by type and name as found; * stands for any characters")
    .option("--delete <what...>", "delete these, which nobody declared, by type and name as found")
    .option("--issue <owner/name>", "keep one issue for the stack there: opened, updated and closed by itself")
    .option("--out <file>", "a .prom file in the folder of node_exporter's textfile collector")
    .option("--push <url>", "a Pushgateway's address")
    .option("--sandbox", "of the embedded cloud")
    .option("--markdown", "as GitHub shows it")
    .option("--json", "as JSON, for scripts")
    .action(async (options: DriftOptions) => {
      const { drift } = await import("../../operations/drift/drift.ts");
      await end(await drift(options));
    });

  program
    .command("report")
    .description("everything about a stack on one page: what runs where, who approves, service levels, rollouts, drift, delivery")
    .requiredOption("--stack <stack>", "the stack's name")
    .option("--out <file>", "where the page goes (default: report.html, or nowhere with --json)")
    .option("--prometheus <url>", "where service levels come from (default: the stack's setting)")
    .option("--audit <file>", "the rollouts' audit log (default: .slipway/audit/<stack>.jsonl)")
    .option("--drift <file>", "what slipway drift --json printed")
    .option("--policy <file>", "what slipway policy --json printed")
    .option("--sandbox", "of the embedded cloud")
    .option("--json", "the report as JSON on standard output, for scripts")
    .action(async (options: ReportOptions) => {
      const { report } = await import("../../operations/report/report.ts");
      await end(await report(options));
    });
  previewing(program, "preview", "what an update would do, as a reviewer reads it: dangers first, then requests, policies and every field; exit code 2 with --expect-no-changes")
    .option("--markdown", "as GitHub shows it")
    .option("--comment", "keep it as one comment on the pull request")
    .option("--check", "tell it as a check run, with annotations in the stack's file")
    .option("--repository <owner/name>", "where to tell it (default: GITHUB_REPOSITORY)")
    .option("--pull-request <number>", "the pull request (default: the one of the workflow's event)")
    .option("--commit <sha>", "the commit of the check run (default: the pull request's last)")
    .option("--json", "as JSON, for scripts")
    .option("--expect-no-changes", "exit with 2 where there is a change")
    .action(async (options: PreviewCommand) => {
      const { preview } = await import("../../operations/preview/preview.ts");
      await end(await preview(options));
    });
  previewing(program, "up", "apply what was reviewed, and nothing else; exit code 2 where anything changed since")
    .requiredOption("--expect <digest>", "the digest that slipway preview showed")
    .option("--json", "what came of it as JSON, for scripts")
    .action(async (options: UpCommand) => {
      const { up } = await import("../../operations/preview/up.ts");
      await end(await up(options));
    });
  program
    .command("policy")
    .description("judge what an update would leave by the policies; exit code 2 when one that is mandatory is not kept")
    .requiredOption("--stack <stack>", "the stack's name")
    .option("--plan <file>", "what pulumi preview --json --show-sames printed (default: a preview is made)")
    .option("--sandbox", "in the embedded cloud")
    .option("--json", "as JSON, for scripts")
    .action(async (options: PolicyOptions) => {
      const { policy } = await import("../../operations/policy/policy.ts");
      await end(await policy(options));
    });
}

function previewing(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption("--stack <stack>", "the stack's name")
    .option("--refresh", "read what is there before, as pulumi preview --refresh does")
    .option("--policy-pack <folder>", "judge it by these policies; repeatable", (folder: string, all: string[] = []) => [...all, folder])
    .option("--sandbox", "in the embedded cloud");
}
