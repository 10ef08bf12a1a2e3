import { RepositoryAutolinkReference } from "@pulumi/github/repositoryAutolinkReference.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";

export interface AutolinkSettings {
  /** Where it leads; `<num>` stands for what follows the prefix. */
  url: string;
  /** What follows may have letters too. */
  alphanumeric: boolean;
}

export interface AutolinksArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  /** By key prefix, such as `JIRA-`. */
  autolinks: Record<string, AutolinkSettings>;
}

/** References such as JIRA-42 that become links. */
export class Autolinks extends ComponentResource {
  constructor(name: string, args: AutolinksArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:Autolinks", name, {}, opts);
    for (const [keyPrefix, { url, alphanumeric }] of Object.entries(args.autolinks)) {
      new RepositoryAutolinkReference(
        `${name}-${keyPrefix}`,
        { repository: args.repository, keyPrefix, targetUrlTemplate: url, isAlphanumeric: alphanumeric },
        // Every change replaces it, and GitHub takes a prefix only once.
        { parent: this, deleteBeforeReplace: true },
      );
    }
    this.registerOutputs();
  }
}
