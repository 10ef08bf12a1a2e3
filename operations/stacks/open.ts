import { join } from "node:path";
import { command } from "../../toolchain/command.ts";
import type { Finished } from "../../toolchain/command.ts";
import { root, toolPath } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { ensurePulumi } from "../../toolchain/pulumi.ts";
import { pulumiCommand } from "../../toolchain/pulumiArguments.ts";
import { openSandbox } from "../../toolchain/sandbox.ts";

export interface OpenOptions {
  /** In the embedded cloud, instead of the backend that pulumi is logged in to. @default false */
  sandbox?: boolean | undefined;
  /** Called with each line that pulumi says, secrets masked. */
  line?: ((text: string) => void) | undefined;
}

/** Pulumi and one stack of it. */
export interface OpenStack {
  name: string;
  /** What a command of slipway or pulumi about the same cloud needs around it. */
  environment: NodeJS.ProcessEnv;
  /** Runs pulumi without a terminal, with `more` added to its environment; `--stack` has to be among the arguments. */
  run(args: string[], more?: NodeJS.ProcessEnv): Promise<Finished>;
  /** The state as `pulumi stack export` prints it: secrets stay encrypted. @throws Problem where it cannot be read */
  exported(): Promise<unknown>;
  /** The stack's outputs. @throws Problem where they cannot be read */
  outputs(): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Opens a stack for one command; close it when done. @throws Problem where there is no pulumi */
export async function openPulumi(name: string, options: OpenOptions): Promise<OpenStack> {
  return options.sandbox === true ? inSandbox(name, options) : inBackend(name, options);
}

async function inBackend(name: string, { line }: OpenOptions): Promise<OpenStack> {
  const { bin } = await ensurePulumi();
  const environment = { ...process.env, PATH: toolPath(bin), PULUMI_SKIP_UPDATE_CHECK: "true" };
  return opened(name, {
    environment,
    run: (args, more) => command(join(bin, "pulumi"), args, { folder: root, environment: { ...environment, ...more }, ...(line && { line }) }),
    close: async () => {},
  });
}

async function inSandbox(name: string, { line }: OpenOptions): Promise<OpenStack> {
  const sandbox = await openSandbox();
  return opened(name, {
    environment: sandbox.environment,
    async run(args, more) {
      await sandbox.prepare(pulumiCommand(args, { stack: name, terminal: false }));
      return sandbox.capture(args, line, more);
    },
    close: sandbox.close,
  });
}

function opened(name: string, way: Pick<OpenStack, "environment" | "run" | "close">): OpenStack {
  async function told(args: string[], what: string, advice: string): Promise<unknown> {
    const { code, stderr, stdout } = await way.run([...args, "--stack", name]);
    if (code !== 0) throw new Problem(`stack ${name}: its ${what} cannot be read, got "${stderr.trim().split("\n").at(-1) ?? ""}"; ${advice}`);
    return JSON.parse(stdout);
  }
  return {
    name,
    ...way,
    exported: () => told(["stack", "export"], "state", `run pulumi stack export --stack ${name}`),
    async outputs() {
      const outputs = await told(["stack", "output", "--json"], "outputs", "bring it up first, or name another by --stack");
      return typeof outputs === "object" && outputs !== null ? { ...outputs } : {};
    },
  };
}
