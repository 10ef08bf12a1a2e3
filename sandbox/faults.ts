import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { firstLine } from "./errors.ts";

/** What goes wrong in the sandbox on purpose. Every part is off unless given. */
export interface Faults {
  /** Milliseconds that each call of the cloud takes longer. @default 0 */
  latency?: number;
  /** Share of the calls of the cloud that fail, 0 to 1. @default 0 */
  failureRate?: number;
  /** Seed of the failures: the same seed fails the same calls of the same sequence. @default 1 */
  seed?: number;
  /** Type or function token, `*` for any characters: every call about it fails. */
  failType?: string;
  /** The connection is cut once, after this many calls of the cloud. */
  disconnectAfter?: number;
  /** Name of a Deployment that is stored but never becomes ready. */
  neverReady?: string;
}

interface Setting {
  variable: string;
  accepts: (value: unknown) => boolean;
  must: string;
  advice: string;
}

const WHOLE = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const TEXT = (value: unknown) => typeof value === "string" && value !== "";

const SETTINGS: Record<keyof Faults, Setting> = {
  latency: { variable: "SLIPWAY_SANDBOX_LATENCY", accepts: WHOLE, must: "a whole number of milliseconds", advice: "give 0 or more" },
  failureRate: { variable: "SLIPWAY_SANDBOX_FAILURE_RATE", accepts: (value) => typeof value === "number" && value >= 0 && value <= 1, must: "a share", advice: "give 0 to 1" },
  seed: { variable: "SLIPWAY_SANDBOX_SEED", accepts: WHOLE, must: "a whole number", advice: "give 0 or more" },
  failType: { variable: "SLIPWAY_SANDBOX_FAIL_TYPE", accepts: TEXT, must: "a type token or a pattern of one", advice: "give e.g. github:index/repository:Repository or kubernetes:*" },
  disconnectAfter: { variable: "SLIPWAY_SANDBOX_DISCONNECT_AFTER", accepts: (value) => WHOLE(value) && value !== 0, must: "a whole number of calls", advice: "give 1 or more" },
  neverReady: { variable: "SLIPWAY_SANDBOX_NEVER_READY", accepts: TEXT, must: "the name of a Deployment", advice: "give the name in metadata.name" },
};

const NUMBERS = new Set(["latency", "failureRate", "seed", "disconnectAfter"]);

/** Faults of the environment, over those of `faults.yaml` beside the cloud; all problems at once in the house format. */
export function readFaults(folder: string, environment: Record<string, string | undefined>): { faults: Faults; problems: string[] } {
  const problems: string[] = [];
  const faults: Faults = { ...fileFaults(join(dirname(folder), "faults.yaml"), problems) };
  for (const [key, setting] of entries()) {
    const text = environment[setting.variable];
    if (text === undefined || text === "") continue;
    accept(faults, key, setting.variable, NUMBERS.has(key) && text.trim() !== "" ? numberOr(text) : text, problems);
  }
  return { faults, problems };
}

function fileFaults(file: string, problems: string[]): Faults {
  if (!existsSync(file)) return {};
  const faults: Faults = {};
  const content = readYaml(file, problems);
  if (content === undefined) return faults;
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    problems.push(`${file}: must be a mapping, got ${JSON.stringify(content)}; give keys such as latency or failureRate`);
    return faults;
  }
  for (const [name, value] of Object.entries(content)) {
    const known = entries().find(([key]) => key === name);
    if (known === undefined) problems.push(`${file}: ${name} is no fault, got ${JSON.stringify(value)}; use one of ${Object.keys(SETTINGS).join(", ")}`);
    else accept(faults, known[0], `${file}: ${name}`, value, problems);
  }
  return faults;
}

function readYaml(file: string, problems: string[]): unknown {
  try {
    return parse(readFileSync(file, "utf8")) ?? undefined;
  } catch (error) {
    problems.push(`${file}: is not readable YAML, got ${JSON.stringify(firstLine(error))}; correct it or delete it`);
    return undefined;
  }
}

function accept(faults: Faults, key: keyof Faults, path: string, value: unknown, problems: string[]): void {
  const { accepts, must, advice } = SETTINGS[key];
  if (accepts(value)) Object.assign(faults, { [key]: value });
  else problems.push(`${path}: must be ${must}, got ${JSON.stringify(value)}; ${advice}`);
}

function numberOr(text: string): number | string {
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

function entries(): [keyof Faults, Setting][] {
  // Object.entries widens the keys; the table's own type says that they are those of Faults.
  return (["latency", "failureRate", "seed", "failType", "disconnectAfter", "neverReady"] as const).map((key) => [key, SETTINGS[key]]);
}
