import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Knobs } from "../demo/knobs.ts";

/** One run of the demo app. */
export interface App {
  /** The local port of each name. */
  ports: Record<string, number>;
  /** Its exit code; 128 and the signal's number would be more than anybody asks, so a signal is 137. */
  ended: Promise<number>;
  turn(knobs: Partial<Knobs>): void;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

export interface AppOptions {
  pod: string;
  /** Names of the container's ports. */
  ports: string[];
  environment: Record<string, string>;
  log: string;
}

/** Starts the demo app; resolves once it listens, or with the exit code where it ended before. */
export async function startApp({ environment, log, pod, ports }: AppOptions): Promise<App | number> {
  const output = openSync(log, "a");
  const child = fork(join(import.meta.dirname, "../demo/app.ts"), [], {
    stdio: ["ignore", output, output, "ipc"],
    execArgv: ["--max-old-space-size=64"],
    // What the pod asks for comes first: it cannot take the app's own variables away.
    env: { ...environment, ...marks(), LAB_POD: pod, LAB_PORTS: JSON.stringify(ports) },
  });
  closeSync(output);
  const ended = new Promise<number>((resolve) => {
    child.once("exit", (code) => resolve(code ?? 137));
    child.once("error", () => resolve(127));
  });
  const listening = new Promise<Record<string, number>>((resolve) => child.once("message", (said: Record<string, number>) => resolve(said)));
  const first = await Promise.race([listening, ended]);
  if (typeof first === "number") return first;
  return { ports: first, ended, turn: (knobs) => tell(child, knobs), kill: (signal) => void child.kill(signal) };
}

/** By what `slipway lab down` finds what the lab started. */
function marks(): Record<string, string> {
  const { PATH = "", SLIPWAY_RUN = "" } = process.env;
  return { PATH, SLIPWAY_RUN, NODE_NO_WARNINGS: "1" };
}

/** An app that ends at this moment hears nothing, and needs not. */
function tell(child: ChildProcess, knobs: Partial<Knobs>): void {
  if (child.connected) child.send(knobs, () => undefined);
}
