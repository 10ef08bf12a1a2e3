import { requireLab } from "./folder.ts";
import type { Lab } from "./folder.ts";
import { makers } from "./parts.ts";
import { PARTS } from "./parts/part.ts";
import type { PartName } from "./parts/part.ts";
import { readRecord, running } from "./processes.ts";
import { answers } from "./ready.ts";

/** How one part is doing. `crashed` was started and is gone; `silent` runs and does not answer. */
export interface PartStatus {
  part: PartName;
  state: "ready" | "silent" | "crashed" | "never started";
  pid: number | undefined;
}

export function statusOf(lab: Lab): Promise<PartStatus[]> {
  return Promise.all(PARTS.map(async (part): Promise<PartStatus> => {
    const record = readRecord(lab.folder, part);
    if (record === undefined) return { part, state: "never started", pid: undefined };
    if (!running(record)) return { part, state: "crashed", pid: undefined };
    const { ready } = makers[part].make(lab, "");
    return { part, state: ready === undefined || (await answers(lab, ready)) ? "ready" : "silent", pid: record.pid };
  }));
}

/** `slipway lab status`: exit code 2 when a part does not work. @throws Problem where there is no lab */
export async function status(folder: string, options: { json?: boolean }): Promise<number> {
  const lab = requireLab(folder);
  const parts = await statusOf(lab);
  const lines = parts.map(({ part, pid, state }) => `${part.padEnd(12)}${state}${pid === undefined ? "" : ` (process ${pid})`}\n`);
  process.stdout.write(options.json ? `${JSON.stringify({ folder, ports: lab.ports, parts }, undefined, 2)}\n` : lines.join(""));
  return parts.every(({ state }) => state === "ready") ? 0 : 2;
}
