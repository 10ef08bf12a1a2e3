import { fields, hasUnknown, list, text } from "../manifest.ts";
import { forbidden, invalid, required } from "../reasons.ts";
import { labelValue, qualifiedName } from "../syntax.ts";
import type { Leaf, Report } from "./rule.ts";

/** A map of labels: both sides have a form, reported at the map itself. */
export const labels: Leaf = (value, report) => {
  for (const [key, label] of Object.entries(fields(value))) {
    for (const detail of qualifiedName(key)) report(invalid(key, detail));
    for (const detail of labelValue(text(label) ?? "")) report(invalid(label, detail));
  }
};

const LISTED = new Set(["In", "NotIn"]);
const BARE = new Set(["Exists", "DoesNotExist"]);

function expression(value: unknown, report: (reason: string, below: string) => void): void {
  const { key, operator, values } = fields(value);
  if (LISTED.has(String(operator)) && list(values).length === 0 && !hasUnknown(values)) report(required("must be specified when `operator` is 'In' or 'NotIn'"), "values");
  else if (BARE.has(String(operator)) && list(values).length > 0) report(forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'"), "values");
  else if (text(operator) !== undefined && !LISTED.has(String(operator)) && !BARE.has(String(operator))) report(invalid(operator, "not a valid selector operator"), "operator");
  for (const detail of qualifiedName(text(key) ?? "x")) report(invalid(key, detail), "key");
}

/** A label selector: matchLabels and matchExpressions. */
export const selector: Leaf = (value, report) => {
  labels(fields(value)["matchLabels"], (reason) => report(reason, "matchLabels"));
  list(fields(value)["matchExpressions"]).forEach((each, index) => expression(each, (reason, below) => report(reason, `matchExpressions[${index}].${below}`)));
};

const MATCHERS: Record<string, (own: unknown, values: unknown[]) => boolean> = {
  In: (own, values) => own !== undefined && values.includes(own),
  NotIn: (own, values) => own === undefined || !values.includes(own),
  Exists: (own) => own !== undefined,
  DoesNotExist: (own) => own === undefined,
};

/** True when the selector picks an object with these labels; unknown parts are given the benefit of the doubt. */
export function selects(labelSelector: unknown, own: unknown): boolean {
  if (hasUnknown(labelSelector) || hasUnknown(own)) return true;
  const { matchLabels, matchExpressions } = fields(labelSelector);
  const labelsMatch = Object.entries(fields(matchLabels)).every(([key, value]) => fields(own)[key] === value);
  return labelsMatch && list(matchExpressions).map(fields).every(({ key, operator, values }) =>
    MATCHERS[String(operator)]?.(fields(own)[String(key)], list(values)) ?? true);
}

const isBlank = (own: unknown): boolean => Object.keys(fields(fields(own)["matchLabels"])).length === 0 && list(fields(own)["matchExpressions"]).length === 0;

/** Shared by the workloads: what their selector must be, and that it picks the pods of their own template. */
export function ownSelector(spec: unknown, report: Report, emptyText: string | undefined): void {
  const { selector: own, template } = fields(spec);
  const templateLabels = fields(fields(template)["metadata"])["labels"];
  if (own === undefined || own === null) report(required(), "selector");
  else if (emptyText !== undefined && !hasUnknown(own) && isBlank(own)) report(invalid({}, emptyText), "selector");
  if (!hasUnknown(fields(template)["metadata"]) && (own === undefined || !selects(own, templateLabels ?? {}))) report(invalid(templateLabels, "`selector` does not match template `labels`"), "template.metadata.labels");
}
