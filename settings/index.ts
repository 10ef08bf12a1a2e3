import { getStack, RunError } from "@pulumi/pulumi";
import type { Instruction } from "../components/delivery/release-types.ts";
import { secretFingerprint } from "../components/delivery/revision-id.ts";
import type { SecretOf } from "../components/secrets.ts";
import { plainSecret, readConfig, secretOf } from "./config.ts";
import { INSTRUCTIONS, parseInstructions } from "./instructions.ts";
import { parseSettings } from "./parse.ts";
import { parsePlannedAt, PLANNED_AT } from "./planned-at.ts";
import { problemText } from "./problem.ts";
import type { Problem } from "./problem.ts";
import type { Sections } from "./schema/settings.ts";
import { FINGERPRINT_KEY } from "./secrets.ts";
import { PROJECT } from "./section.ts";
import { ancestors, narrowed, TARGETED, targetedServices } from "./targeted.ts";

export type { Sections } from "./schema/settings.ts";

/** Everything that the program is told from outside. */
export interface Settings extends Sections {
  /** The stack's name; stacks differ in their values, so it only serves as a label. */
  stack: string;
  /** What operations ask of the releases in this update; mostly nothing. */
  instructions: readonly Instruction[];
  /** Whether this update is about some of the services alone: nothing else of the stack is among the sections. */
  narrowed: boolean;
  /** When this update was planned: what its records say of time. */
  now: Date;
  secretOf: SecretOf;
  /** HMAC-SHA256 of a config secret's value under `slipway:fingerprintKey`: 64 hexadecimal digits. */
  fingerprint: (key: string) => string;
}

const SHORTEST_KEY = 32;

/**
 * Reads the stack's config, its name and the environment; nothing else does.
 * @throws RunError with all problems, one a line, before anything is registered
 */
export function readSettings(): Settings {
  const { raw, secretKeys } = readConfig();
  const parsed = parseSettings(raw, secretKeys);
  const services = "settings" in parsed ? parsed.settings.declared.services : undefined;
  const { instructions, problems } = parseInstructions(process.env[INSTRUCTIONS], services);
  const planned = parsePlannedAt(process.env[PLANNED_AT]);
  const others = [...weakKey(secretKeys), ...problems, ...planned.problems];
  if ("problems" in parsed) throw refusal([...parsed.problems, ...others]);
  if (others.length > 0) throw refusal(others);
  const targeted = targetedServices(process.env[TARGETED], parsed.settings.declared.services, ancestors);
  const sections = targeted === undefined ? parsed.settings : narrowed(parsed.settings, targeted);
  return { ...sections, narrowed: targeted !== undefined, stack: getStack(), instructions, now: planned.now, secretOf, fingerprint };
}

function refusal(problems: readonly Problem[]): RunError {
  return new RunError(problems.map(problemText).join("\n"));
}

function fingerprint(key: string): string {
  return secretFingerprint(plainSecret(FINGERPRINT_KEY), plainSecret(key));
}

// With a short key, whoever reads a recorded id could try keys and values until one fits.
function weakKey(secretKeys: ReadonlySet<string>): Problem[] {
  if (!secretKeys.has(`${PROJECT}:${FINGERPRINT_KEY}`) || plainSecret(FINGERPRINT_KEY).length >= SHORTEST_KEY) return [];
  const todo = `run openssl rand -hex 32 | pulumi config set --secret ${PROJECT}:${FINGERPRINT_KEY}`;
  return [{ path: `secrets.${FINGERPRINT_KEY}`, wrong: `has fewer than ${SHORTEST_KEY} characters`, todo }];
}
