import type { Command } from "commander";

interface Where {
  folder?: string;
}

/** The commands of the lab: a real mesh on this machine, without containers. */
export function addLab(program: Command): void {
  const lab = program.command("lab").description("real Kubernetes API, istiod, Envoy and Prometheus on this machine, with processes for pods");

  lab
    .command("build")
    .description("get and build what the lab is made of, once; about 10 minutes")
    .option("--json", "list the programs as JSON, for scripts")
    .action(async (options: { json?: boolean }) => {
      const { buildCommand } = await import("../../lab/build.ts");
      process.exitCode = await buildCommand(options);
    });

  place(lab.command("up"))
    .description("start what does not run of the lab, and wait until it answers")
    .option("--port <name=number>", "where a part listens, instead of a free port; repeatable", (value: string, all: string[] = []) => [...all, value])
    .option("--processes <n>", "processes of one ReplicaSet at most; further pods share the fate of the first (default: 2)")
    .option("--json", "where everything listens as JSON, for scripts")
    .action(async (options: Where & { port?: string[]; processes?: string; json?: boolean }) => {
      const { upCommand } = await import("../../lab/commands.ts");
      process.exitCode = await upCommand(options);
    });

  place(lab.command("down"))
    .description("stop everything that the lab started, and remove its folder")
    .option("--keep", "leave data and logs")
    .action(async (options: Where & { keep?: boolean }) => {
      const { downCommand } = await import("../../lab/commands.ts");
      process.exitCode = await downCommand(options);
    });

  place(lab.command("status"))
    .description("say which parts work; exit code 2 when one does not")
    .option("--json", "as JSON, for scripts")
    .action(async (options: Where & { json?: boolean }) => {
      const { statusCommand } = await import("../../lab/commands.ts");
      process.exitCode = await statusCommand(options);
    });

  place(lab.command("kubectl-env"))
    .description("print what points kubectl and others at the lab: eval \"$(slipway lab kubectl-env)\"")
    .action(async (options: Where) => {
      const { environmentCommand } = await import("../../lab/commands.ts");
      process.exitCode = environmentCommand(options);
    });
}

function place(command: Command): Command {
  return command.option("--folder <folder>", "where the lab keeps its data (default: .sandbox/lab)");
}
