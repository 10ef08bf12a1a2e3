import type { Release } from "./release-types.ts";

/** Name of the stack output that holds the releases. */
export const RECORD = "releases";

/**
 * Reads what an earlier update wrote. A damaged record is an error: taken for none it would send all traffic to what is desired.
 * @throws RangeError `<path>: <what is wrong>, got <value>; <what to do>`
 */
export function parseReleases(value: unknown): Record<string, Release> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw damaged(RECORD, "is not a map of services", value);
  return Object.fromEntries(Object.entries(value).map(([service, release]) => [service, parseRelease(`${RECORD}.${service}`, release)]));
}

function parseRelease(path: string, value: unknown): Release {
  if (!isRelease(value)) throw damaged(path, "is not a release", value);
  const sum = value.revisions.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100) throw damaged(`${path}.revisions`, "has weights that do not add up to 100", value.revisions.map(({ weight }) => weight));
  const [first, second] = value.revisions.map(({ role }) => role);
  const others = value.revisions.slice(second === "candidate" ? 2 : 1);
  if (first !== "stable" || others.some(({ role, weight }) => role !== "retained" || weight !== 0)) {
    throw damaged(`${path}.revisions`, "is not one stable revision, at most one candidate, and retained ones at 0", value.revisions.map(({ role }) => role));
  }
  return value;
}

function isRelease(value: unknown): value is Release {
  return isRecord(value)
    && Array.isArray(value.revisions) && value.revisions.every(isRevision)
    && isStage(value.stage)
    && typeof value.since === "string"
    && Array.isArray(value.rejected) && value.rejected.every((rejection) => hasTexts(rejection, "id", "reason", "at"))
    && (value.asked === undefined || isAsked(value.asked));
}

function isAsked(value: unknown): boolean {
  return hasTexts(value, "image", "instead") && isRecord(value) && (value.strategy === undefined || hasTexts(value.strategy, "kind"));
}

function isRevision(value: unknown): boolean {
  return hasTexts(value, "id", "image", "role") && isRecord(value) && (value.configured === undefined || hasTexts(value, "configured")) && Number.isInteger(value.weight) && isRecord(value.specification);
}

function isStage(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return value.kind === "settled" || value.kind === "rollout" || (value.kind === "held" && typeof value.reason === "string");
}

function hasTexts(value: unknown, ...keys: string[]): boolean {
  return isRecord(value) && keys.every((key) => typeof value[key] === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function damaged(path: string, wrong: string, value: unknown): RangeError {
  const text = JSON.stringify(value);
  const got = text.length <= 60 ? text : `${text.slice(0, 59)}…`;
  return new RangeError(`${path}: ${wrong}, got ${got}; restore the stack's outputs from its history (pulumi stack history, pulumi stack import)`);
}
