import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { markVariable } from "../toolchain/leftovers.ts";
import { alive, processStart } from "../toolchain/lock.mjs";

/** What is written down of a process: the id alone could be another's by now. */
export interface ProcessRecord {
  pid: number;
  /** When it began, in the kernel's ticks. */
  start: string;
  program: string;
}

export interface Command {
  program: string;
  args: string[];
  environment: Record<string, string>;
}

/** The mark in the environment of everything that a lab starts. */
export function labMark(folder: string): string {
  return `lab:${folder}`;
}

function recordFile(folder: string, part: string): string {
  return join(folder, "run", `${part}.json`);
}

/** Where a part writes what it says. */
export function logFile(folder: string, part: string): string {
  return join(folder, "log", `${part}.log`);
}

/** The record of a part, or undefined where it was not started. */
export function readRecord(folder: string, part: string): ProcessRecord | undefined {
  const path = recordFile(folder, part);
  if (!existsSync(path)) return undefined;
  const record: ProcessRecord = JSON.parse(readFileSync(path, "utf8"));
  return record;
}

/** True while the very process of the record runs: its id, its start and its program, which one that is ending has given back before its ports. */
export function running(record: ProcessRecord): boolean {
  return alive(record.pid) && processStart(record.pid) === record.start && [record.program, ""].includes(programOf(record.pid));
}

function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "";
  } catch {
    return "";
  }
}

/**
 * Waits for the death of its parent, then becomes the program. Envoy asks to end with its parent, so it must not begin as the child
 * of a command that ends.
 */
const ORPHANED = '(while kill -0 $$ 2>/dev/null; do sleep 0.01; done; exec "$0" "$@") >&3 2>&3 3>&- & echo $!';

/** Starts a part on its own, so that it outlives this command. @throws Error when no process can be started */
export async function start(folder: string, part: string, { args, environment, program }: Command): Promise<ProcessRecord> {
  const log = openSync(logFile(folder, part), "a");
  try {
    const child = spawn("/bin/sh", ["-c", ORPHANED, program, ...args], {
      cwd: folder, detached: true, stdio: ["ignore", "pipe", log, log], env: { ...environment, [markVariable]: labMark(folder) },
    });
    const pid = await new Promise<number>((resolve, reject) => {
      let said = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => (said += text));
      child.once("error", reject).once("close", () => resolve(Number(said)));
    });
    const record = { pid, start: processStart(pid), program };
    while (alive(pid) && !running(record)) await pause(5);
    writeFileSync(`${recordFile(folder, part)}.new`, JSON.stringify(record));
    renameSync(`${recordFile(folder, part)}.new`, recordFile(folder, part));
    return record;
  } finally {
    closeSync(log);
  }
}

/** Ends a part, by force after `patience` milliseconds. A process that only has its id is left alone. */
export async function stop(folder: string, part: string, patience: number): Promise<"stopped" | "not running"> {
  const record = readRecord(folder, part);
  const was = record !== undefined && running(record);
  if (was) {
    process.kill(record.pid, "SIGTERM");
    const end = Date.now() + patience;
    while (running(record) && Date.now() < end) await pause(20);
    if (running(record)) process.kill(record.pid, "SIGKILL");
    while (running(record)) await pause(20);
  }
  rmSync(recordFile(folder, part), { force: true });
  return was ? "stopped" : "not running";
}

/** Every part that was started in a folder. */
export function recordedParts(folder: string): string[] {
  const home = join(folder, "run");
  return existsSync(home) ? readdirSync(home).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length)) : [];
}

/** The last lines that a part wrote. */
export function lastWords(folder: string, part: string, lines = 5): string {
  const path = logFile(folder, part);
  return existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n").slice(-lines).join("\n") : "";
}
