import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkProgram } from "./fleet.ts";
import type { Measurement } from "./measure.ts";
import { registeredOf } from "./registered.ts";
import { root } from "../toolchain/paths.ts";
import { inRoom, work } from "./room.ts";
import type { Subject } from "./room.ts";

export type Steps = Record<"preview" | "up" | "unchanged preview" | "unchanged up", Measurement>;

/** Measures each step of a stack's first day, in a fresh cloud. */
export async function steps(subject: Subject): Promise<Steps> {
  return inRoom(subject, async (pulumi) => ({
    preview: await pulumi(["preview"]),
    up: await pulumi(["up", "--yes", "--skip-preview"]),
    "unchanged preview": await pulumi(["preview"]),
    "unchanged up": await pulumi(["up", "--yes", "--skip-preview"]),
  }));
}

/** The floor of a stack: the same resources in the same order, registered by a program that does nothing else. */
export async function floorOf(subject: Subject): Promise<{ floor: Subject; count: number }> {
  const registered = registeredOf(await inRoom(subject, async (pulumi, text) => {
    await pulumi(["up", "--yes", "--skip-preview"]);
    return text(["stack", "export", "--show-secrets"]);
  }));
  const file = join(work, `floor-${subject.stack}.json`);
  writeFileSync(file, JSON.stringify(registered));
  const project = join(work, `floor-${subject.stack}`);
  linkProgram(join(root, "bench", "floor"), project);
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  const floor = { project, stack: "floor", environment: { SLIPWAY_FLOOR: file } };
  return { floor, count: registered.length };
}
