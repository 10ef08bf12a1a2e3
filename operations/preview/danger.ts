import { whyItsEndHurts } from "./deletes.ts";
import type { Place } from "./place.ts";
import type { Step } from "./step.ts";
import { weakeningsOf } from "./weakens.ts";
import { compareTexts } from "./values.ts";

/** Something that a reviewer has to see first. */
export interface Danger {
  urn: string;
  type: string;
  name: string;
  place: Place;
  /** `lost`: what it held cannot be had back. `open`: what was protected is not. */
  kind: "lost" | "open";
  does: "deletes" | "replaces" | "weakens" | "forgets";
  /** One plain sentence. */
  why: string;
}

/** Types that hold data, come first: a repository before its secrets. */
const WORST = [/^github:index\/repository:Repository$/, /:Namespace$/, /:PersistentVolume/, /:StatefulSet$/, /:RepositoryEnvironment$/, /Ruleset$/];

/** What is dangerous in these steps, the worst first. */
export function dangersOf(steps: readonly Step[], placeOf: (step: Step) => Place): Danger[] {
  const dangers = steps.flatMap((step): Danger[] => {
    const { name, type, urn } = step;
    const of = (does: Danger["does"], kind: Danger["kind"], why: string): Danger => ({ urn, type, name, place: placeOf(step), kind, does, why });
    return found(step).map(({ does, kind, why }) => of(does, kind, why));
  });
  return dangers.sort((one, other) => rank(one) - rank(other) || compareTexts(one.urn, other.urn));
}

function found(step: Step): Pick<Danger, "does" | "kind" | "why">[] {
  switch (step.kind) {
    case "delete": {
      const why = whyItsEndHurts(step);
      return why === undefined ? [] : [{ does: "deletes", kind: "lost", why }];
    }
    case "replace": {
      const why = whyItsEndHurts(step);
      return why === undefined ? weakened(step) : [{ does: "replaces", kind: "lost", why: `it is deleted and made anew: ${why}` }, ...weakened(step)];
    }
    case "change":
      return weakened(step);
    case "forget":
      return [{ does: "forgets", kind: "open", why: "it stays as it is, and the stack no longer keeps it so" }];
    case "create":
    case "import":
    case "same":
      return unprotected(step);
    default:
      return step.kind satisfies never;
  }
}

function weakened(step: Step): Pick<Danger, "does" | "kind" | "why">[] {
  const whys = weakeningsOf(step.type, step.before ?? {}, step.after ?? {});
  return [...whys.map((why) => ({ does: "weakens" as const, kind: "open" as const, why })), ...unprotected(step)];
}

/** Taking the engine's protection off is the step before a deletion. */
function unprotected({ kind, protect }: Step): Pick<Danger, "does" | "kind" | "why">[] {
  if (kind === "create" || !protect.before || protect.after) return [];
  return [{ does: "weakens", kind: "open", why: "its protection is taken off: the next update may delete it" }];
}

function rank({ kind, type }: Danger): number {
  const at = WORST.findIndex((each) => each.test(type));
  return (at < 0 ? WORST.length : at) + (kind === "lost" ? 0 : WORST.length + 1);
}
