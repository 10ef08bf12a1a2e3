import type { Asked, Decision, Release } from "./release-types.ts";

/** What operations asked for, as long as the configuration names the image that it named then. A commit that names another wins. */
export function askedNow(recorded: Release | undefined, configured: string): Asked | undefined {
  return recorded?.asked?.instead === configured ? recorded.asked : undefined;
}

/**
 * Records what is asked for and nothing else: the next plain update starts it, as it starts what a commit names. Were it started at once, a
 * strategy without stages would be recorded before its pods are ready.
 */
export function ask(recorded: Release | undefined, asked: Asked): Pick<Decision, "outcome"> & { release?: Release } {
  if (recorded === undefined) return { outcome: { kind: "refused", why: "nothing is recorded of this service yet" } };
  if (JSON.stringify(recorded.asked) === JSON.stringify(asked)) return { release: recorded, outcome: { kind: "already" } };
  return { release: { ...recorded, asked }, outcome: { kind: "done" } };
}
