import { RepositoryRuleset } from "@pulumi/github/repositoryRuleset.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { teamId, userId } from "./identities.ts";
import type { Identity } from "./identities.ts";
import type { MergeMethod } from "./repository-settings.ts";
import { bypassInput } from "./ruleset-bypass.ts";
import { rulesetConditions, rulesetRules } from "./ruleset-rules.ts";
import type { RulesetSettings } from "./ruleset-settings.ts";

export interface RulesetArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  /** Name of the ruleset; 1 to 100 characters. */
  ruleset: string;
  /** The repository's merge methods. */
  methods: MergeMethod[];
  settings: RulesetSettings;
}

/** Rules that hold for a repository's branches, tags or pushes. */
export class Ruleset extends ComponentResource {
  /** GitHub's number of it. */
  readonly rulesetId: Output<number>;

  constructor(name: string, args: RulesetArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:Ruleset", name, {}, opts);
    const { settings, methods } = args;
    const parent = { parent: this };
    const team = (identity: Identity): Output<number> => teamId(identity, parent);
    const user = (identity: Identity): Output<number> => userId(identity, parent);
    const ruleset = new RepositoryRuleset(
      `${name}-ruleset`,
      {
        repository: args.repository,
        name: args.ruleset,
        target: settings.target,
        enforcement: settings.enforcement,
        ...rulesetConditions(settings),
        rules: rulesetRules(settings, { methods, teamId: team }),
        bypassActors: settings.bypass.map((actor) => bypassInput(actor, team, user)),
      },
      parent,
    );
    this.rulesetId = ruleset.rulesetId;
    this.registerOutputs({ rulesetId: this.rulesetId });
  }
}
