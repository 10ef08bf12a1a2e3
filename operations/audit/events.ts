import { json } from "../../settings/json.ts";

/**
 * One line of a rollout's audit log, JSON: the events of docs/rollout-contract.md, with the service and revision that they are about.
 * Readers skip events and fields that they do not know.
 */
export interface AuditEvent {
  /** ISO 8601, UTC. */
  at: string;
  /** `started`, `stage`, `gate`, `baking`, `held`, `rolled-back`, `done`, `failed`, or one that came later. */
  event: string;
  service: string;
  /** Id of the revision that is being rolled out. */
  revision: string;
  image?: string | undefined;
  /** Percent of the requests, 0 – 100. */
  weight?: number | undefined;
  reason?: string | undefined;
  /** Of `rolled-back`: seconds from the evidence to weight 0. */
  seconds?: number | undefined;
}

/** The events of an audit log, oldest first. A line that is none (cut off by a kill, or of another kind) is left out. */
export function parseAuditLog(text: string): AuditEvent[] {
  return text.split("\n").flatMap((line) => eventOf(line)).sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
}

function eventOf(line: string): AuditEvent[] {
  const value = json(line);
  if (typeof value !== "object" || value === null) return [];
  const { at, event, service, revision, image, weight, reason, seconds }: Partial<Record<keyof AuditEvent, unknown>> = value;
  if (typeof at !== "string" || Number.isNaN(Date.parse(at)) || typeof event !== "string" || typeof service !== "string" || typeof revision !== "string") return [];
  return [{ at, event, service, revision, image: textOf(image), weight: numberOf(weight), reason: textOf(reason), seconds: numberOf(seconds) }];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
