import { ComponentResource, mergeOptions, output } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { SecretOf } from "../secrets.ts";
import { Access } from "./access.ts";
import { ActionsPermissions } from "./actions-permissions.ts";
import { Autolinks } from "./autolinks.ts";
import { approvalsText } from "./environment-protection.ts";
import { Environment } from "./environment.ts";
import { Labels } from "./labels.ts";
import { RepositoryCore } from "./repository-core.ts";
import { RepositoryFiles } from "./repository-files.ts";
import { RepositorySecrets } from "./repository-secrets.ts";
import type { DeclaredRepository, RepositorySettings } from "./repository-settings.ts";
import { Ruleset } from "./ruleset.ts";
import { Webhook } from "./webhook.ts";

export interface GitHubRepositoryArgs {
  /** The organisation or user that owns it. */
  owner: string;
  settings: RepositorySettings;
  secretOf: SecretOf;
}

/** What people see of an environment. */
export interface EnvironmentSummary {
  name: string;
  approvals: string;
  url?: string | undefined;
}

/** A repository with everything around its code; where another stack owns it, only the parts that this stack adds. Its name is the component's. */
export class GitHubRepository extends ComponentResource {
  /** Name without the owner. */
  readonly repository: Output<string>;
  /** `owner/name`. */
  readonly fullName: string;
  /** The environments that this stack declares. */
  readonly environments: EnvironmentSummary[];

  constructor(name: string, args: GitHubRepositoryArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:GitHubRepository", name, {}, withFormerName(opts, args.settings));
    const { settings, secretOf } = args;
    const core = settings.existing ? undefined : new RepositoryCore(`${name}-core`, { repository: name, settings }, { parent: this });
    this.repository = core?.repository ?? output(name);
    this.fullName = `${args.owner}/${name}`;
    const { repository } = this;
    // Reviewers of an environment need access first.
    const access = settings.existing ? [] : this.declareAccess(name, settings);
    const environments = Object.entries(settings.environments).map(
      ([environment, of]) =>
        new Environment(
          `${name}-environment-${environment}`,
          { repository, environment, settings: of, secretOf },
          { parent: this, dependsOn: access, aliases: formerNames(`${name}-environment-`, of.renamedFrom) },
        ),
    );
    const { secrets, variables, dependabotSecrets } = settings;
    if ([secrets, variables, dependabotSecrets].some((map) => Object.keys(map).length > 0)) {
      new RepositorySecrets(`${name}-secrets`, { repository, secrets, variables, dependabotSecrets, secretOf }, { parent: this });
    }
    if (core && !settings.existing) this.declareRest(name, args, settings, core.defaultBranch, environments);
    this.environments = Object.entries(settings.environments).map(([environment, of]) => ({ name: environment, approvals: approvalsText(of), url: of.url }));
    this.registerOutputs({ repository: this.repository, fullName: this.fullName, environments: this.environments });
  }

  private declareAccess(name: string, { access }: DeclaredRepository): Resource[] {
    return access ? [new Access(`${name}-access`, { repository: this.repository, settings: access }, { parent: this })] : [];
  }

  private declareRest(name: string, { secretOf }: GitHubRepositoryArgs, settings: DeclaredRepository, defaultBranch: Input<string>, environments: Environment[]): void {
    const { repository } = this;
    const parent = { parent: this };
    if (settings.labels) new Labels(`${name}-labels`, { repository, settings: settings.labels }, parent);
    if (settings.actions) new ActionsPermissions(`${name}-actions`, { repository, settings: settings.actions }, parent);
    if (Object.keys(settings.autolinks).length > 0) new Autolinks(`${name}-autolinks`, { repository, autolinks: settings.autolinks }, parent);
    for (const [webhook, of] of Object.entries(settings.webhooks)) {
      new Webhook(`${name}-webhook-${webhook}`, { repository, settings: of, secretOf }, parent);
    }
    const commits = settings.files ? new RepositoryFiles(`${name}-files`, { repository, defaultBranch, settings: settings.files }, parent).last : [];
    // The first commits go in before the rules that would refuse them; required deployments name environments that exist.
    const dependsOn = [...commits, ...environments.map(({ itself }) => itself)];
    for (const [ruleset, of] of Object.entries(settings.rulesets)) {
      const rulesetArgs = { repository, ruleset, methods: settings.merge.methods, settings: of };
      new Ruleset(`${name}-ruleset-${ruleset}`, rulesetArgs, { parent: this, dependsOn });
    }
  }
}

/** Under an alias of its former name the repository is renamed; without one it would be deleted and made anew, empty. */
function withFormerName(opts: ComponentResourceOptions | undefined, settings: RepositorySettings): ComponentResourceOptions {
  return mergeOptions(opts, { aliases: settings.existing ? [] : formerNames("", settings.renamedFrom) });
}

function formerNames(prefix: string, former: string | undefined): { name: string }[] {
  return former === undefined ? [] : [{ name: `${prefix}${former}` }];
}
