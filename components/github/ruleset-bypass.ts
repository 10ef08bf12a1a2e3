import type { Input } from "@pulumi/pulumi";
import type { Identity } from "./identities.ts";
import type { BypassActor } from "./ruleset-settings.ts";

/** GitHub's ids of the roles that every repository has. */
const roles = { maintain: 2, write: 4, admin: 5 } as const;

// The SDK's page says `pullRequest`; the provider's validation takes `pull_request`.
const modes: Record<BypassActor["mode"], string> = { always: "always", "pull-request": "pull_request", exempt: "exempt" };

export interface BypassInput {
  actorType: string;
  /** Absent where the kind itself says who: GitHub ignores an id there, and the next run would see a change. */
  actorId?: Input<number>;
  bypassMode: string;
}

/** The provider's inputs for one actor; `teamId` and `userId` look names up. */
export function bypassInput(actor: BypassActor, teamId: (team: Identity) => Input<number>, userId: (user: Identity) => Input<number>): BypassInput {
  const bypassMode = modes[actor.mode];
  switch (actor.kind) {
    case "role":
      return { actorType: "RepositoryRole", actorId: roles[actor.role], bypassMode };
    case "team":
      return { actorType: "Team", actorId: teamId(actor.team), bypassMode };
    case "user":
      return { actorType: "User", actorId: userId(actor.user), bypassMode };
    case "app":
      return { actorType: "Integration", actorId: actor.app, bypassMode };
    case "organization-admin":
      return { actorType: "OrganizationAdmin", bypassMode };
    case "enterprise-owner":
      return { actorType: "EnterpriseOwner", bypassMode };
    case "deploy-key":
      return { actorType: "DeployKey", bypassMode };
    default:
      return actor satisfies never;
  }
}

