import { existsSync, readFileSync, readdirSync } from "node:fs";

/** The environment variable that marks every process of one sandbox run. */
export const markVariable = "SLIPWAY_RUN";

/**
 * Ends what a killed pulumi left running: its language host never notices that the engine is gone. Finds the processes by
 * their mark, where the system shows environments (Linux).
 */
export function endLeftovers(mark: string): number[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid && marked(pid, mark) && end(pid));
}

function marked(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(`${markVariable}=${mark}`);
  } catch {
    // It ended meanwhile, or belongs to somebody else: neither is ours to end.
    return false;
  }
}

function end(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    // It ended between the look and the signal, which is what was wanted.
    return false;
  }
}
