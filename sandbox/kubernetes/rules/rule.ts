import { list, text, UNKNOWN, type Manifest, type Problem } from "../manifest.ts";
import { invalid } from "../reasons.ts";
import { select } from "../select.ts";
import type { Syntax } from "../syntax.ts";

/** Reports a reason at the judged place, or at a path below it ("name", "[2].port"). */
export type Report = (reason: string, below?: string) => void;
/** Judges a value on its own. */
export type Leaf = (value: unknown, report: Report) => void;
export type Check = (value: unknown, report: Report, root: Manifest) => void;

/** A place in the object and what must hold there; `undefined` reaches the check where the last field is missing. */
export type Rule = [pattern: string, check: Check];

const join = (path: string, below: string): string => (path === "" || below === "" || below.startsWith("[") ? path + below : `${path}.${below}`);

/** Runs a table of rules over the part of the manifest at `below`. */
export function apply(rules: readonly Rule[], root: Manifest, part: unknown = root, below = ""): Problem[] {
  const problems: Problem[] = [];
  for (const [pattern, check] of rules) {
    for (const { path, value } of select(part, pattern, below)) {
      check(value, (reason, deeper = "") => problems.push({ path: join(path, deeper), reason }), root);
    }
  }
  return problems;
}

/** A string of a given form; missing ones are not judged. */
export const shaped = (syntax: Syntax): Leaf => (value, report) => {
  const known = text(value);
  if (known !== undefined && known !== "") for (const detail of syntax(known)) report(invalid(known, detail));
};

/** A number within limits, in the given words. */
export const within = (least: number, most: number, detail: string): Leaf => (value, report) => {
  if (typeof value === "number" && (value < least || value > most)) report(invalid(value, detail));
};

/** A field that must be there. */
export const present = (reason: string): Leaf => (value, report) => {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)) report(reason);
};

/** Each item's `key` at most once. */
export const unique = (key: string, reason: (value: unknown) => string): Leaf => (value, report) => {
  const seen = new Set<unknown>();
  list(value).forEach((item, index) => {
    const own = select(item, key)[0]?.value;
    if (own === undefined || own === "" || own === UNKNOWN) return;
    if (seen.has(own)) report(reason(own), `[${index}].${key}`);
    seen.add(own);
  });
};
