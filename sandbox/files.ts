import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import type { Dirent } from "node:fs";
import { dirname } from "node:path";
import { hasCode } from "./errors.ts";

/** Another process may remove an emptied folder between its making and the write: then it is made again. */
export function writeInFolder<T>(file: string, write: () => T): T {
  for (let attempt = 1; ; attempt++) {
    mkdirSync(dirname(file), { recursive: true });
    try {
      return write();
    } catch (error) {
      if (!hasCode(error, "ENOENT") || attempt === 5) throw error;
    }
  }
}

/** A file's text, or undefined where there is none. */
export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}

/** A folder's entries; none where there is no folder. */
export function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

/** True where a process of this id lives, whoever owns it. */
export function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
