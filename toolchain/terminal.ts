import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { maskLines } from "./mask.ts";
import type { Mask } from "./mask.ts";
import { Problem } from "./problem.ts";

export interface TerminalOptions {
  folder: string;
  environment: NodeJS.ProcessEnv;
  /** Stands between the command and the terminal, which the command then does not see. @default the command writes to the terminal itself */
  mask?: Mask;
  /** Called with the exit code as soon as the command has ended, though what it started may still hold its output open. */
  exited?: (code: number) => void;
}

/** True when somebody can answer a question. */
export function attended(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env["CI"];
}

/**
 * Runs a command on this process's own terminal and resolves to its exit code (128 + the signal's number when one ended it).
 * Ctrl-C at a terminal reaches the command by itself; a second copy would make pulumi give up at once, so only signals
 * that were sent to this process alone are passed on.
 */
export function onTerminal(name: string, args: string[], options: TerminalOptions): Promise<number> {
  const { mask } = options;
  return new Promise((resolve, reject) => {
    const output = mask === undefined ? "inherit" : "pipe";
    const child = spawn(name, args, { cwd: options.folder, env: options.environment, stdio: ["inherit", output, output] });
    // A reader that went away ends the command's output, as it would without a mask: the exit code tells.
    const shown = Promise.allSettled(mask === undefined ? [] : [show(child.stdout, process.stdout, mask), show(child.stderr, process.stderr, mask)]);
    const terminal = process.stdin.isTTY || process.stdout.isTTY;
    const interrupt = () => void (terminal || child.kill("SIGINT"));
    const end = () => void child.kill("SIGTERM");
    process.on("SIGINT", interrupt).on("SIGTERM", end).on("SIGHUP", end);
    const done = () => process.off("SIGINT", interrupt).off("SIGTERM", end).off("SIGHUP", end);
    child.on("error", (error) => {
      done();
      reject(new Problem(`${name}: cannot be started, got ${error.message}; run slipway doctor`));
    });
    const codeOf = (code: number | null, signal: NodeJS.Signals | null) => code ?? 128 + (signal === null ? 1 : constants.signals[signal]);
    child.on("exit", (code, signal) => options.exited?.(codeOf(code, signal)));
    child.on("close", (code, signal) => {
      done();
      void shown.then(() => resolve(codeOf(code, signal)));
    });
  });
}

async function show(source: Readable | null, target: Writable, mask: Mask): Promise<void> {
  if (source === null) return;
  target.on("error", () => source.destroy());
  for await (const text of maskLines(source.setEncoding("utf8"), mask)) {
    await new Promise<void>((written, failed) => target.write(text, (error) => (error ? failed(error) : written())));
  }
}

/** Whether people look at standard output in colour. */
export function isColourful(): boolean {
  return process.stdout.isTTY === true && !process.env["NO_COLOR"];
}
