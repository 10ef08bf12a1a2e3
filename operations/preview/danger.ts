import { whyItsEndHurts } from "./deletes.ts";
import { whyItOpens } from "./opens.ts";
import { kindText } from "./place.ts";
import type { Place } from "./place.ts";
import type { Step } from "./step.ts";
import { compareTexts } from "./values.ts";
import { weakeningsOf } from "./weakens.ts";

/** Something that a reviewer has to see first. */
export interface Danger {
  urn: string;
  type: string;
  name: string;
  place: Place;
  /** `lost`: what it held cannot be had back. `open`: what was protected is not. */
  kind: "lost" | "open";
  does: "deletes" | "replaces" | "weakens" | "opens" | "forgets";
  /** One plain sentence. */
  why: string;
  /** What goes with it that would be dangerous by itself: kind → how many. */
  also: Readonly<Record<string, number>>;
}

/** Types that hold data, come first: a repository before its secrets. */
const WORST = [/^github:index\/repository:Repository$/, /:Namespace$/, /:PersistentVolume/, /:StatefulSet$/, /:RepositoryEnvironment$/, /Ruleset$/, /^kubernetes:core\/v1:Service$/];

/** What is dangerous in these steps, the worst first; what ends with the component that it is in is told as one. */
export function dangersOf(steps: readonly Step[], placeOf: (step: Step) => Place): Danger[] {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const endOf = endsOf(byUrn);
  const dangers = steps.flatMap((step) => found(step, (urn) => byUrn.get(urn)?.kind).map(({ does, kind, why }) => {
    const { name, protect, type, urn } = step;
    const end = (does === "deletes" || does === "forgets") && !protect.before ? endOf(step) : undefined;
    return { danger: { urn, type, name, place: placeOf(step), kind, does, why, also: {} }, key: end ?? `${urn} ${why}` };
  }));
  const together = [...Map.groupBy(dangers, ({ key }) => key).values()].flatMap((group): Danger[] => {
    const [worst, ...others] = group.map(({ danger }) => danger).sort(worseFirst);
    return worst === undefined ? [] : [{ ...worst, also: tally(others.map(({ type }) => kindText(type))) }];
  });
  return together.sort(worseFirst);
}

/** The outermost component that ends and has the resource in it. */
function endsOf(byUrn: ReadonlyMap<string, Step>): (step: Step) => string | undefined {
  return (step) => {
    let end: string | undefined;
    for (let at: Step | undefined = step; at !== undefined; at = at.parent === undefined ? undefined : byUrn.get(at.parent)) {
      if (at.kind === "delete" && at.type.startsWith("slipway:")) end = at.urn;
    }
    return end;
  };
}

function tally(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(texts, (text) => text)].map(([text, same]) => [text, same.length]));
}

function found(step: Step, kindOf: (urn: string) => Step["kind"] | undefined): Pick<Danger, "does" | "kind" | "why">[] {
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
    case "create": {
      const why = whyItOpens(step, kindOf);
      return why === undefined ? [] : [{ does: "opens", kind: "open", why }];
    }
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
function unprotected({ protect }: Step): Pick<Danger, "does" | "kind" | "why">[] {
  if (!protect.before || protect.after) return [];
  return [{ does: "weakens", kind: "open", why: "its protection is taken off: the next update may delete it" }];
}

function worseFirst(one: Danger, other: Danger): number {
  return rank(one) - rank(other) || compareTexts(one.urn, other.urn);
}

function rank({ kind, type }: Danger): number {
  const at = WORST.findIndex((each) => each.test(type));
  return (at < 0 ? WORST.length : at) + (kind === "lost" ? 0 : WORST.length + 1);
}
