import type { Exemption } from "./types.ts";

export interface Answer {
  /** Absent where the finding counts. */
  exempt?: { reason: string; until: string };
  /** Added to the message: that an exemption has expired. */
  remark: string;
  /** Every exemption that was meant for it. */
  by: Exemption[];
}

/** Whether a finding is exempt on this day, UTC. */
export function answerOf(exemptions: readonly Exemption[], policy: string, resource: string, now: Date): Answer {
  const by = exemptions.filter((exemption) => exemption.policy === policy && matches(exemption.resource, resource));
  const today = now.toISOString().slice(0, 10);
  const valid = by.find(({ until }) => until >= today);
  if (valid !== undefined) return { exempt: { reason: valid.reason, until: valid.until }, remark: "", by };
  const [expired] = by.toSorted((left, right) => right.until.localeCompare(left.until));
  return { remark: expired === undefined ? "" : `; its exemption (${expired.reason}) expired on ${expired.until}`, by };
}

function matches(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`).test(name);
}
