import * as z from "zod";
import type { FindingReport, FindingsReport } from "./types.ts";

const text = z.string().optional().catch(undefined);
/** A next step is a sentence, a command, or several. */
const step = z.union([z.string(), z.object({ text, command: text, say: text, kind: text }).transform((given) => [given.text ?? given.say ?? given.kind, given.command].filter((part) => part !== undefined).join(": "))]);
const steps = z.union([step, z.array(step).transform((list) => list.join("; or "))]).optional().catch(undefined);
const finding = z.looseObject({
  severity: text, enforcement: text, enforcementLevel: text, level: text,
  where: text, path: text, resource: text, urn: text, name: text, subject: text,
  what: text, message: text, title: text, description: text, policy: text, policyName: text, rule: text, field: text,
  since: text, next: steps, step: steps, steps, remediation: steps, todo: steps, fix: steps,
});
const KEYS = ["findings", "drift", "violations", "results", "policy", "policies"] as const;
const envelope = z.looseObject({ at: text, ...Object.fromEntries(KEYS.map((key) => [key, z.unknown()])) });

/** How bad a severity is; one that is not here is shown and counts as `look`. */
const URGENCY: Readonly<Record<string, FindingReport["urgency"]>> = {
  hostile: "act", critical: "act", mandatory: "act", high: "act", error: "act", deny: "act",
  risky: "look", advisory: "look", medium: "look", warning: "look", warn: "look",
  benign: "none", low: "none", info: "none", exempt: "none", exempted: "none", ignored: "none", passed: "none",
};
const ORDER = ["act", "look", "none"] as const;

/**
 * Findings of `slipway drift --json` or of the policies: a list, or an object with one. Of fields that several commands call by several names
 * the first one counts. Undefined where the text holds no list.
 */
export function readFindings(given: unknown): FindingsReport | undefined {
  const outer = envelope.safeParse(given);
  const list = Array.isArray(given) ? given : outer.success ? KEYS.map((key) => outer.data[key]).find((value) => Array.isArray(value)) : undefined;
  if (!Array.isArray(list)) return undefined;
  const found = list.flatMap((each) => findingOf(each));
  return { list: found.sort((left, right) => ORDER.indexOf(left.urgency) - ORDER.indexOf(right.urgency)), at: Array.isArray(given) ? undefined : outer.data?.at };
}

function findingOf(given: unknown): FindingReport[] {
  const { data } = finding.safeParse(given);
  if (data === undefined) return [];
  const severity = data.severity ?? data.enforcementLevel ?? data.enforcement ?? data.level ?? "not graded";
  const rule = data.policy ?? data.policyName ?? data.rule;
  const said = data.what ?? data.message ?? data.title ?? data.description ?? data.field;
  return [{
    severity,
    urgency: URGENCY[severity.toLowerCase()] ?? "look",
    where: data.where ?? data.path ?? data.resource ?? data.subject ?? data.name ?? data.urn?.split("::").at(-1) ?? "not said",
    what: [rule, said].filter((part) => part !== undefined).join(": ") || "not said",
    since: data.since,
    next: data.next ?? data.remediation ?? data.step ?? data.steps ?? data.todo ?? data.fix,
  }];
}
