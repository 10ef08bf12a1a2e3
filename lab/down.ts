import { existsSync, rmSync } from "node:fs";
import { endLeftovers } from "../toolchain/leftovers.ts";
import { withLock } from "../toolchain/lock.mjs";
import { say } from "../toolchain/progress.ts";
import type { Progress } from "../toolchain/progress.ts";
import { labMark, recordedParts, stop } from "./processes.ts";

/** Parts end in a second or two; the API server waits for its watchers, which the lab need not. */
const PATIENCE = 3000;

export interface DownOptions {
  /** Leave data and logs. @default false */
  keep?: boolean;
  progress?: Progress;
}

/** Stops every part of the lab in a folder with all that it started, and removes the folder. Answers how many parts ran. */
export async function down(folder: string, { keep = false, progress = say }: DownOptions = {}): Promise<number> {
  if (!existsSync(folder)) return 0;
  return withLock(`${folder}.lock`, async () => {
    const all = await Promise.all(recordedParts(folder).map(async (part) => ({ part, was: await stop(folder, part, PATIENCE) })));
    const left = endLeftovers(labMark(folder));
    if (left.length > 0) progress(`lab: ended ${left.length} ${left.length === 1 ? "process" : "processes"} that a killed part had left`);
    if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    return all.filter(({ was }) => was === "stopped").length;
  }, { waiting: (pid) => progress(`process ${pid} is starting or stopping this lab: waiting for it`) });
}
