import type { Danger } from "./danger.ts";
import { dangersOf } from "./danger.ts";
import type { PolicyResult } from "./events.ts";
import { placeKey, placesOf } from "./place.ts";
import type { Known, Place } from "./place.ts";
import type { ReleaseView } from "./release-view.ts";
import { isObject } from "./step.ts";
import type { Kind, Step } from "./step.ts";

export type Counts = Record<Exclude<Kind, "same">, number> & { /** Objects that stay as they are. */ same: number };
import { compareTexts } from "./values.ts";

/** What changes in one place. */
export interface Group {
  place: Place;
  counts: Counts;
  steps: Step[];
}

/** What reviewers read, whatever it is written in. */
export interface Summary {
  stack: string;
  /** What `slipway up --expect` takes; absent where the preview failed. */
  digest?: string | undefined;
  counts: Counts;
  /** The worst first. */
  dangers: Danger[];
  releases: ReleaseView[];
  policies: PolicyResult[];
  groups: Group[];
  /** Why the preview failed; nothing where it did not. */
  errors: string[];
  warnings: string[];
}

export interface SummaryInputs {
  stack: string;
  digest?: string | undefined;
  steps: readonly Step[];
  known: Known;
  releases: ReleaseView[];
  policies: PolicyResult[];
  errors: string[];
  warnings: string[];
}

/** Groups and orders what a preview found. */
export function summarize({ known, policies, steps, ...rest }: SummaryInputs): Summary {
  const placeOf = placesOf(steps, known);
  const objects = steps.filter(isObject);
  const changes = objects.filter(({ kind }) => kind !== "same");
  const dangers = dangersOf(steps, placeOf);
  const byPlace = Map.groupBy(changes, (step) => placeKey(placeOf(step)));
  const dangerous = new Set(dangers.map(({ place }) => placeKey(place)));
  const groups = [...byPlace].flatMap(([key, members]) => {
    const [first] = members;
    return first === undefined ? [] : [{ key, place: placeOf(first), counts: countsOf(members), steps: members.toSorted(bySize) }];
  });
  groups.sort((one, other) => Number(dangerous.has(other.key)) - Number(dangerous.has(one.key)) || compareTexts(one.place.system ?? "~", other.place.system ?? "~") || compareTexts(one.key, other.key));
  return { ...rest, policies: relevant(policies, changes), counts: countsOf(objects), dangers, groups: groups.map(({ counts, place, steps: members }) => ({ place, counts, steps: members })) };
}

/** What stops the update first; advice is for what changes, as what was there before had it before. */
function relevant(policies: readonly PolicyResult[], changes: readonly Step[]): PolicyResult[] {
  const changed = new Set(changes.map(({ urn }) => urn));
  const [stops, advice] = [policies.filter(({ level }) => level === "mandatory"), policies.filter(({ level }) => level !== "mandatory")];
  return [...stops, ...advice.filter(({ urn }) => urn === undefined || changed.has(urn))];
}

/** How many objects the preview touches. */
export function changesOf({ change, create, delete: gone, forget, import: taken, replace }: Counts): number {
  return change + create + gone + forget + taken + replace;
}

/** Counts in words, the gravest last: `3 created, 2 changed, 1 deleted`. */
export function countsText(counts: Counts): string {
  const words = [
    [counts.create, "created"], [counts.import, "taken over"], [counts.change, "changed"],
    [counts.forget, "forgotten"], [counts.replace, "replaced"], [counts.delete, "deleted"],
  ] as const;
  return words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(", ") || "no changes";
}

function countsOf(steps: readonly Step[]): Counts {
  const counts: Counts = { create: 0, change: 0, replace: 0, delete: 0, import: 0, forget: 0, same: 0 };
  for (const { kind } of steps) counts[kind] += 1;
  return counts;
}

const ORDER: readonly Kind[] = ["delete", "replace", "forget", "change", "import", "create", "same"];

function bySize(one: Step, other: Step): number {
  return ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || compareTexts(one.urn, other.urn);
}
