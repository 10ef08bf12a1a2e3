import type { Command } from "commander";
import type { AdoptOptions } from "../../operations/adopt/adopt.ts";
import { end } from "../end.ts";

/** What is there already becomes configuration, and then part of a stack. */
export function addAdopt(program: Command): void {
  const adopt = program.command("adopt").description("start with what you have: read it, write it as configuration, take it into a stack; nothing of it is changed");

  reading(adopt.command("repository <owner/name...>").description("repositories of GitHub as entries of slipway:repositories; exit code 2 when something stays unmanaged"))
    .action(async (names: string[], options: AdoptOptions) => {
      const { adoptRepositories } = await import("../../operations/adopt/adopt.ts");
      await end(await adoptRepositories(names, options));
    });

  inCluster(reading(adopt.command("namespace <name...>").description("namespaces as entries of slipway:namespaces, with the services that Slipway made in them; exit code 2 when something stays unmanaged")))
    .action(async (names: string[], options: AdoptOptions) => {
      const { adoptNamespaces } = await import("../../operations/adopt/adopt.ts");
      await end(await adoptNamespaces(names, options));
    });

  inCluster(common(adopt.command("import").description("take into the stack's state what its file declares and what is there; exit code 2 when the next update would still change something")))
    .action(async (options: AdoptOptions) => {
      const { adoptImport } = await import("../../operations/adopt/adopt.ts");
      await end(await adoptImport(options));
    });
}

function common(command: Command): Command {
  return command
    .requiredOption("--stack <stack>", "the stack's name")
    .option("--sandbox", "of the embedded cloud")
    .option("--json", "as JSON, for scripts");
}

function reading(command: Command): Command {
  return common(command)
    .option("--write", "add the entries to the stack's file")
    .option("--out <file>", "where the configuration goes (default: standard output)");
}

function inCluster(command: Command): Command {
  return command
    .option("--kubeconfig <file>", "of the cluster (default: kubectl's own)")
    .option("--context <name>", "of the kubeconfig (default: the current one)");
}
