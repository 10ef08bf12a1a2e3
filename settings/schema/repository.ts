import * as z from "zod";
import type { RepositoryWithPipelines } from "../../components/delivery/pipelines.ts";
import type { ExistingRepository } from "../../components/github/repository-settings.ts";
import { environments, namedSecrets, variables } from "./repository-environment.ts";
import { merge } from "./repository-merge.ts";
import { access, actions, autolink, features, files, labels, origin, pages, security, webhook } from "./repository-parts.ts";
import { rulesets } from "./repository-ruleset.ts";
import { autolinkPrefix, topic } from "./repository-scalars.ts";
import { branchName, dnsLabel, githubName, prose, url } from "./scalars.ts";
import { communitySettings } from "./workflows/community-files.ts";
import { workflows } from "./workflows/index.ts";

export type RepositorySettings = RepositoryWithPipelines | ExistingRepository;

const parts = {
  environments: environments.describe("Deployment environments by name"),
  secrets: namedSecrets.describe("Actions secrets by name, at most 100"),
  variables: variables.describe("Actions variables by name"),
  dependabotSecrets: namedSecrets.describe("Secrets of Dependabot's own runs by name, at most 100"),
};

const existing = z.strictObject({
  existing: z.literal(true).describe("Another stack, or nobody, manages the repository; this one only adds what follows"),
  ...parts,
});

const declared = z.strictObject({
  existing: z.literal(false).default(false).describe("This stack declares the repository whole"),
  description: prose(350).default("").describe("One line about it"),
  homepage: url.optional().describe("Its web page; absent: none"),
  topics: z.array(topic).max(20).default([]).describe("Topics, at most 20"),
  visibility: z.enum(["public", "private", "internal"]).default("private").describe("Who sees it; `internal` in an enterprise only"),
  archived: z.boolean().default(false).describe("Read-only for everyone; GitHub's API cannot undo it"),
  template: z.boolean().default(false).describe("Other repositories may be created from it"),
  origin: origin.default({ kind: "empty" }).describe("What it is created from; of no effect afterwards"),
  defaultBranch: branchName.default("main").describe("The default branch; the one that GitHub made is renamed to it"),
  protect: z.boolean().default(true).describe("Pulumi refuses to delete it"),
  archiveOnDestroy: z.boolean().default(true).describe("`destroy` archives it instead of deleting it"),
  renamedFrom: githubName.optional().describe("Its former key here: it is renamed instead of being created anew"),
  features: features.prefault({}).describe("Parts of its site"),
  merge: merge.prefault({}).describe("How pull requests are merged"),
  security: security.prefault({}).describe("Alerts and scanning"),
  pages: pages.optional().describe("GitHub Pages; absent: not managed"),
  labels: labels.optional().describe("Labels; absent: not managed"),
  access: access.optional().describe("Who may do what; absent: not managed"),
  actions: actions.optional().describe("What GitHub Actions may do; absent: not managed"),
  rulesets: rulesets.describe("Rulesets by name"),
  files: files.optional().describe("Files that the stack keeps in it; absent: none"),
  workflows: workflows.default({}).describe("Pipelines by family; each becomes workflow files, with the scripts and configuration that belong to them"),
  community: communitySettings.optional().describe("Files that GitHub and newcomers read; absent: none"),
  webhooks: z.record(dnsLabel, webhook).default({}).describe("Webhooks by a name of your own"),
  autolinks: z.record(autolinkPrefix, autolink).default({}).describe("References that become links, by prefix"),
  ...parts,
});

/** One entry of `slipway:repositories`. */
export const repositorySchema: z.ZodType<RepositorySettings> = z.discriminatedUnion("existing", [declared, existing]);
