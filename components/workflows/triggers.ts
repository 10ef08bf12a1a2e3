import type { Triggers } from "./kit/index.ts";

/** Of a workflow that people may start. */
export const BY_HAND = "by hand";

/** What starts a workflow, one short text each: `push to main`, `daily at 02:00 UTC`, `by hand`. */
export function triggersOf(on: Triggers): string[] {
  return Object.entries(on).flatMap(([event, filter]) => textsOf(event, filter));
}

function textsOf(event: string, filter: unknown): string[] {
  switch (event) {
    case "schedule":
      return listOf(filter).flatMap((each) => (typeof each === "object" && each !== null && "cron" in each ? [whenOf(String(each.cron))] : []));
    case "workflow_dispatch":
      return [BY_HAND];
    case "workflow_call":
      return ["called by workflows"];
    case "workflow_run":
      return [`after ${listOf(part(filter, "workflows")).join(", ")}`];
    case "push":
      return pushesOf(filter);
    case "pull_request":
    case "pull_request_target":
      return [["pull request", ...to(filter)].join(" ")];
    case "release":
      return [`release ${listOf(part(filter, "types")).join(" or ")}`.trim()];
    default:
      return [event.replaceAll("_", " ")];
  }
}

function pushesOf(filter: unknown): string[] {
  const tags = listOf(part(filter, "tags"));
  const branches = to(filter);
  return [...(branches.length > 0 || tags.length === 0 ? [["push", ...branches].join(" ")] : []), ...(tags.length > 0 ? [`tag ${tags.join(", ")}`] : [])];
}

function to(filter: unknown): string[] {
  const branches = listOf(part(filter, "branches"));
  return branches.length > 0 ? ["to", branches.join(", ")] : [];
}

/** `0 2 * * *` → `daily at 02:00 UTC`; what is less regular stays as it is. */
function whenOf(cron: string): string {
  const [, minute = "", hour = "", weekday = ""] = /^(\d+) (\d+) \* \* (\*|\d)$/.exec(cron) ?? [];
  if (minute === "") return `cron ${cron} UTC`;
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")} UTC`;
  return weekday === "*" ? `daily at ${time}` : `${DAYS[Number(weekday) % 7]} at ${time}`;
}

const DAYS = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"];

function part(filter: unknown, key: string): unknown {
  return typeof filter === "object" && filter !== null ? Object.getOwnPropertyDescriptor(filter, key)?.value : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
