import { list, text } from "../../unknown.ts";
import { placeOf } from "../places.ts";
import { PERMISSIONS } from "../severity-table.ts";
import type { Declared, Difference } from "../types.ts";
import type { LiveRepository } from "./repository.ts";

/** GitHub's words for two permissions depend on which of its lists is asked. */
const SAME: Readonly<Record<string, string>> = { read: "pull", write: "push" };

interface Grant {
  names: readonly string[];
  permission: string;
}

/** Who may do more than declared. Less is what a refresh shows. */
export function accessDifferences(declared: Declared, { plan, teams, users }: LiveRepository, server?: string): Difference[] {
  const { inputs, type, urn, what } = declared;
  const base = { urn, type, what, where: placeOf(declared, server), seenBy: "github" as const };
  const ignored = new Set(list(inputs, "ignoreTeams").map((team) => text(team, "teamId")));
  const liveTeams = teams.map((team) => ({ names: [text(team, "slug"), text(team, "id")], permission: text(team, "role_name") || text(team, "permission") }));
  const liveUsers = users.map((user) => ({ names: [text(user, "login").toLowerCase()], permission: text(user, "role_name") }));
  return [
    ...more("teams", "teamId", list(inputs, "teams"), liveTeams.filter(({ names }) => !names.some((name) => ignored.has(name)))),
    ...more("users", "username", list(inputs, "users"), liveUsers.filter(({ names }) => !names.includes(plan.owner.toLowerCase()))),
  ].map((difference) => ({ ...base, ...difference }));
}

type Widened = Pick<Difference, "field" | "change" | "declared" | "live">;

function more(group: string, key: string, declared: readonly unknown[], live: readonly Grant[]): Widened[] {
  return live.flatMap(({ names, permission }): Widened[] => {
    const index = declared.findIndex((grant) => names.includes(text(grant, key).toLowerCase()));
    const was = text(declared[index], "permission") || "push";
    if (index < 0) return [{ field: group, change: "added", live: { [key]: names[0], permission: usual(permission) } }];
    return rank(permission) > rank(was) ? [{ field: `${group}[${index}].permission`, change: "changed", declared: was, live: usual(permission) }] : [];
  });
}

function usual(permission: string): string {
  return SAME[permission] ?? permission;
}

/** A role of the organisation's own may be anything; it is more than any of GitHub's unless it is the declared one. */
function rank(permission: string): number {
  const place = PERMISSIONS.findIndex((each) => each === usual(permission));
  return place < 0 ? PERMISSIONS.length : place;
}
