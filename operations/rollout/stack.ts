import { join } from "node:path";
import { parseReleases, RECORD } from "../../components/delivery/record-format.ts";
import type { Instruction, Release } from "../../components/delivery/release-types.ts";
import { INSTRUCTIONS } from "../../settings/instructions.ts";
import { PROJECT } from "../../settings/section.ts";
import { command } from "../../toolchain/command.ts";
import type { Finished } from "../../toolchain/command.ts";
import { root, toolPath } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { ensurePulumi } from "../../toolchain/pulumi.ts";
import { pulumiCommand } from "../../toolchain/pulumiArguments.ts";
import { openSandbox } from "../../toolchain/sandbox.ts";

/** The user's own stack, as a driver sees it: what it recorded, and updates of some of its services. */
export interface RolloutStack {
  name: string;
  /** What the last update recorded. @throws Problem where it cannot be read */
  releases(): Promise<Record<string, Release>>;
  /**
   * One update of these services and nothing else, with at most one instruction each: what else waits in the configuration is left for
   * whoever runs `pulumi up`. Resolves to what went wrong, undefined when all is well.
   */
  update(services: readonly string[], instructions: readonly Instruction[]): Promise<string | undefined>;
  /** The state as `pulumi stack export` prints it. @throws Problem where it cannot be read */
  exported(): Promise<unknown>;
  close(): Promise<void>;
}

type Run = (args: string[], more: NodeJS.ProcessEnv) => Promise<Finished>;

/** In the embedded cloud, or with the backend that pulumi is logged in to. */
export async function openStack(name: string, { sandboxed, line }: { sandboxed: boolean; line?: (text: string) => void }): Promise<RolloutStack> {
  if (!sandboxed) {
    const { bin } = await ensurePulumi();
    const environment = { ...process.env, PATH: toolPath(bin), PULUMI_SKIP_UPDATE_CHECK: "true" };
    const run: Run = (args, more) => command(join(bin, "pulumi"), args, { folder: root, environment: { ...environment, ...more }, ...(line && { line }) });
    return stackOf(name, run, async () => {});
  }
  const sandbox = await openSandbox();
  const run: Run = async (args, more) => {
    await sandbox.prepare(pulumiCommand(args, { stack: name, terminal: false }));
    return sandbox.capture(args, line, more);
  };
  return stackOf(name, run, sandbox.close);
}

function stackOf(name: string, run: Run, close: () => Promise<void>): RolloutStack {
  return {
    name,
    close,
    async releases() {
      const told = await run(["stack", "output", "--json", "--stack", name], {});
      if (told.code !== 0) throw new Problem(`stack ${name}: its outputs cannot be read, got "${lastLine(told)}"; bring it up first, or name another by --stack`);
      const outputs: unknown = JSON.parse(told.stdout);
      return parseReleases(typeof outputs === "object" && outputs !== null && RECORD in outputs ? outputs[RECORD] : undefined);
    },
    async exported() {
      const told = await run(["stack", "export", "--stack", name], {});
      if (told.code !== 0) throw new Problem(`stack ${name}: its state cannot be read, got "${lastLine(told)}"; run pulumi stack export --stack ${name}`);
      return JSON.parse(told.stdout);
    },
    async update(services, instructions) {
      const targets = services.flatMap((service) => targetsOf(name, service)).flatMap((target) => ["--target", target]);
      const told = await run(["up", "--yes", "--skip-preview", "--non-interactive", "--stack", name, ...targets], instructions.length === 0 ? {} : { [INSTRUCTIONS]: JSON.stringify(instructions) });
      return told.code === 0 ? undefined : failure(told);
    },
  };
}

/** A service and everything under it; a name that begins with another one's is taken along, which changes only what it has to. */
export function targetsOf(stack: string, service: string): string[] {
  const urn = (type: string, of: string): string => `urn:pulumi:${stack}::${PROJECT}::${type}::${of}`;
  return [urn("slipway:delivery:Service", service), urn("slipway:delivery:Service$**", `${service}-**`)];
}

/** The engine's errors without its progress. */
function failure({ stdout, stderr }: Finished): string {
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  const errors = lines.filter((line) => /^error: /.test(line)).map((line) => line.replace(/^error: /, ""));
  return [...new Set(errors)].slice(0, 3).join("; ") || lines.filter((line) => line !== "").at(-1) || "no reason was given";
}

function lastLine({ stderr }: Finished): string {
  return stderr.trim().split("\n").at(-1) ?? "";
}
