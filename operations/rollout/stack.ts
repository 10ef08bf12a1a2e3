import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { parseReleases, RECORD } from "../../components/delivery/record-format.ts";
import { isPinned } from "../../components/images/reference.ts";
import type { Instruction, Release } from "../../components/delivery/release-types.ts";
import { INSTRUCTIONS } from "../../settings/instructions.ts";
import { PROJECT } from "../../settings/section.ts";
import { TARGETED, targetedText } from "../../settings/targeted.ts";
import type { Finished } from "../../toolchain/command.ts";
import { Problem } from "../../toolchain/problem.ts";
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
  /** The image by digest, as the stack's own program looks a tag up; nothing is changed. @throws Problem where it cannot */
  resolve(service: string, image: string): Promise<string>;
  /** The state as `pulumi stack export` prints it. @throws Problem where it cannot be read */
  exported(): Promise<unknown>;
  /** Outputs of these resources as the cloud has them now, by urn. Nothing is written. @throws Problem */
  live(urns: readonly string[]): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** In the embedded cloud, or with the backend that pulumi is logged in to. */
export async function openStack(name: string, options: OpenOptions): Promise<RolloutStack> {
  const stack = await openPulumi(name, options);
  const about = (args: string[], services: readonly string[], instructions: readonly Instruction[]): Promise<Finished> => {
    const targets = services.flatMap((service) => targetsOf(name, service, instructions)).flatMap((target) => ["--target", target]);
    return stack.run([...args, "--non-interactive", "--stack", name, ...targets], {
      [TARGETED]: targetedText(process.pid, services), ...(instructions.length > 0 && { [INSTRUCTIONS]: JSON.stringify(instructions) }),
    });
  };
  return {
    name,
    close: stack.close,
    exported: stack.exported,
    releases: async () => parseReleases((await stack.outputs())[RECORD]),
    async live(urns) {
      const folder = mkdtempSync(join(tmpdir(), "slipway-live-"));
      const events = join(folder, "events");
      try {
        // What the plain output leaves out, a change of outputs alone, is among the engine's events.
        const told = await stack.run(["refresh", "--preview-only", "--non-interactive", "--stack", name, "--event-log", events, ...urns.flatMap((urn) => ["--target", urn])], { PULUMI_DEBUG_COMMANDS: "true" });
        if (told.code !== 0) throw new Problem(`stack ${name}: the cluster cannot be asked, got ${JSON.stringify(failure(told))}; run pulumi refresh --preview-only --stack ${name}`);
        return refreshed(readFileSync(events, "utf8"));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    async resolve(service, image) {
      if (isPinned(image)) return image;
      const told = await about(["preview"], [service], [{ service, action: "release", image }]);
      const found = told.stdout.split(`${service}: release ${image} (`)[1]?.split(")")[0];
      if (told.code === 0 && found !== undefined) return found;
      throw new Problem(`--image: cannot be looked up, got ${JSON.stringify(image)} (${failure(told)}); name it by its digest`);
    },
    async update(services, instructions) {
      const told = await about(["up", "--yes", "--skip-preview"], services, instructions);
      return told.code === 0 ? undefined : failure(told);
    },
  };
}

/**
 * A service and everything under it; a name that begins with another one's is taken along, which changes only what it has to. Of a rejection the
 * service alone: it is only recorded, and pods that do not get ready would keep it waiting once more.
 */
export function targetsOf(stack: string, service: string, instructions: readonly Instruction[]): string[] {
  const urn = (type: string, of: string): string => `urn:pulumi:${stack}::${PROJECT}::${type}::${of}`;
  const own = urn("slipway:delivery:Service", service);
  const rejects = instructions.length > 0 && instructions.every(({ action }) => action === "rollback");
  return rejects ? [own] : [own, urn("slipway:delivery:Service$**", `${service}-**`)];
}

const event = z.object({ resOutputsEvent: z.object({ metadata: z.object({ urn: z.string(), new: z.object({ outputs: z.unknown().optional() }).nullish() }) }).optional() });

/** What a refresh has found, by urn, from the engine's events: one JSON object a line. */
export function refreshed(events: string): Record<string, unknown> {
  return Object.fromEntries(events.split("\n").filter((line) => line !== "").flatMap((line) => {
    const { metadata } = event.parse(JSON.parse(line)).resOutputsEvent ?? {};
    return metadata?.new?.outputs === undefined ? [] : [[metadata.urn, metadata.new.outputs]];
  }));
}

/** The engine's errors without its progress. */
function failure({ stdout, stderr }: Finished): string {
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  const errors = lines.filter((line) => /^error: /.test(line)).map((line) => line.replace(/^error: /, ""));
  return [...new Set(errors)].slice(0, 3).join("; ") || lines.filter((line) => line !== "").at(-1) || "no reason was given";
}
