import type { Triggers } from "./kit/index.ts";

/** What starts a workflow, one short text each: `push to main`, `daily at 02:00 UTC`, `by hand`. */
export function triggersOf(on: Triggers): string[] {
  return Object.entries(on).flatMap(([event, filter]) => textsOf(event, filter));
}

function textsOf(event: string, filter: unknown): string[] {
  switch (event) {
    case "schedule":
      return listOf(filter).flatMap((each) => (typeof each === "object" && each !== null && "cron" in each ? [whenOf(String(each.cron))] : []));
    case "workflow_dispatch":
      return ["by hand"];
    case "workflow_call":
      return ["called by workflows"];
    case "workflow_run":
      return [`after ${listOf(part(filter, "workflows")).join(", ")}`];
    case "push":
      return [pushOf(filter)];
    case "pull_request":
    case "pull_request_target":
      return [["pull request", ...to(filter)].join(" ")];
    case "release":
      return [`release ${listOf(part(filter, "types")).join(" or ")}`.trim()];
    default:
      return [event.replaceAll("_", " ")];
  }
}

function pushOf(filter: unknown): string {
  const tags = listOf(part(filter, "tags"));
  const branches = to(filter);
  const parts = [...(branches.length > 0 || tags.length === 0 ? [["push", ...branches].join(" ")] : []), ...(tags.length > 0 ? [`tag ${tags.join(", ")}`] : [])];
  return parts.join(" or ");
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
