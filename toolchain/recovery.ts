import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** An operation that was under way when its run was killed, as the state keeps it. */
interface Pending {
  type: string;
  resource: { urn: string; type: string };
}

/** A stack's state as `pulumi stack export` gives it; only what recovery looks at. */
export interface Exported {
  deployment: { pending_operations?: Pending[]; resources?: { urn: string }[]; [key: string]: unknown };
  [key: string]: unknown;
}

export interface Recovery {
  /** The state without the operations, for `pulumi stack import`. */
  state: Exported;
  /** What the cloud may hold although the state does not know it. */
  strays: string[];
  /** "creating Repository r2", one an operation. */
  operations: string[];
}

/**
 * What to do about the operations of a killed run, for the providers that the sandbox serves; undefined when there are none.
 * All of them can be forgotten: an update or a deletion is done again because the state still shows what was before it, and
 * what was created without the state's knowledge is a stray to remove.
 */
export function planRecovery(exported: Exported, served: readonly string[]): Recovery | undefined {
  const pending = exported.deployment.pending_operations ?? [];
  const ours = pending.filter((each) => served.includes(each.resource.type.split(":")[0] ?? ""));
  if (ours.length === 0) return undefined;
  const known = new Set(exported.deployment.resources?.map((each) => each.urn));
  return {
    state: { ...exported, deployment: { ...exported.deployment, pending_operations: pending.filter((each) => !ours.includes(each)) } },
    strays: ours.filter((each) => each.type === "creating" && !known.has(each.resource.urn)).map((each) => each.resource.urn),
    operations: ours.map((each) => `${each.type} ${each.resource.type.split(":").at(-1)} ${each.resource.urn.split("::").at(-1)}`),
  };
}

/** Removes the cloud's documents that say they were made by one of these resources. */
export function removeStrays(cloud: string, urns: readonly string[]): void {
  if (urns.length === 0) return;
  const heads = new Set(urns.map((urn) => `# made by ${urn}`));
  for (const name of readdirSync(cloud, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".yaml")) continue;
    const path = join(cloud, name);
    const [head = ""] = readFileSync(path, "utf8").split("\n", 1);
    if (heads.has(head)) rmSync(path);
  }
}
