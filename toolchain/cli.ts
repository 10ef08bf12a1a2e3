import { Command, Option } from "commander";
import { Problem } from "./problem.ts";
import { say } from "./progress.ts";

const program = new Command("slipway")
  .description("Everything between a repository and its users, as one Pulumi program")
  .enablePositionalOptions()
  .showHelpAfterError("slipway --help lists the commands");

program
  .command("start")
  .description("bring the five systems up in the sandbox and show what exists")
  .action(async () => {
    const { start } = await import("./start.ts");
    process.exitCode = await start();
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
    process.exitCode = await sandbox(line, parseProviders(options.without ?? []));
  });

try {
  await program.parseAsync();
} catch (error) {
  say(error instanceof Problem || error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
