import { fields, isEmpty } from "../manifest.ts";
import { quantity } from "../quantity.ts";
import { invalid, notNegative, required } from "../reasons.ts";
import { qualifiedName } from "../syntax.ts";
import type { Check, Report } from "./rule.ts";

const STANDARD = new Set(["cpu", "memory", "ephemeral-storage"]);
/** Of these a pod gets exactly what it asks for: the request is the limit. */
const isExclusive = (name: string): boolean => !STANDARD.has(name);
const isHugePages = (name: string): boolean => name.startsWith("hugepages-");

/** A resource's name: one of the server's own, or one with a domain. */
export function resourceName(name: string, ours: (name: string) => boolean, place: string): string[] {
  const form = qualifiedName(name);
  if (form.length > 0) return form.map((detail) => invalid(name, detail));
  if (name.includes("/") || ours(name)) return [];
  return [invalid(name, "must be a standard resource type or fully qualified"), invalid(name, `must be a standard resource for ${place}`)];
}

const ofContainers = (name: string): boolean => STANDARD.has(name) || isHugePages(name);

function amounts(values: unknown, part: string, report: Report): void {
  for (const [name, value] of Object.entries(fields(values))) {
    for (const reason of resourceName(name, ofContainers, "containers")) report(reason, `${part}[${name}]`);
    const amount = quantity(value);
    if (amount !== undefined && amount < 0) report(invalid(String(value), notNegative), `${part}[${name}]`);
  }
}

/** Requests and limits of a container. Limits beyond a resource's name that no one requests are the request themselves. */
export const resources: Check = (value, report) => {
  const { requests, limits } = fields(value);
  amounts(limits, "limits", report);
  amounts(requests, "requests", report);
  for (const [name, request] of Object.entries(fields(requests))) {
    const limit = fields(limits)[name];
    const [asked, most] = [quantity(request), quantity(limit)];
    if (isEmpty(limit) && (name.includes("/") || isHugePages(name))) report(required("Limit must be set for non overcommitable resources"), "limits");
    if (asked === undefined || most === undefined) continue;
    if (isExclusive(name) && asked !== most) report(invalid(String(request), `must be equal to ${name} limit of ${limit}`), "requests");
    else if (asked > most) report(invalid(String(request), `must be less than or equal to ${name} limit of ${limit}`), "requests");
  }
};
