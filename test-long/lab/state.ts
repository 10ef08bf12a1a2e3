import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { alive } from "../../toolchain/lock.mjs";
import type { OneService } from "../one-service.ts";

/** Whether an update of the stack runs now: a live process has the backend's lock. */
export function updating({ folder }: OneService): boolean {
  const home = join(folder, "box/state/.pulumi/locks");
  const locks = existsSync(home) ? readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json")) : [];
  return locks.some((name) => alive(ownerOf(join(home, name))));
}

/** A lock that is being written or is gone by now has no owner. */
function ownerOf(file: string): number {
  try {
    const { pid }: { pid: number } = JSON.parse(readFileSync(file, "utf8"));
    return pid;
  } catch {
    return 0;
  }
}

interface Release {
  revisions: { id: string; weight: number }[];
  rejected: { id: string }[];
}

interface Checkpoint {
  checkpoint: { latest: { resources: { type: string; outputs?: { releases?: { shop?: Release } } }[] } };
}

/** What is recorded of the release, read without a lock; undefined before the first deployment. */
export function recorded({ folder }: OneService): Release | undefined {
  const file = join(folder, "box/state/.pulumi/stacks/slipway/sandbox.json");
  const { checkpoint: { latest: { resources } } }: Checkpoint = JSON.parse(readFileSync(file, "utf8"));
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs?.releases?.shop;
}
