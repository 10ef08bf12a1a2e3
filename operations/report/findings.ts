import * as z from "zod";
import { own } from "./own.ts";
import type { FindingReport, FindingsReport } from "./types.ts";

const text = z.string().optional().catch(undefined);
const drift = z.looseObject({
  severity: z.string(), what: z.string(), change: z.string(), field: text, declared: z.unknown().optional(), live: z.unknown().optional(), because: text, where: text, since: text,
  next: z.looseObject({ reconcile: text }).optional().catch(undefined),
});
const policy = z.looseObject({ severity: z.string(), policy: z.string(), resource: z.string(), message: z.string() });
/** Of a program that is not ours: whatever names a place and says something. */
const other = z.looseObject({ severity: text, where: text, resource: text, name: text, what: text, message: text, description: text, since: text, next: text });
const list = z.array(z.unknown());
const envelope = z.looseObject({ stack: text, checked: text, at: text, findings: list, ignored: list.catch([]).default([]), exempted: list.catch([]).default([]) });

/** How bad a severity is; one that is not here is shown and is to be looked at. */
const URGENCY: Readonly<Record<string, FindingReport["urgency"]>> = {
  hostile: "act", mandatory: "act", critical: "act", high: "act", error: "act",
  risky: "look", advisory: "look", medium: "look", warning: "look",
  benign: "none", low: "none", info: "none",
};
const ORDER = ["act", "look", "none"] as const;
/** Characters of a value that are shown. */
const LONGEST = 80;

/** What `slipway drift --json` or the policies said: an object with a list of findings, or the list alone. Undefined where it is neither. */
export function readFindings(given: unknown): (FindingsReport & { /** The stack that the file speaks of. */ stack?: string | undefined }) | undefined {
  const { data } = envelope.safeParse(Array.isArray(given) ? { findings: given } : given);
  if (data === undefined) return undefined;
  const found = data.findings.map(findingOf);
  return {
    stack: data.stack,
    at: data.checked ?? data.at,
    list: found.sort((left, right) => ORDER.indexOf(left.urgency) - ORDER.indexOf(right.urgency)),
    excused: data.ignored.length + data.exempted.length,
  };
}

function findingOf(given: unknown): FindingReport {
  return driftOf(given) ?? policyOf(given) ?? otherOf(given);
}

function driftOf(given: unknown): FindingReport | undefined {
  const { data } = drift.safeParse(given);
  if (data === undefined) return undefined;
  const { because, change, declared, field, live, next, severity, since, what, where } = data;
  const values = declared === undefined && live === undefined ? "" : `: declared ${shown(declared)}, live ${shown(live)}`;
  return {
    ...graded(severity), where: what, address: where, since,
    what: `${field === undefined ? "" : `${field} `}${own(CHANGES, change) ?? change}${values}${because === undefined ? "" : `; ${because}`}`,
    next: next?.reconcile,
  };
}

const CHANGES: Readonly<Record<string, string>> = { missing: "is gone", unmanaged: "exists, and nobody declared it", added: "was added", removed: "was removed", changed: "was changed" };

function policyOf(given: unknown): FindingReport | undefined {
  const { data } = policy.safeParse(given);
  if (data === undefined) return undefined;
  const { message, policy: rule, resource, severity } = data;
  return { ...graded(severity), where: resource, what: `${rule}: ${message.startsWith(`${resource}: `) ? message.slice(resource.length + 2) : message}` };
}

/** A finding that cannot be read is still one. */
function otherOf(given: unknown): FindingReport {
  const { data = {} } = other.safeParse(given);
  const { description, message, name, next, resource, severity = "not graded", since, what, where } = data;
  return { ...graded(severity), where: where ?? resource ?? name ?? "not said", what: what ?? message ?? description ?? shown(given), since, next };
}

function graded(severity: string): Pick<FindingReport, "severity" | "urgency"> {
  return { severity, urgency: own(URGENCY, severity.toLowerCase()) ?? "look" };
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const characters = [...(typeof value === "string" ? value : JSON.stringify(value))];
  return characters.length <= LONGEST ? characters.join("") : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
