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
  /** Called with each line of either stream as it comes. */
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
    const lines = [splitter(options.line), splitter(options.line)] as const;
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text)).on("data", lines[0].take).on("end", lines[0].end);
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text)).on("data", lines[1].take).on("end", lines[1].end);
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

/** Cuts a stream of text into lines, the last one included when it lacks its newline. */
function splitter(line: (text: string) => void = () => {}): { take(text: string): void; end(): void } {
  let rest = "";
  return {
    take(text) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      parts.forEach((each) => line(each));
    },
    end() {
      if (rest !== "") line(rest);
      rest = "";
    },
  };
}
