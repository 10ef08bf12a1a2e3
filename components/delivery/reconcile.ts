import { isRejected } from "./parts.ts";
import type { Parts } from "./parts.ts";
import type { Revision, Strategy } from "./release-types.ts";
import { stagesOf } from "./stages.ts";

/** Moves a release towards what the configuration asks for; never touches a weight of the candidate that it asks for. */
export function reconcile(parts: Parts, desired: Revision, strategy: Strategy): Parts {
  if (desired.id === parts.candidate?.revision.id) return parts;
  const alone: Parts = { ...parts, candidate: undefined };
  if (desired.id === parts.stable.id || isRejected(parts.rejected, desired.id)) return alone;
  return start(alone, desired, strategy);
}

/** The candidate, or what is desired, becomes the stable revision; the old one is retained first. */
export function promote(parts: Parts, revision: Revision): Parts {
  const retained = [parts.stable, ...parts.retained].filter(({ id }) => id !== revision.id);
  return { ...parts, stable: revision, candidate: undefined, retained };
}

function start(parts: Parts, desired: Revision, strategy: Strategy): Parts {
  const [weight = 100] = stagesOf(strategy);
  if (strategy.kind === "direct") return promote(parts, desired);
  const retained = parts.retained.filter(({ id }) => id !== desired.id);
  return { ...parts, candidate: { revision: desired, weight }, retained };
}
