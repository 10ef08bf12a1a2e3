import { ActionsSecret } from "@pulumi/github/actionsSecret.js";
import { ActionsVariable } from "@pulumi/github/actionsVariable.js";
import { DependabotSecret } from "@pulumi/github/dependabotSecret.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";
import type { ConfiguredSecret, SecretOf } from "../secrets.ts";

export interface RepositorySecretsArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  /** Actions secrets by name. */
  secrets: Record<string, ConfiguredSecret>;
  /** Actions variables by name. */
  variables: Record<string, string>;
  /** Dependabot's secrets by name. */
  dependabotSecrets: Record<string, ConfiguredSecret>;
  secretOf: SecretOf;
}

/**
 * A repository's secrets and variables.
 * The provider gets the value and seals it itself: a sealed value made here would be new in every run and never be without a change.
 */
export class RepositorySecrets extends ComponentResource {
  constructor(name: string, args: RepositorySecretsArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:RepositorySecrets", name, {}, opts);
    const { repository, secretOf } = args;
    const parent = { parent: this };
    for (const [secretName, { secret }] of Object.entries(args.secrets)) {
      new ActionsSecret(`${name}-${secretName}`, { repository, secretName, value: secretOf(secret) }, parent);
    }
    for (const [secretName, { secret }] of Object.entries(args.dependabotSecrets)) {
      new DependabotSecret(`${name}-dependabot-${secretName}`, { repository, secretName, value: secretOf(secret) }, parent);
    }
    for (const [variableName, value] of Object.entries(args.variables)) {
      new ActionsVariable(`${name}-variable-${variableName}`, { repository, variableName, value }, parent);
    }
    this.registerOutputs();
  }
}
