import { answering } from "./split.ts";
import type { Weight } from "./split.ts";
import type { Affinity } from "./traffic-settings.ts";

type RevisionAffinity = Extract<Affinity, { kind: "revision" }>;

/** Requests that carry a cookie of an earlier answer, and the revision that they return to. */
export interface Returning {
  subset: string;
  /** RE2 over the whole Cookie header. */
  cookie: string;
}

/**
 * Whoever met the candidate returns to it while it answers at all. The cookie of another revision holds for its own weight only, so
 * that its visitors are drawn again at the next stage: the candidate would meet newcomers alone otherwise.
 */
export function returning(affinity: RevisionAffinity, split: readonly Weight[], candidate: string | undefined): Returning[] {
  const live = answering(split);
  if (live.length < 2) return [];
  return live.map(({ subset, weight }) => {
    const stage = subset === candidate ? "[0-9]+" : String(weight);
    return { subset, cookie: `^(.*;\\s*)?${affinity.cookie}=${subset}-${stage}(;.*)?$` };
  });
}

/** The Set-Cookie header with which a revision answers, or undefined where nothing is to be told apart. */
export function stickyCookie(affinity: Affinity, split: readonly Weight[], { subset, weight }: Weight): string | undefined {
  if (affinity.kind !== "revision" || weight === 0 || answering(split).length < 2) return undefined;
  return `${affinity.cookie}=${subset}-${weight}; Max-Age=${affinity.ttlSeconds}; Path=/; HttpOnly; SameSite=Lax`;
}
