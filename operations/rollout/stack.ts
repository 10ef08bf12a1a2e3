import { parseReleases, RECORD } from "../../components/delivery/record-format.ts";
import type { Instruction, Release } from "../../components/delivery/release-types.ts";
import { INSTRUCTIONS } from "../../settings/instructions.ts";
import { PROJECT } from "../../settings/section.ts";
import { TARGETED, targetedText } from "../../settings/targeted.ts";
import type { Finished } from "../../toolchain/command.ts";
import { openPulumi } from "../stacks/open.ts";
import type { OpenOptions } from "../stacks/open.ts";

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

/** In the embedded cloud, or with the backend that pulumi is logged in to. */
export async function openStack(name: string, options: OpenOptions): Promise<RolloutStack> {
  const stack = await openPulumi(name, options);
  return {
    name,
    close: stack.close,
    exported: stack.exported,
    releases: async () => parseReleases((await stack.outputs())[RECORD]),
    async update(services, instructions) {
      const targets = services.flatMap((service) => targetsOf(name, service)).flatMap((target) => ["--target", target]);
      const told = await stack.run(["up", "--yes", "--skip-preview", "--non-interactive", "--stack", name, ...targets], {
        [TARGETED]: targetedText(process.pid, services), ...(instructions.length > 0 && { [INSTRUCTIONS]: JSON.stringify(instructions) }),
      });
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
