import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

export interface Measurement {
  /** Wall time. */
  seconds: number;
  /** Highest sum of the resident memory of the command and all that it started, sampled every 50 ms. */
  mebibytes: number;
}

/** Runs a command to its end; a failure ends the bench, since its time would mean nothing. */
export function measure(command: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Measurement> {
  const [program = "", ...args] = command;
  const began = performance.now();
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let peak = 0;
  child.stdout.on("data", (chunk: Buffer) => (output += chunk));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk));
  const timer = setInterval(() => child.pid !== undefined && (peak = Math.max(peak, residentTree(child.pid))), 50);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ seconds: (performance.now() - began) / 1000, mebibytes: peak });
      else reject(new Error(`${command.join(" ")}: exit code ${code}\n${output.slice(-4000)}`));
    });
  });
}

/** Mebibytes of a process and its descendants, from /proc. */
function residentTree(root: number): number {
  const children = new Map<number, number[]>();
  const resident = new Map<number, number>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const status = readStatus(entry);
    if (status === undefined) continue;
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    resident.set(Number(entry), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
  }
  const sum = (pid: number): number => (resident.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(root);
}

/** A process may end between the listing and the reading; it then holds no memory. */
function readStatus(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return undefined;
  }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
