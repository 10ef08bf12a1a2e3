import { BranchDefault } from "@pulumi/github/branchDefault.js";
import { Repository } from "@pulumi/github/repository.js";
import { RepositoryDependabotSecurityUpdates } from "@pulumi/github/repositoryDependabotSecurityUpdates.js";
import { RepositoryPages } from "@pulumi/github/repositoryPages.js";
import { RepositoryVulnerabilityAlerts } from "@pulumi/github/repositoryVulnerabilityAlerts.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { pagesInputs, repositoryInputs } from "./repository-inputs.ts";
import type { DeclaredRepository } from "./repository-settings.ts";

export interface RepositoryCoreArgs {
  /** Name of the repository, without its owner. */
  repository: string;
  settings: DeclaredRepository;
}

/** The repository itself with its default branch, security alerts and Pages. */
export class RepositoryCore extends ComponentResource {
  /** Name without the owner, once it exists. */
  readonly repository: Output<string>;
  /** The default branch, once it exists under this name. */
  readonly defaultBranch: Output<string>;

  constructor(name: string, args: RepositoryCoreArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:RepositoryCore", name, {}, opts);
    const { settings } = args;
    const inputs = repositoryInputs(args.repository, settings);
    const created = new Repository(`${name}-repository`, inputs, { parent: this, protect: settings.protect });
    const repository = created.name;
    // Settings of the repository go with it. Deleted one by one, after a rename, they would be switched off under the new name.
    const parent = { parent: this, retainOnDelete: true };
    const branch = new BranchDefault(`${name}-default-branch`, { repository, branch: settings.defaultBranch, rename: true }, parent);
    const alerts = new RepositoryVulnerabilityAlerts(`${name}-alerts`, { repository, enabled: settings.security.vulnerabilityAlerts }, parent);
    // GitHub refuses the updates while the alerts are off.
    const afterAlerts = { ...parent, dependsOn: [alerts] };
    new RepositoryDependabotSecurityUpdates(`${name}-security-updates`, { repository, enabled: settings.security.dependabotUpdates }, afterAlerts);
    if (settings.pages) {
      new RepositoryPages(`${name}-pages`, { repository, ...pagesInputs(settings.pages) }, { ...parent, dependsOn: [branch] });
    }
    this.repository = repository;
    this.defaultBranch = branch.branch;
    this.registerOutputs({ repository: this.repository, defaultBranch: this.defaultBranch });
  }
}
