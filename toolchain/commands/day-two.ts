import type { Command } from "commander";
import type { ReportOptions } from "../../operations/report/report.ts";
import { end } from "../end.ts";

/** The commands of every day after the first: what a change would do, what changed by hand, what is there. */
export function addDayTwo(program: Command): void {
  program
    .command("report")
    .description("everything about a stack on one page: what runs where, who approves, service levels, rollouts, drift, delivery")
    .requiredOption("--stack <stack>", "the stack's name")
    .option("--out <file>", "where the page goes (default: report.html, or nowhere with --json)")
    .option("--prometheus <url>", "where service levels come from (default: the stack's setting)")
    .option("--audit <file>", "the rollouts' audit log (default: .slipway/audit/<stack>.jsonl)")
    .option("--drift <file>", "what slipway drift --json printed")
    .option("--policy <file>", "what the policies said, as JSON")
    .option("--sandbox", "of the embedded cloud")
    .option("--json", "the report as JSON on standard output, for scripts")
    .action(async (options: ReportOptions) => {
      const { report } = await import("../../operations/report/report.ts");
      end(await report(options));
    });
}
