import { spawn } from "node:child_process";

export interface Finished {
  /** The exit code; 127 when the command does not exist, 124 when it took too long. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  folder?: string;
  environment?: NodeJS.ProcessEnv;
  /** In milliseconds. @default no limit */
  limit?: number;
  /** Called with each line of the error stream as it comes. */
  line?: (text: string) => void;
}

/** Runs a command to its end without a terminal and collects what it says. It never rejects: a failure is a code and a text. */
export function command(name: string, args: string[], options: CommandOptions = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(name, args, {
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      env: options.environment ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: options.limit !== undefined,
    });
    let stdout = "";
    let stderr = "";
    let late = false;
    const stop = () => {
      late = true;
      // A group of its own, so that what the command started ends with it.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    };
    const timer = options.limit === undefined ? undefined : setTimeout(stop, options.limit);
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    let rest = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach((each) => options.line?.(each));
    });
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ code: 127, stdout, stderr: error.message });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : (code ?? 1), stdout, stderr });
    });
  });
}
