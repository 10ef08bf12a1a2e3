import type { Finished } from "../../toolchain/command.ts";
import { list, record, text } from "../unknown.ts";

const LONGEST = 300;

/** What the engine printed as JSON; undefined where there is none. */
export function engineJson(stdout: string): Record<string, unknown> | undefined {
  const start = stdout.indexOf("{");
  if (start < 0) return undefined;
  try {
    return record(JSON.parse(stdout.slice(start)));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Why a run of the engine failed, on one line: its first error, and how many there are. */
export function engineWords({ stdout, stderr }: Pick<Finished, "stdout" | "stderr">): string {
  const told = list(engineJson(stdout), "diagnostics").filter((each) => text(each, "severity") === "error").map((each) => text(each, "message"));
  const lines = told.length > 0 ? told : `${stderr}\n${stdout}`.split("\n").filter((line) => /\berror:/.test(line));
  const errors = [...new Set(lines.map((line) => line.replace(/\s+/g, " ").replace(/^ ?error: /, "").trim()))];
  const [first = stderr.trim().split("\n").at(-1) ?? ""] = errors;
  const short = first.length > LONGEST ? `${first.slice(0, LONGEST)}…` : first;
  return `${JSON.stringify(short)}${errors.length > 1 ? ` and ${errors.length - 1} more` : ""}`;
}
