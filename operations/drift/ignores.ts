import type { IgnoredDrift } from "../../settings/schema/drift.ts";
import type { Difference, Excused } from "./types.ts";

/** Takes out what the settings let pass on a day (YYYY-MM-DD, UTC). What an entry let pass until an earlier day stays, and says so. */
export function withoutIgnored<T extends Difference>(differences: readonly T[], ignore: readonly IgnoredDrift[], today: string): { rest: (T & { expired?: string })[]; ignored: Excused[] } {
  const rest: (T & { expired?: string })[] = [];
  const ignored: Excused[] = [];
  for (const difference of differences) {
    const entries = ignore.filter((entry) => fits(entry, difference));
    const entry = entries.find(({ until }) => until >= today);
    const [over] = entries;
    if (entry !== undefined) ignored.push({ ...difference, reason: `${entry.reason} (until ${entry.until})` });
    else rest.push(over === undefined ? difference : { ...difference, expired: `was ignored until ${over.until}: ${over.reason}` });
  }
  return { rest, ignored };
}

function fits({ what, field }: IgnoredDrift, difference: Difference): boolean {
  return matches(what, difference.what) && (field === undefined || matches(field, difference.field ?? ""));
}

/** `*` stands for any characters, none included. */
export function matches(pattern: string, name: string): boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  // Leftmost places leave the most for the rest; a regular expression could take exponential time over a long name.
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
