import type { Command } from "commander";
import type { DashboardsOptions } from "../../operations/dashboards/command.ts";
import type { MetricsOptions } from "../../operations/metrics/metrics.ts";
import { end } from "../end.ts";

/** The commands that ask or tell something about stacks. */
export function addOperations(program: Command): void {
  program
    .command("fleet")
    .description("run a pulumi command on every stack of an environment, several at a time")
    .usage("<pulumi command> --environment <name> [--parallel <n>] [--sandbox]")
    .requiredOption("--environment <name>", "the stacks of Pulumi.<name>.yaml and Pulumi.<name>-<group>.yaml")
    .option("--parallel <n>", "how many at a time (default: one a core)")
    .option("--sandbox", "in the embedded cloud")
    .argument("<pulumi...>", "the pulumi command and its options")
    .allowUnknownOption()
    .action(async (line: string[], options: { environment: string; parallel?: string; sandbox?: boolean }) => {
      const { fleet } = await import("../../operations/fleet.ts");
      await end(await fleet(line, options));
    });

  program
    .command("workflows")
    .description("write the files that a stack puts into a repository, with a diagram of what runs when")
    .argument("<repository>", "its name in the stack's file")
    .requiredOption("--out <folder>", "where to: a new or empty folder, or one that this command filled before")
    .option("--stack <stack>", "the stack whose file declares the repository", "sandbox")
    .option("--json", "list paths and sizes as JSON, for scripts")
    .action(async (repository: string, options: { out: string; stack: string; json?: boolean }) => {
      const { workflows } = await import("../../operations/workflows.ts");
      process.exitCode = workflows(repository, options);
    });

  program
    .command("metrics")
    .description("write what a stack knows of its releases for Prometheus")
    .requiredOption("--stack <stack>", "the stack's name")
    .option("--out <file>", "a .prom file in the folder of node_exporter's textfile collector (default: standard output)")
    .option("--push <url>", "a Pushgateway's address")
    .option("--audit <file>", "the rollouts' audit log")
    .option("--checkouts <folder>", "with checkouts of the repositories that collect release metrics")
    .option("--sandbox", "of the embedded cloud")
    .option("--json", "as JSON, for scripts")
    .action(async (options: MetricsOptions) => {
      const { metrics } = await import("../../operations/metrics/metrics.ts");
      await end(await metrics(options));
    });

  program
    .command("dashboards")
    .description("write or serve every dashboard of a stack, with a page that draws them from a Prometheus")
    .option("--out <folder>", "write JSON for Grafana and the page: a new or empty folder, or one that this command filled before")
    .option("--serve", "serve the page on this machine until Ctrl-C")
    .option("--stack <stack>", "the stack whose services have the dashboards", "sandbox")
    .option("--service <service>", "the dashboards of one service alone")
    .option("--prometheus <url>", "where the numbers come from", "http://127.0.0.1:9090")
    .option("--scrape-interval <length>", "how often it scrapes, as Grafana's data source is told", "15s")
    .option("--port <port>", "the page's port; 0 takes a free one", "0")
    .option("--json", "list what was written as JSON, for scripts")
    .action(async (options: DashboardsOptions) => {
      const { dashboards } = await import("../../operations/dashboards/command.ts");
      process.exitCode = await dashboards(options);
    });
}
