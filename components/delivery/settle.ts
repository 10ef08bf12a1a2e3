import { isRejected } from "./parts.ts";
import type { Parts } from "./parts.ts";
import type { Revision } from "./release-types.ts";

/** Takes traffic and pods away from revisions that an earlier update has recorded as rejected. */
export function settle(parts: Parts, desired: Revision): Parts {
  const healthy = withoutRejected(parts);
  if (!isRejected(parts.rejected, parts.stable.id)) return healthy;
  const heir = successor(parts, desired);
  if (heir === undefined) return healthy;
  const candidate = healthy.candidate?.revision.id === heir.id ? undefined : healthy.candidate;
  return { ...healthy, stable: heir, candidate, retained: healthy.retained.filter(({ id }) => id !== heir.id) };
}

/** Who takes over from a rejected stable revision: a retained one, else the candidate, else what the configuration asks for. */
export function successor(parts: Parts, desired: Revision): Revision | undefined {
  const { retained, candidate } = withoutRejected(parts);
  const fresh = desired.id !== parts.stable.id && !isRejected(parts.rejected, desired.id) ? desired : undefined;
  return retained[0] ?? candidate?.revision ?? fresh;
}

function withoutRejected(parts: Parts): Parts {
  const { candidate, retained, rejected } = parts;
  return {
    ...parts,
    candidate: candidate !== undefined && isRejected(rejected, candidate.revision.id) ? undefined : candidate,
    retained: retained.filter(({ id }) => !isRejected(rejected, id)),
  };
}
