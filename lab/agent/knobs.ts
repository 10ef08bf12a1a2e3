import { readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import type { Knobs } from "../demo/knobs.ts";

/**
 * What the files of a folder say of a pod: `<namespace>/<name>` is turned by `<namespace>.<start of the name>.json`, so that the
 * name of a Deployment turns all of its pods. A longer name wins.
 */
export function readKnobs(folder: string, key: string): Partial<Knobs> {
  const pod = key.replace("/", ".");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json") && pod.startsWith(`${name.slice(0, -".json".length)}-`));
  return Object.assign({}, ...files.sort((one, other) => one.length - other.length).map((name) => parsed(join(folder, name))));
}

/** A file that is being written is read again when it is done. */
function parsed(path: string): Partial<Knobs> {
  try {
    const knobs: Partial<Knobs> = JSON.parse(readFileSync(path, "utf8"));
    return knobs;
  } catch (error) {
    process.stderr.write(`${path}: cannot be read, got "${error instanceof Error ? error.message : String(error)}"; write a JSON object of knobs\n`);
    return {};
  }
}

/** Calls `changed` whenever a file of the folder changes. */
export function watchKnobs(folder: string, changed: () => void, signal: AbortSignal): void {
  watch(folder, { signal }, changed);
}
