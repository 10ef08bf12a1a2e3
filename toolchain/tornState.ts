import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes what a kill in the middle of a write leaves beside the files of one stack: half-written copies, and the empty file of
 * attributes that makes pulumi's file backend refuse a whole checkpoint ("EOF"). The checkpoint itself is renamed into place, so it
 * is whole. Only for a stack that no living process has locked.
 */
export function mendTornState(state: string, stack: string): void {
  const folders: [string, (name: string) => boolean][] = [
    [join(state, ".pulumi", "stacks", "slipway"), (name) => name.startsWith(`${stack}.json`)],
    [join(state, ".pulumi", "history", "slipway", stack), () => true],
  ];
  for (const [folder, ours] of folders) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).filter(ours)) {
      const path = join(folder, name);
      if (name.endsWith(".tmp") || (name.endsWith(".attrs") && statSync(path).size === 0)) rmSync(path, { force: true });
    }
  }
}
