import type { Grants, Job, Level, Scope } from "./types.ts";

/** A permission of a job, with the reasons that its steps give. */
export interface Permission {
  scope: Scope;
  level: Level;
  reasons: readonly string[];
}

/** What a job's token is allowed: what its steps need together and nothing else, by scope. */
export function permissionsOf(job: Job): Permission[] {
  const grants = "steps" in job ? job.steps.flatMap((step) => entries(step.grants ?? {})) : entries(job.grants);
  const scopes = [...new Set(grants.map(({ scope }) => scope))].sort();
  return scopes.map((scope) => {
    const own = grants.filter((grant) => grant.scope === scope);
    const level = own.some((grant) => grant.level === "write") ? "write" : "read";
    return { scope, level, reasons: [...new Set(own.filter((grant) => grant.level === level).map(({ reason }) => reason))] };
  });
}

function entries(grants: Grants): { scope: Scope; level: Level; reason: string }[] {
  return Object.entries(grants).map(([scope, [level, reason]]) => ({ scope: scope as Scope, level, reason }));
}
