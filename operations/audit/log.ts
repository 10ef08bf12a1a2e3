import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** A log that only grows: one JSON object a line, each with the hash of the line before, so that a changed or missing line shows. */
export interface AuditLog {
  append(event: object): void;
}

/** The hash before the first line. */
const BEGINNING = "0".repeat(64);

/** Opens the log at `file`; a line that a kill cut off is ended, and its rest stays for people to see. */
export function auditLog(file: string): AuditLog {
  return {
    append(event) {
      mkdirSync(dirname(file), { recursive: true });
      const text = existsSync(file) ? readFileSync(file, "utf8") : "";
      const line = JSON.stringify({ ...event, before: hashOf(lastLine(text)) });
      const descriptor = openSync(file, "a", 0o600);
      try {
        writeSync(descriptor, `${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    },
  };
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
