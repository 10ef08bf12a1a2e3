import { getTeamOutput } from "@pulumi/github/getTeam.js";
import { getUserOutput } from "@pulumi/github/getUser.js";
import { output } from "@pulumi/pulumi";
import type { InvokeOutputOptions, Output } from "@pulumi/pulumi";

/** A team's slug or a user's login; or its numeric id, where the token may not look it up. */
export type Identity = string | number;

/** GitHub's rules take numeric ids. An invoke runs at preview too: the id is known there, and a misspelt slug fails before anything changes. */
export function teamId(team: Identity, opts: InvokeOutputOptions): Output<number> {
  return typeof team === "number" ? output(team) : getTeamOutput({ slug: team, summaryOnly: true }, opts).id.apply(numericId("team", team));
}

/** As `teamId`, for a user. */
export function userId(user: Identity, opts: InvokeOutputOptions): Output<number> {
  return typeof user === "number" ? output(user) : getUserOutput({ username: user }, opts).id.apply(numericId("user", user));
}

function numericId(kind: string, name: string): (id: string) => number {
  return (id) => {
    if (/^[0-9]+$/.test(id)) return Number(id);
    throw new Error(`${kind} ${name}: has no numeric id, got ${JSON.stringify(id)}; give the id itself instead of the name`);
  };
}
