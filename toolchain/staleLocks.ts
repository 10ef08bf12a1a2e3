import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { alive, processStart } from "./lock.mjs";

/** What pulumi's file backend writes into a lock. */
interface Lock {
  pid: number;
  hostname: string;
}

function readLock(path: string): Lock | undefined {
  try {
    const lock: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof lock !== "object" || lock === null) return undefined;
    const { pid, hostname: host } = lock as Partial<Record<keyof Lock, unknown>>;
    return typeof pid === "number" && typeof host === "string" ? { pid, hostname: host } : undefined;
  } catch {
    return undefined;
  }
}

/** True when the process that took the lock is gone: no such id, or the id now belongs to a process that began later. */
function gone(lock: Lock, path: string): boolean {
  if (lock.hostname !== hostname()) return false;
  if (!alive(lock.pid)) return true;
  const began = startTime(lock.pid);
  return began !== undefined && began > statSync(path).mtimeMs + 2000;
}

/** When a process began, in milliseconds since 1970; undefined where the system does not say. */
function startTime(pid: number): number | undefined {
  const ticks = processStart(pid);
  if (ticks === "") return undefined;
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return Date.now() - uptime * 1000 + Number(ticks) * 10;
}

/**
 * Removes the locks of one stack whose process is gone, with one line for each; a live one stays, and pulumi then refuses in its
 * own words. Returns whether a lock remains.
 */
export function clearStaleLocks(state: string, stack: string, say: (line: string) => void): boolean {
  const folder = join(state, ".pulumi", "locks", "organization", "slipway", stack);
  if (!existsSync(folder)) return false;
  const locks = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const stale = locks.filter((name) => {
    const path = join(folder, name);
    const lock = readLock(path);
    if (lock === undefined || !gone(lock, path)) return false;
    for (const file of [path, `${path}.attrs`]) rmSync(file, { force: true });
    say(`stack ${stack}: cleared the lock of process ${lock.pid}, which ended without releasing it`);
    return true;
  });
  return stale.length < locks.length;
}
