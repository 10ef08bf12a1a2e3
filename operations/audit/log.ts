import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { withLock } from "../../toolchain/lock.mjs";

/** A log that only grows: one JSON object a line, each with the hash of the line before, so that a changed or missing line shows. */
export interface AuditLog {
  /** @throws when it cannot be written, also because another process keeps it for seconds */
  append(event: object): Promise<void>;
}

/** The hash before the first line. */
const BEGINNING = "0".repeat(64);

/** Milliseconds: another process needs as many to write its line, and one that hangs must not keep a driver from its work. */
const WAITING = { interval: 10, patience: 3000 };

/** Opens the log at `file`, which several processes may write; a line that a kill cut off is ended, and its rest stays for people to see. */
export function auditLog(file: string): AuditLog {
  return { append: (event) => withLock(`${file}.lock`, () => appended(file, event), WAITING) };
}

/** Between the reading of the last line and the writing of the next nobody else may write. */
function appended(file: string, event: object): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const line = JSON.stringify({ ...event, before: hashOf(lastLine(text)) });
  const descriptor = openSync(file, "a", 0o600);
  try {
    writeSync(descriptor, `${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Numbers, from 1, of the lines whose `before` is not the hash of the line before them. */
export function brokenLines(text: string): number[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.flatMap((line, index) => (beforeOf(line) === hashOf(lines[index - 1]) ? [] : [index + 1]));
}

function lastLine(text: string): string | undefined {
  return text.split("\n").filter((line) => line !== "").at(-1);
}

function hashOf(line: string | undefined): string {
  return line === undefined ? BEGINNING : createHash("sha256").update(line).digest("hex");
}

function beforeOf(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "before" in value ? value.before : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
