import type { RepositoryEnvironmentArgs } from "@pulumi/github/repositoryEnvironment.js";
import type { Identity } from "./identities.ts";
import type { ConfiguredSecret } from "../secrets.ts";

export interface EnvironmentSettings {
  /** Who approves a deployment; or why nobody has to. */
  approvals: Approvals | Unprotected;
  /** Minutes a deployment waits, 0 to 43200. */
  waitMinutes: number;
  /** What may be deployed to it. */
  deployFrom: DeployFrom;
  /** Where the deployed thing is found; shown by workflows. */
  url?: string | undefined;
  /** At most 100. */
  secrets: Record<string, ConfiguredSecret>;
  variables: Record<string, string>;
  /** Its former name: GitHub cannot rename, so it is replaced, and what was put into it by hand is lost. */
  renamedFrom?: string | undefined;
}

export interface Approvals {
  /** Slugs or ids; one approval suffices; at most 6 with the users, all with read access at least. */
  teams: Identity[];
  /** Logins or ids. */
  users: Identity[];
  /** Nobody approves a deployment of their own. */
  preventSelfReview: boolean;
  adminsMayBypass: boolean;
}

export interface Unprotected {
  /** The reason. */
  unprotected: string;
}

export type DeployFrom = { kind: "any" } | { kind: "protected-branches" } | { kind: "patterns"; branches: string[]; tags: string[] };

type Protection = Pick<RepositoryEnvironmentArgs, "canAdminsBypass" | "preventSelfReview" | "waitTimer" | "deploymentBranchPolicy">;

/** The provider's inputs apart from reviewers. Its own defaults let admins bypass and authors approve themselves, so both are always stated. */
export function protectionInputs({ approvals, waitMinutes, deployFrom }: EnvironmentSettings): Protection {
  const reviewed = "teams" in approvals;
  return {
    canAdminsBypass: reviewed && approvals.adminsMayBypass,
    preventSelfReview: reviewed && approvals.preventSelfReview,
    ...(waitMinutes > 0 && { waitTimer: waitMinutes }),
    ...branchPolicy(deployFrom),
  };
}

function branchPolicy(deployFrom: DeployFrom): Pick<Protection, "deploymentBranchPolicy"> {
  switch (deployFrom.kind) {
    case "any":
      return {};
    case "protected-branches":
      return { deploymentBranchPolicy: { protectedBranches: true, customBranchPolicies: false } };
    case "patterns":
      return { deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true } };
    default:
      return deployFrom satisfies never;
  }
}

/** One line for people: `2 reviewers (team release, user ada), 5 min wait`. */
export function approvalsText({ approvals, waitMinutes }: EnvironmentSettings): string {
  const wait = waitMinutes > 0 ? [`${waitMinutes} min wait`] : [];
  if ("unprotected" in approvals) return [`none: ${approvals.unprotected}`, ...wait].join(", ");
  const reviewers = [...approvals.teams.map((team) => `team ${team}`), ...approvals.users.map((user) => `user ${user}`)];
  const loose = [...(approvals.preventSelfReview ? [] : ["self-review allowed"]), ...(approvals.adminsMayBypass ? ["admins may bypass"] : [])];
  return [`${reviewers.length} ${reviewers.length === 1 ? "reviewer" : "reviewers"} (${reviewers.join(", ")})`, ...wait, ...loose].join(", ");
}
