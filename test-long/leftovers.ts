import { readdirSync, readFileSync } from "node:fs";

/** Ends the processes whose environment has this variable with this value: a language host never notices that its engine was killed. */
export function endLeftovers(variable: string, value: string): void {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (environmentOf(pid).includes(`${variable}=${value}`)) end(Number(pid));
  }
}

/** Nothing of a process that ended meanwhile or is somebody else's. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
  } catch {
    return [];
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
