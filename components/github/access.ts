import { RepositoryCollaborators } from "@pulumi/github/repositoryCollaborators.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";

export type Permission = "pull" | "triage" | "push" | "maintain" | "admin" | { role: string };

/** Who may do what. It is complete: a team or user that is not named here loses access. */
export interface AccessSettings {
  /** By slug. */
  teams: Record<string, Permission>;
  /** By login; those who are not members are invited. */
  users: Record<string, Permission>;
  /** Teams that the organisation itself gives access to: left alone. */
  ignoredTeams: string[];
}

export interface AccessArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  settings: AccessSettings;
}

/** Everybody's access to one repository, in one resource: access given by hand shows as drift. */
export class Access extends ComponentResource {
  constructor(name: string, args: AccessArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:Access", name, {}, opts);
    const { teams, users, ignoredTeams } = args.settings;
    new RepositoryCollaborators(
      `${name}-collaborators`,
      {
        repository: args.repository,
        teams: Object.entries(teams).map(([teamId, permission]) => ({ teamId, permission: roleOf(permission) })),
        users: Object.entries(users).map(([username, permission]) => ({ username, permission: roleOf(permission) })),
        ...(ignoredTeams.length > 0 && { ignoreTeams: ignoredTeams.map((teamId) => ({ teamId })) }),
      },
      // A section that is gone is no longer managed: leaving it out must lock nobody out.
      { parent: this, retainOnDelete: true },
    );
    this.registerOutputs();
  }
}

function roleOf(permission: Permission): string {
  return typeof permission === "string" ? permission : permission.role;
}
