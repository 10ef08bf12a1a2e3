import { ActionsRepositoryAccessLevel } from "@pulumi/github/actionsRepositoryAccessLevel.js";
import { ActionsRepositoryPermissions } from "@pulumi/github/actionsRepositoryPermissions.js";
import type { ActionsRepositoryPermissionsArgs } from "@pulumi/github/actionsRepositoryPermissions.js";
import { WorkflowRepositoryPermissions } from "@pulumi/github/workflowRepositoryPermissions.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";

export interface ActionsSettings {
  /** Which actions may run; `none` switches Actions off. */
  allowed: AllowedActions;
  /** Actions are referred to by the full SHA of a commit. */
  shaPinning: boolean;
  /** What a workflow's token may do unless the workflow says less. */
  token: "read" | "write";
  /** Workflows may create and approve pull requests. */
  approvePullRequests: boolean;
  /** Who else may call this private repository's actions and workflows. Absent: not managed. */
  sharedWith?: "none" | "user" | "organization" | "enterprise" | undefined;
}

export type AllowedActions =
  | { kind: "none" }
  | { kind: "all" }
  | { kind: "local" }
  | { kind: "selected"; githubOwned: boolean; verified: boolean; patterns: string[] };

export interface ActionsPermissionsArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  settings: ActionsSettings;
}

/** What GitHub Actions may do in one repository. */
export class ActionsPermissions extends ComponentResource {
  constructor(name: string, args: ActionsPermissionsArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:ActionsPermissions", name, {}, opts);
    const { repository, settings } = args;
    // A section that is gone is no longer managed; deleting these would put GitHub's laxer defaults back.
    const parent = { parent: this, retainOnDelete: true };
    new ActionsRepositoryPermissions(`${name}-allowed`, { repository, ...allowedInputs(settings) }, parent);
    new WorkflowRepositoryPermissions(
      `${name}-token`,
      { repository, defaultWorkflowPermissions: settings.token, canApprovePullRequestReviews: settings.approvePullRequests },
      parent,
    );
    if (settings.sharedWith !== undefined) {
      new ActionsRepositoryAccessLevel(`${name}-shared`, { repository, accessLevel: settings.sharedWith }, parent);
    }
    this.registerOutputs();
  }
}

/** The SDK's page says `localOnly`; the provider's validation takes `local_only`. */
function allowedInputs({ allowed, shaPinning }: ActionsSettings): Omit<ActionsRepositoryPermissionsArgs, "repository"> {
  switch (allowed.kind) {
    case "none":
      return { enabled: false };
    case "all":
      return { enabled: true, allowedActions: "all", shaPinningRequired: shaPinning };
    case "local":
      return { enabled: true, allowedActions: "local_only", shaPinningRequired: shaPinning };
    case "selected": {
      const { githubOwned, verified, patterns } = allowed;
      const allowedActionsConfig = { githubOwnedAllowed: githubOwned, verifiedAllowed: verified, patternsAlloweds: patterns };
      return { enabled: true, allowedActions: "selected", allowedActionsConfig, shaPinningRequired: shaPinning };
    }
    default:
      return allowed satisfies never;
  }
}
