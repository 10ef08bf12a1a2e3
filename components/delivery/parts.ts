import type { Rejection, Release, Revision, RevisionRecord, Role, Stage } from "./release-types.ts";

export interface Candidate {
  revision: Revision;
  /** Percent; the stable revision has the rest. */
  weight: number;
  /** Why nobody may move it up. */
  held?: string | undefined;
}

/** A release taken apart so that only right ones can be written: one stable, at most one candidate, weights that add up. */
export interface Parts {
  stable: Revision;
  candidate?: Candidate | undefined;
  /** Newest first. */
  retained: Revision[];
  /** Newest first. */
  rejected: Rejection[];
}

/** Takes a recorded release apart. `release` has passed `parseRelease`, so it has a stable revision. */
export function takeApart(release: Release): Parts {
  const [stable] = withRole(release, "stable");
  if (stable === undefined) throw new RangeError("release: has no stable revision, got none; restore the record from the stack's history");
  const [candidate] = withRole(release, "candidate");
  const held = release.stage.kind === "held" ? release.stage.reason : undefined;
  return {
    stable: plain(stable),
    ...(candidate === undefined ? {} : { candidate: { revision: plain(candidate), weight: candidate.weight, held } }),
    retained: withRole(release, "retained").map(plain),
    rejected: release.rejected,
  };
}

/** Puts the parts together again; `since` moves only when a role, a weight, the stage or a verdict on a live revision changed. */
export function putTogether(parts: Parts, before: Release | undefined, now: Date): Release {
  const { stable, candidate, retained, rejected } = parts;
  const release: Release = {
    revisions: [
      record(stable, "stable", 100 - (candidate?.weight ?? 0)),
      ...(candidate === undefined ? [] : [record(candidate.revision, "candidate", candidate.weight)]),
      ...retained.map((revision) => record(revision, "retained", 0)),
    ],
    stage: stageOf(candidate),
    since: now.toISOString(),
    rejected,
  };
  return before !== undefined && sign(before) === sign(release) ? { ...release, since: before.since } : release;
}

/** Revisions of a release that have this role. */
export function withRole(release: Release, role: Role): RevisionRecord[] {
  return release.revisions.filter((revision) => revision.role === role);
}

export function isRejected(rejected: readonly Rejection[], id: string): boolean {
  return rejected.some((rejection) => rejection.id === id);
}

function stageOf(candidate: Candidate | undefined): Stage {
  if (candidate === undefined) return { kind: "settled" };
  return candidate.held === undefined ? { kind: "rollout" } : { kind: "held", reason: candidate.held };
}

function record(revision: Revision, role: Role, weight: number): RevisionRecord {
  const { id, image, specification, ...more } = plain(revision);
  return { id, image, role, weight, specification, ...more };
}

function plain({ configured, id, image, specification }: Revision): Revision {
  return { id, image, specification, ...(configured !== undefined && { configured }) };
}

function sign({ revisions, stage, rejected }: Release): string {
  return JSON.stringify([stage, revisions.map(({ id, role, weight }) => [id, role, weight, isRejected(rejected, id)])]);
}
