import { instruct } from "./instruct.ts";
import { isRejected, putTogether, takeApart } from "./parts.ts";
import type { Decision, Outcome, Release, Revision, RevisionInstruction, Strategy } from "./release-types.ts";

/** A controller takes what is wanted whole, from the stack's side. */
const WHOLE: Strategy = { kind: "direct", retain: 0 };

const REFUSED: Outcome = { kind: "refused", why: "Flagger owns the weights of this service; change what the configuration names, or ask Flagger (docs/flagger.md)" };

/**
 * The release of a service whose weights a controller owns. It records what the controller was given, settled, and says nothing of what
 * answers; a candidate or retained revisions of the time before are let go. Only a rejection of that time keeps a revision out.
 */
export function decideControlled(desired: Revision, recorded: Release | undefined, instruction: RevisionInstruction | undefined, now: Date): Decision {
  const before = recorded && takeApart(recorded);
  const cleared = before && instruction?.action === "clear" ? instruct(before, instruction, desired, WHOLE, now) : undefined;
  const { rejected = [], stable = desired } = cleared?.parts ?? before ?? {};
  const wanted = isRejected(rejected, desired.id) ? stable : desired;
  const release = putTogether({ stable: wanted, retained: [], rejected }, recorded, now);
  const outcome = instruction && (cleared?.outcome ?? REFUSED);
  return {
    release,
    unproven: recorded?.revisions.some(({ id }) => id === wanted.id) !== true,
    recordsOnly: false,
    ...(outcome && { outcome }),
  };
}
