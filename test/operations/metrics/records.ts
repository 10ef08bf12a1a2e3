import type { RecordedRelease, Update } from "../../../operations/metrics/releaseRuns.ts";

/** Noon of 1 June 2026, and what came days after. */
export const NOON = Date.parse("2026-06-01T12:00:00Z") / 1000;
export const DAY = 86_400;

interface Short {
  stable: string;
  candidate?: [id: string, weight: number];
  retained?: string[];
  /** Rejected revisions, each with the days after NOON. */
  rejected?: [id: string, days: number][];
  held?: string;
}

/** A record in short. */
export function record({ stable, candidate, retained = [], rejected = [], held }: Short): RecordedRelease {
  const [id, weight = 0] = candidate ?? [];
  return {
    stage: held !== undefined ? { kind: "held", reason: held } : { kind: id === undefined ? "settled" : "rollout" },
    since: "2026-06-01T12:00:00.000Z",
    revisions: [
      { id: stable, role: "stable", weight: 100 - weight },
      ...(id === undefined ? [] : [{ id, role: "candidate" as const, weight }]),
      ...retained.map((each) => ({ id: each, role: "retained" as const, weight: 0 })),
    ],
    rejected: rejected.map(([each, days]) => ({ id: each, reason: "error rate 7 %", at: new Date((NOON + days * DAY) * 1000).toISOString() })),
  };
}

/** An update of service `shop` some days after NOON, from a commit of that day. */
export function update(days: number, shop: Short | undefined, result = "succeeded"): Update {
  return { kind: "update", result, endedAt: NOON + days * DAY, commit: commitOf(days), releases: shop === undefined ? {} : { shop: record(shop) } };
}

export function commitOf(days: number): string {
  return Math.round(days * 1000).toString(16).padStart(40, "0");
}
