// Programs without a shell between: an argument is an argument, whatever is in it.
import { execFileSync } from "node:child_process";

/** What the program printed, without the last line's end. A failure throws with what it said. */
export function output(command, ...args) {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 * 1024 * 1024 }).trimEnd();
}

/** Runs it in the log's view. */
export function run(command, ...args) {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
}
