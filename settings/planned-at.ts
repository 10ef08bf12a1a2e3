import type { Problem } from "./problem.ts";

/** The environment variable that holds the moment of a plan, so that the update of a reviewed plan records what was reviewed. */
export const PLANNED_AT = "SLIPWAY_PLANNED_AT";

/** The moment that a release's record says, in ISO 8601 and UTC; absent and empty mean now. */
export function parsePlannedAt(text: string | undefined): { now: Date; problems: Problem[] } {
  if (text === undefined || text === "") return { now: new Date(), problems: [] };
  const now = new Date(text);
  if (!Number.isNaN(now.getTime()) && now.toISOString() === text) return { now, problems: [] };
  return { now: new Date(0), problems: [{ path: PLANNED_AT, wrong: "is not a moment in UTC to the millisecond", got: text, todo: "leave it to slipway up, or write one such as 2026-11-21T20:00:00.000Z" }] };
}
