import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The Node that runs the project, whatever started jest. */
export const node = join(import.meta.dirname, "../../node_modules/.bin/node");

const rooms: string[] = [];

/** A folder of its own, removed by `clearRooms`. */
export function room(): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-toolchain-"));
  rooms.push(folder);
  return folder;
}

export function clearRooms(): void {
  rooms.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
}

/** Writes a file with its folders. */
export function put(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Writes a program of /bin/sh. */
export function script(path: string, text: string): string {
  put(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

export interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  pid: number;
  done: Promise<Run>;
  /** Resolves when either stream has said `text`; rejects when the process ends before it does. */
  says(text: string): Promise<void>;
}

/** Starts a process in a group of its own, so that a test can end everything it started. */
export function launch(command: string, args: string[], env: NodeJS.ProcessEnv, cwd?: string): Running {
  const folder = process.env["SLIPWAY_COVERAGE"];
  const recorded = folder !== undefined && command === node;
  const all = recorded ? ["--import", join(import.meta.dirname, "recorder.mjs"), ...args] : args;
  const child = spawn(command, all, { env: recorded ? { ...env, SLIPWAY_COVERAGE: folder } : env, stdio: ["ignore", "pipe", "pipe"], detached: true, ...(cwd === undefined ? {} : { cwd }) });
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  child.stdout.on("data", (text: Buffer) => ((stdout += text), listeners.forEach((listen) => listen())));
  child.stderr.on("data", (text: Buffer) => ((stderr += text), listeners.forEach((listen) => listen())));
  const done = new Promise<Run>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const listen = () => void (`${stdout}${stderr}`.includes(text) && resolve());
      listeners.add(listen);
      listen();
      void done.then((run) => reject(new Error(`ended with ${run.code} before it said "${text}": ${run.stderr}`)));
    });
  return { pid: child.pid ?? 0, done, says };
}

/** Resolves when the condition holds; looks every 10 ms, so that waiting costs the waited-for process nothing. */
export function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!condition()) return;
      clearInterval(timer);
      resolve();
    }, 10);
  });
}
