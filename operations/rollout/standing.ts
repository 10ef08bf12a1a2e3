import { withRole } from "../../components/delivery/parts.ts";
import type { Asked, Rejection, Release, RevisionRecord } from "../../components/delivery/release-types.ts";

/** Where a release stands, as the stack recorded it. */
export interface Standing {
  stable: Live;
  candidate?: Live | undefined;
  retained: Live[];
  /** Why nobody may give the candidate more traffic. */
  held?: string | undefined;
  /** Unix seconds: when a weight or the stage last changed. */
  since: number;
  rejected: readonly Rejection[];
  /** What a command asked for instead of the configuration. */
  asked?: Asked | undefined;
}

export interface Live {
  id: string;
  image: string;
  /** Per cent. */
  weight: number;
}

export function standingOf(release: Release): Standing {
  const [stable] = withRole(release, "stable");
  const [candidate] = withRole(release, "candidate");
  if (stable === undefined) throw new RangeError("releases: has no stable revision, got none; restore the stack's outputs from its history");
  return {
    stable: live(stable),
    ...(candidate && { candidate: live(candidate) }),
    retained: withRole(release, "retained").map(live),
    held: release.stage.kind === "held" ? release.stage.reason : undefined,
    since: Date.parse(release.since) / 1000,
    rejected: release.rejected,
    asked: release.asked,
  };
}

function live({ id, image, weight }: RevisionRecord): Live {
  return { id, image, weight };
}
