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
    return { subset, cookie: `^(.*;\\s*)?${literally(affinity.cookie)}=${subset}-${stage}(;.*)?$` };
  });
}

/** The Set-Cookie header with which a revision answers, or undefined where nothing is to be told apart. */
export function stickyCookie(affinity: Affinity, split: readonly Weight[], { subset, weight }: Weight): string | undefined {
  if (affinity.kind !== "revision" || weight === 0 || answering(split).length < 2) return undefined;
  // Max-Age=0 would delete the cookie at once; without it the browser's session is its life.
  const life = affinity.ttlSeconds === 0 ? "" : `Max-Age=${affinity.ttlSeconds}; `;
  return `${affinity.cookie}=${subset}-${weight}; ${life}Path=/; HttpOnly; SameSite=Lax`;
}

/** A cookie's name may hold signs that mean something to RE2. */
function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
