import { Option } from "commander";
import type { Command } from "commander";
import { end } from "../end.ts";

/** The commands of the house itself: the sandbox, its tests, and what this machine needs. */
export function addHouse(program: Command): void {
  program
    .command("start")
    .description("bring the five systems up in the sandbox and show what exists")
    .action(async () => {
      const { start } = await import("../start.ts");
      await end(await start());
    });

  program
    .command("sandbox")
    .description("run any pulumi command in the embedded cloud, on stack sandbox unless --stack names another")
    .usage("[--without <provider>] [--cluster <kubeconfig>] <any pulumi command>")
    .addOption(
      new Option("--without <provider>", "leave a provider out, so that the real plugin is used; repeatable").argParser(
        (value: string, all: string[] = []) => [...all, value],
      ),
    )
    .option("--cluster <kubeconfig>", "make Kubernetes objects in this cluster; SLIPWAY_SANDBOX_CLUSTER does the same")
    .argument("<pulumi...>", "the pulumi command and its options")
    .passThroughOptions()
    .allowUnknownOption()
    .action(async (line: string[], options: { without?: string[]; cluster?: string }) => {
      const { parseProviders, sandbox } = await import("../sandbox.ts");
      await end(await sandbox(line, parseProviders(options.without ?? []), options.cluster));
    });

  program
    .command("test")
    .description("types, import rules and every test; what follows goes to jest")
    .option("--coverage", "say how many lines the tests run, which takes twice the time (default in CI)")
    .option("--long", "the long suites of test-long/ instead")
    .argument("[jest...]", "files and options for jest")
    .passThroughOptions()
    .allowUnknownOption()
    .action(async (jest: string[], options: { long?: boolean; coverage?: boolean }) => {
      const { test } = await import("../suites.ts");
      process.exitCode = await test({ ...options, jest });
    });

  program
    .command("bench")
    .description("measure the program against a floor that registers the same resources")
    .argument("[options...]", "options for bench/index.ts")
    .passThroughOptions()
    .allowUnknownOption()
    .action(async (args: string[]) => {
      const { bench } = await import("../bench.ts");
      process.exitCode = await bench(args);
    });

  program
    .command("doctor")
    .description("say what this machine has and what it lacks")
    .option("--json", "as JSON, for scripts")
    .action(async (options: { json?: boolean }) => {
      const { doctor } = await import("../doctor.ts");
      process.exitCode = await doctor(options);
    });

  program
    .command("judges")
    .description("get the programs that judge and run the workflow files")
    .option("--json", "as JSON, for scripts")
    .action(async (options: { json?: boolean }) => {
      const { judgesCommand } = await import("../judges.ts");
      process.exitCode = await judgesCommand(options);
    });

  program
    .command("actions")
    .description("compare the pinned actions with the tags upstream; exit code 2 when one differs")
    .option("--json", "as JSON, for scripts")
    .option("--host <url>", "where the actions' repositories are", "https://github.com")
    .action(async (options: { json?: boolean; host: string }) => {
      const { actions } = await import("../actions.ts");
      process.exitCode = await actions(options);
    });
}
