import { getTeamOutput } from "@pulumi/github/getTeam.js";
import { getUserOutput } from "@pulumi/github/getUser.js";
import { output, RunError } from "@pulumi/pulumi";
import type { InvokeOutputOptions, Output } from "@pulumi/pulumi";

/** A team's slug or a user's login; or its numeric id, where the token may not look it up. */
export type Identity = string | number;

/** GitHub's rules take numeric ids. An invoke runs at preview too: the id is known there, and a misspelt slug fails before anything changes. */
export function teamId(team: Identity, opts: InvokeOutputOptions): Output<number> {
  if (typeof team === "number") return output(team);
  return getTeamOutput({ slug: team, summaryOnly: true }, opts).id.apply((id) => numericId("team", team, id));
}

/** As `teamId`, for a user. */
export function userId(user: Identity, opts: InvokeOutputOptions): Output<number> {
  if (typeof user === "number") return output(user);
  return getUserOutput({ username: user }, opts).id.apply((id) => numericId("user", user, id));
}

/** The provider gives ids as text. Throws a RunError where that is no number. */
export function numericId(kind: "team" | "user", name: string, id: string): number {
  if (/^[0-9]+$/.test(id)) return Number(id);
  throw new RunError(`${kind} ${name}: has no numeric id, got ${JSON.stringify(id)}; give the id itself instead of the name`);
}
