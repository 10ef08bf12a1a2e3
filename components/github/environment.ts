import { ActionsEnvironmentSecret } from "@pulumi/github/actionsEnvironmentSecret.js";
import { ActionsEnvironmentVariable } from "@pulumi/github/actionsEnvironmentVariable.js";
import { RepositoryEnvironment } from "@pulumi/github/repositoryEnvironment.js";
import { RepositoryEnvironmentDeploymentPolicy } from "@pulumi/github/repositoryEnvironmentDeploymentPolicy.js";
import { all, ComponentResource, log } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { SecretOf } from "../secrets.ts";
import { approvalsText, protectionInputs } from "./environment-protection.ts";
import type { DeployFrom, EnvironmentSettings } from "./environment-protection.ts";
import { teamId, userId } from "./identities.ts";

export interface EnvironmentArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  /** Name of the environment. */
  environment: string;
  settings: EnvironmentSettings;
  secretOf: SecretOf;
}

/** What GitHub must hold about reviewers. Refresh does not see reviewers that somebody removed, so whoever looks for drift compares with this. */
export interface ExpectedReviewers {
  teams: number[];
  users: number[];
  preventSelfReview: boolean;
}

/** A deployment environment with its reviewers, wait, branch and tag patterns, secrets and variables. */
export class Environment extends ComponentResource {
  /** The environment's name, once it exists. */
  readonly environment: Output<string>;
  /** One line for people. */
  readonly approvals: string;
  readonly reviewers: Output<ExpectedReviewers>;
  /** The environment without its policies, secrets and variables: for whatever only needs it to exist. */
  readonly itself: Resource;

  constructor(name: string, args: EnvironmentArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:Environment", name, {}, opts);
    const { settings } = args;
    const parent = { parent: this };
    if (settings.renamedFrom !== undefined) log.warn(renameText(args.environment, settings.renamedFrom), this);
    const protection = protectionInputs(settings);
    const { teams, users } = "teams" in settings.approvals ? settings.approvals : { teams: [], users: [] };
    const teamIds = all(teams.map((team) => teamId(team, parent)));
    const userIds = all(users.map((user) => userId(user, parent)));
    const environment = new RepositoryEnvironment(
      `${name}-environment`,
      {
        repository: args.repository,
        environment: args.environment,
        ...protection,
        ...(teams.length + users.length > 0 && { reviewers: [{ teams: teamIds, users: userIds }] }),
      },
      parent,
    );
    this.itself = environment;
    this.environment = environment.environment;
    this.approvals = approvalsText(settings);
    this.reviewers = all([teamIds, userIds]).apply(([teams, users]) => ({ teams, users, preventSelfReview: protection.preventSelfReview === true }));
    const place = { repository: args.repository, environment: this.environment };
    for (const [kind, pattern] of patternsOf(settings.deployFrom)) {
      new RepositoryEnvironmentDeploymentPolicy(`${name}-${kind}-${pattern}`, { ...place, [`${kind}Pattern`]: pattern }, parent);
    }
    for (const [secretName, { secret }] of Object.entries(settings.secrets)) {
      new ActionsEnvironmentSecret(`${name}-secret-${secretName}`, { ...place, secretName, value: args.secretOf(secret) }, parent);
    }
    for (const [variableName, value] of Object.entries(settings.variables)) {
      new ActionsEnvironmentVariable(`${name}-variable-${variableName}`, { ...place, variableName, value }, parent);
    }
    this.registerOutputs({ environment: this.environment, approvals: this.approvals, reviewers: this.reviewers });
  }
}

function renameText(name: string, former: string): string {
  const lost = "GitHub cannot rename, so secrets and variables that are not declared here are lost";
  return `environment ${name} replaces ${former}: ${lost}; remove renamedFrom afterwards`;
}

function patternsOf(deployFrom: DeployFrom): ["branch" | "tag", string][] {
  if (deployFrom.kind !== "patterns") return [];
  const { branches, tags } = deployFrom;
  return [...branches.map((pattern): ["branch", string] => ["branch", pattern]), ...tags.map((pattern): ["tag", string] => ["tag", pattern])];
}
