import { shortType } from "./names.ts";
import { JUDGEMENTS } from "./severity-table.ts";
import { SEVERITIES } from "./types.ts";
import type { Difference, Severity } from "./types.ts";

/** How bad a difference is, and why. */
export function judged(difference: Difference): { severity: Severity; because: string } {
  const { type, field = "", change } = difference;
  const row = JUDGEMENTS.find((each) => (
    each.types.test(shortType(type)) && (each.field === undefined || each.field.test(field)) &&
    (each.changes === undefined || each.changes.includes(change)) && (each.when === undefined || each.when(difference))
  ));
  return { severity: row?.severity ?? "risky", because: row?.because ?? "nobody judged it" };
}

/** Worst first, then by name and field. */
export function worstFirst<T extends Pick<Difference, "what" | "field"> & { severity: Severity }>(findings: readonly T[]): T[] {
  const key = ({ severity, what, field = "" }: T): string => `${SEVERITIES.indexOf(severity)} ${what} ${field}`;
  return [...findings].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}
