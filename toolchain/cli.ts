import { Command, Option } from "commander";
import type { MetricsOptions } from "../operations/metrics/metrics.ts";
import { say } from "./progress.ts";

/** Ends at once: a call that the closed cloud still delays must not write into the next run's. */
function end(code: number): never {
  process.exit(code);
}

const program = new Command("slipway")
  .description("Everything between a repository and its users, as one Pulumi program")
  .enablePositionalOptions()
  .showHelpAfterError("slipway --help lists the commands");

program
  .command("start")
  .description("bring the five systems up in the sandbox and show what exists")
  .action(async () => {
    const { start } = await import("./start.ts");
    end(await start());
  });

program
  .command("sandbox")
  .description("run any pulumi command in the embedded cloud, on stack sandbox unless --stack names another")
  .usage("[--without <provider>] <any pulumi command>")
  .addOption(
    new Option("--without <provider>", "leave a provider out, so that the real plugin is used; repeatable").argParser(
      (value: string, all: string[] = []) => [...all, value],
    ),
  )
  .argument("<pulumi...>", "the pulumi command and its options")
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (line: string[], options: { without?: string[] }) => {
    const { parseProviders, sandbox } = await import("./sandbox.ts");
    end(await sandbox(line, parseProviders(options.without ?? [])));
  });

program
  .command("test")
  .description("types, import rules and every test with coverage; what follows goes to jest")
  .option("--long", "the long suites of test-long/ instead")
  .argument("[jest...]", "files and options for jest")
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (jest: string[], options: { long?: boolean }) => {
    const { test } = await import("./suites.ts");
    process.exitCode = await test({ ...options, jest });
  });

program
  .command("bench")
  .description("measure the program against a floor that registers the same resources")
  .argument("[options...]", "options for bench/index.ts")
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (args: string[]) => {
    const { bench } = await import("./bench.ts");
    process.exitCode = await bench(args);
  });

program
  .command("doctor")
  .description("say what this machine has and what it lacks")
  .option("--json", "as JSON, for scripts")
  .action(async (options: { json?: boolean }) => {
    const { doctor } = await import("./doctor.ts");
    process.exitCode = await doctor(options);
  });

program
  .command("judges")
  .description("get the programs that judge and run the workflow files")
  .option("--json", "as JSON, for scripts")
  .action(async (options: { json?: boolean }) => {
    const { judgesCommand } = await import("./judges.ts");
    process.exitCode = await judgesCommand(options);
  });

program
  .command("actions")
  .description("compare the pinned actions with the tags upstream; exit code 2 when one differs")
  .option("--json", "as JSON, for scripts")
  .option("--host <url>", "where the actions' repositories are", "https://github.com")
  .action(async (options: { json?: boolean; host: string }) => {
    const { actions } = await import("./actions.ts");
    process.exitCode = await actions(options);
  });

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
    const { fleet } = await import("../operations/fleet.ts");
    end(await fleet(line, options));
  });

program
  .command("workflows")
  .description("write the files that a stack puts into a repository, with a diagram of what runs when")
  .argument("<repository>", "its name in the stack's file")
  .requiredOption("--out <folder>", "where to: a new or empty folder, or one that this command filled before")
  .option("--stack <stack>", "the stack whose file declares the repository", "sandbox")
  .option("--json", "list paths and sizes as JSON, for scripts")
  .action(async (repository: string, options: { out: string; stack: string; json?: boolean }) => {
    const { workflows } = await import("../operations/workflows.ts");
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
    const { metrics } = await import("../operations/metrics/metrics.ts");
    end(await metrics(options));
  });

try {
  await program.parseAsync();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
