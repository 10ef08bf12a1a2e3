import { spawn } from "node:child_process";
import { constants } from "node:os";
import { Problem } from "./problem.ts";

export interface TerminalOptions {
  folder: string;
  environment: NodeJS.ProcessEnv;
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
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { cwd: options.folder, env: options.environment, stdio: "inherit" });
    const terminal = process.stdin.isTTY || process.stdout.isTTY;
    const interrupt = () => void (terminal || child.kill("SIGINT"));
    const end = () => void child.kill("SIGTERM");
    process.on("SIGINT", interrupt).on("SIGTERM", end).on("SIGHUP", end);
    const done = () => process.off("SIGINT", interrupt).off("SIGTERM", end).off("SIGHUP", end);
    child.on("error", (error) => {
      done();
      reject(new Problem(`${name}: cannot be started, got ${error.message}; run slipway doctor`));
    });
    child.on("close", (code, signal) => {
      done();
      resolve(code ?? 128 + (signal === null ? 1 : constants.signals[signal]));
    });
  });
}
