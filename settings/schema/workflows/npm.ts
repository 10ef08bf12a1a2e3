import * as z from "zod";
import type { NpmPublishOptions } from "../../../components/workflows/npm/npm-publish.ts";
import type { PrepareNpmPackageOptions } from "../../../components/workflows/npm/prepare-npm-package.ts";
import type { ReleaseOptions } from "../../../components/workflows/npm/release.ts";
import type { SemanticVersionOptions } from "../../../components/workflows/npm/semantic-version.ts";
import { PLATFORMS } from "../../../components/workflows/npm/tool.ts";
import type { UpdateHomebrewOptions } from "../../../components/workflows/npm/update-homebrew.ts";
import { environmentName } from "../repository-scalars.ts";
import { actionsName, branchName, githubName, githubOwner, prose, text, url } from "../scalars.ts";
import { argument, buildPath } from "./containers-scalars.ts";
import { workflowFile } from "./semantic-release.ts";

const program = text(/^[a-z0-9][a-z0-9._-]{0,99}$/, "is not the name of a program", "use lower-case letters, digits, dots, dashes and underscores")
  .optional()
  .describe("Name of the program and beginning of its files' names; the repository's name where absent");
const source = text(/^\.(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/, "is not a Go package of this repository", "write it from the root, such as ./cmd/tool, or . for the root").optional().describe("Go package of its main; ./cmd/<program> where absent");
const versionVariable = text(/^[\w./-]+\.\w+$/, "is not a Go variable", "write its package and name, such as main.version").default("main.version").describe("Go variable that gets the version");
const directory = buildPath.default(".").describe("Folder of package.json");
const node = text(/^[1-9]\d*(\.\d+){0,2}$/, "is not a version of Node.js", 'write one such as "24", in quotes').default("24").describe("Version of Node.js");
const platform = z.enum(PLATFORMS, `is not a platform; write one of ${PLATFORMS.join(", ")}`);

const tool = {
  program,
  source,
  platforms: z.tuple([platform], platform, "is not a list with at least one entry; write one").default([...PLATFORMS]).describe("What it is built for"),
  cgo: z.boolean().default(false).describe("Whether it links C code: then each platform is built on a machine of its own, else all are cross-compiled on Linux"),
  tags: z.array(text(/^[\w.]+$/, "is not a build tag", "use letters, digits, underscores and dots")).default([]).describe("Build tags"),
  versionVariable,
};

const release: z.ZodType<ReleaseOptions> = z.strictObject({
  ...tool,
  signing: z
    .strictObject({
      key: actionsName.default("GPG_PRIVATE_KEY").describe("Secret with the armored private key"),
      passphrase: actionsName.optional().describe("Secret with its passphrase; absent: it has none"),
    })
    .prefault({})
    .describe("The key that signs SHA256SUMS"),
  next: z.array(workflowFile).default([]).describe("Files of the workflows that start on the tag once the release is out, such as npm-publish.yml"),
});

const npmPublish: z.ZodType<NpmPublishOptions> = z.strictObject({
  package: text(/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]{0,213}$/, "is not the name of an npm package", "use lower-case letters, such as tool or @acme/tool").describe("Name of the package"),
  registry: url.default("https://registry.npmjs.org").describe("Registry that gets it"),
  token: actionsName.default("NPM_TOKEN").describe("Secret with a token that may publish it"),
  program,
  environment: environmentName.default("latest").describe("Environment of the publishing job, and the channel that gets the version"),
  node,
  mcpServer: z.array(argument).optional().describe("Arguments with which the program is an MCP server on stdin and stdout; absent: it is none"),
  reproducible: z.boolean().default(true).describe("Whether programs built anew must be those of the GitHub release, byte for byte; programs with C code may differ"),
});

const prepareNpmPackage: z.ZodType<PrepareNpmPackageOptions> = z.strictObject({ ...tool, directory, node });

const pullRequest = z.strictObject({
  kind: z.literal("pull-request"),
  checks: z.array(workflowFile).default([]).describe("Workflows that run on its branch: those that rulesets ask for, because GITHUB_TOKEN's pull requests start none"),
});
const commit = z.strictObject({ kind: z.literal("commit"), token: actionsName.describe("Secret with a token whose owner may pass by the branch's rules") });

const semanticVersion: z.ZodType<SemanticVersionOptions> = z.strictObject({
  directory,
  deliver: z.discriminatedUnion("kind", [pullRequest, commit]).prefault({ kind: "pull-request" }).describe("How the version gets to the default branch"),
});

const ownTap = z.strictObject({ kind: z.literal("own") });
const tapRepository = z.strictObject({
  kind: z.literal("repository"),
  owner: githubOwner.describe("Owner of the tap"),
  name: githubName.describe("Its repository, such as homebrew-tap"),
  branch: branchName.default("main").describe("Its default branch"),
  token: actionsName.describe("Secret with a token that may write it"),
});

const updateHomebrew: z.ZodType<UpdateHomebrewOptions> = z.strictObject({
  program,
  source,
  versionVariable,
  description: prose(80).describe("What the program is, in a few words"),
  homepage: url.optional().describe("Its page; the repository's where absent"),
  licence: text(/^[A-Za-z0-9.+-]{1,50}$/, "is not a licence", "write its SPDX name, such as MIT").describe("SPDX name of its licence"),
  tap: z.discriminatedUnion("kind", [ownTap, tapRepository]).prefault({ kind: "own" }).describe("Where people get the formula: this repository's folder Formula, or another repository"),
});

/** The options of the families in components/workflows/npm, by key. */
export const npm = {
  release: release.describe("Builds a Go program for all platforms and publishes a tag's signed release"),
  npmPublish: npmPublish.describe("Publishes the npm package of a release, once everything that can be checked before has been"),
  prepareNpmPackage: prepareNpmPackage.describe("Bundles the programs of all platforms into the npm package"),
  semanticVersion: semanticVersion.describe("Makes the next version out of the commits since the last one"),
  updateHomebrew: updateHomebrew.describe("Keeps a Homebrew formula of the program"),
};
