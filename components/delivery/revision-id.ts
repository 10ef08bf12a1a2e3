import { createHash, createHmac } from "node:crypto";
import type { RevisionSpecification } from "../kubernetes/specification.ts";

/** What makes a revision another one. */
export interface RevisionIdentity {
  /** The image by digest, or by the tag that names a build's inputs. */
  image: string;
  specification: RevisionSpecification;
  /** Keyed fingerprints of the configured secrets, by environment variable. Generated secrets are told apart by their specification. */
  fingerprints: Record<string, string>;
}

/** `r` and ten hexadecimal digits: a DNS label, the same on every machine, and without a trace of a secret's value. */
export function revisionId(identity: RevisionIdentity): string {
  return `r${createHash("sha256").update(canonicalJson(identity)).digest("hex").slice(0, 10)}`;
}

/** HMAC-SHA256 of a secret's value: without the key nobody can try values against a recorded id. 64 hexadecimal digits. */
export function secretFingerprint(key: string, value: string): string {
  return createHmac("sha256", key).update(value).digest("hex");
}

/** JSON with sorted keys and without absent properties: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isPlainObject(part) ? sorted(part) : part));
}

function sorted(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function isPlainObject(part: unknown): part is Record<string, unknown> {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}
