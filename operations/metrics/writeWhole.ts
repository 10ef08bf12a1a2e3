import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes a file so that a reader finds the old text or the new one, never half of it. */
export function writeWhole(file: string, text: string, mode: number = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  // A name that node_exporter's collector does not read, in the same folder: a rename over a file system's border is a copy.
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
