import * as z from "zod";
import type { AccessSettings } from "../../components/github/access.ts";
import type { ActionsSettings } from "../../components/github/actions-permissions.ts";
import type { FilesSettings } from "../../components/github/files-settings.ts";
import type { LabelsSettings } from "../../components/github/labels.ts";
import type { FeatureSettings, PagesSettings, RepositoryOrigin, SecuritySettings } from "../../components/github/repository-settings.ts";
import { webhookEvents } from "../../components/github/webhook-events.ts";
import type { WebhookSettings } from "../../components/github/webhook.ts";
import { nearest } from "../nearest.ts";
import { actionPattern, autolinkUrl, filePath, labelName, roleName, teamSlug } from "./repository-scalars.ts";
import { branchName, email, githubName, githubOwner, hexColour, hostName, prose, url } from "./scalars.ts";
import { configuredSecret, secretReference } from "./secret.ts";

const source = { owner: githubOwner.describe("Its owner"), repository: githubName.describe("Its name") };

export const origin = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("empty").describe("A first commit with a README"),
    gitignore: prose(100).optional().describe("Name of a .gitignore of github/gitignore, such as Go"),
    licence: prose(100).optional().describe("Key of a licence, such as apache-2.0"),
  }),
  z.strictObject({ kind: z.literal("template").describe("From a template"), ...source, allBranches: z.boolean().default(false).describe("Not only its default branch") }),
  z.strictObject({ kind: z.literal("fork").describe("A fork of another repository"), ...source }),
  z.strictObject({ kind: z.literal("existing").describe("It was there before the stack, which adopted it") }),
]) satisfies z.ZodType<RepositoryOrigin>;

export const features = z.strictObject({
  issues: z.boolean().default(true).describe("Issues"),
  projects: z.boolean().default(false).describe("Projects"),
  wiki: z.boolean().default(false).describe("Wiki"),
  discussions: z.boolean().default(false).describe("Discussions"),
  forking: z.boolean().optional().describe("Forks of a private or internal repository of an organisation; absent: the organisation decides"),
  signoff: z.boolean().default(false).describe("Commits made on the web are signed off"),
}) satisfies z.ZodType<FeatureSettings>;

export const security = z.strictObject({
  vulnerabilityAlerts: z.boolean().default(true).describe("Dependabot alerts"),
  dependabotUpdates: z.boolean().default(true).describe("Pull requests for vulnerable dependencies; they need the alerts"),
  secretScanning: z.boolean().optional().describe("Secret scanning; absent: on in a public repository or with one of the next two, else not managed"),
  pushProtection: z.boolean().optional().describe("Pushes with secrets are refused; absent: as secretScanning"),
  advancedSecurity: z.boolean().optional().describe("GitHub Advanced Security of a private repository; absent: not managed"),
}) satisfies z.ZodType<SecuritySettings>;

const domain = z
  .strictObject({
    host: hostName.describe("The domain"),
    enforceHttps: z.boolean().default(false).describe("HTTPS only; GitHub refuses it until it has a certificate, minutes after the domain is set"),
  })
  .optional()
  .describe("A domain of one's own; absent: none");
export const pages = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("workflow").describe("A workflow publishes the site"), domain }),
  z.strictObject({
    kind: z.literal("branch").describe("GitHub builds it from a branch"),
    branch: branchName.describe("The branch"),
    path: z.enum(["/", "/docs"]).default("/").describe("The folder in it"),
    domain,
  }),
]) satisfies z.ZodType<PagesSettings>;

export const labels = z.strictObject({
  unnamed: z.enum(["keep", "remove"]).default("keep").describe("Labels that are not named here; `remove` takes them off every issue too"),
  named: z
    .record(labelName, z.strictObject({ color: hexColour.describe("Six hexadecimal digits"), description: prose(100).default("").describe("What it means") }))
    .describe("Labels by name"),
}) satisfies z.ZodType<LabelsSettings>;

const permission = z.union(
  [z.enum(["pull", "triage", "push", "maintain", "admin"]), z.strictObject({ role: roleName.describe("A custom repository role") })],
  "is not a permission; write pull, triage, push, maintain, admin or { role: <custom role> }",
);

export const access = z.strictObject({
  teams: z.record(teamSlug, permission).default({}).describe("Permission by team; a team that is not here loses access"),
  users: z.record(githubOwner, permission).default({}).describe("Permission by login; a user that is not here loses access"),
  ignoredTeams: z.array(teamSlug).default([]).describe("Teams that the organisation gives access to; left alone"),
}) satisfies z.ZodType<AccessSettings>;

const allowed = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").describe("Actions are off") }),
  z.strictObject({ kind: z.literal("all").describe("Any action") }),
  z.strictObject({ kind: z.literal("local").describe("Those of this owner") }),
  z.strictObject({
    kind: z.literal("selected").describe("Those named"),
    githubOwned: z.boolean().default(true).describe("Those of GitHub"),
    verified: z.boolean().default(false).describe("Those of verified creators"),
    patterns: z.array(actionPattern).default([]).describe("Such as docker/*"),
  }),
]);

export const actions = z.strictObject({
  allowed: allowed.prefault({ kind: "selected" }).describe("Which actions may run"),
  shaPinning: z.boolean().default(true).describe("Actions are named by the full SHA of a commit"),
  token: z.enum(["read", "write"]).default("read").describe("What a workflow's token may do unless the workflow says less"),
  approvePullRequests: z.boolean().default(false).describe("Workflows may create and approve pull requests"),
  sharedWith: z
    .enum(["none", "user", "organization", "enterprise"])
    .optional()
    .describe("Who else may call a private repository's workflows; absent: not managed"),
}) satisfies z.ZodType<ActionsSettings>;

const deliver = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("commit").describe("To the default branch; the token's actor must be in the bypass of its rulesets"),
    author: z
      .strictObject({ name: prose(100).describe("Name"), email: email.describe("Address") })
      .optional()
      .describe("Author of the commits; absent: the token's, whose commits GitHub signs for an app"),
  }),
  z.strictObject({
    kind: z.literal("pull-request").describe("To a branch and a pull request, which people merge"),
    branch: branchName.default("slipway/files").describe("The branch"),
    title: prose(200).default("chore: keep files as declared").describe("The pull request's title"),
    body: prose(4000).default("These files are declared by the stack.").describe("The pull request's text"),
  }),
]);

export const files = z.strictObject({
  deliver: deliver.describe("How they get there"),
  message: prose(200).default("chore: keep {file} as declared").describe("The commits' message; {file} is the path"),
  content: z.record(filePath, z.string()).default({}).describe("Text by path; one commit each"),
}) satisfies z.ZodType<FilesSettings>;

const event = z.enum(webhookEvents, {
  error: ({ input }) => `is not an event of a repository; write ${nearest(String(input), webhookEvents) ?? "one such as push, release or workflow_run, or * for all"}`,
});

export const webhook = z.strictObject({
  url: z.union([url, configuredSecret], "is not a web address; write one such as https://example.com/hook, or { secret: <config key> }").describe("Where it is sent"),
  secret: secretReference.prefault({ generate: { length: 32 } }).describe("What the receiver checks the signature with"),
  contentType: z.enum(["json", "form"]).default("json").describe("Form of the body"),
  events: z.array(event).min(1, "names no event; name at least one, or * for all").describe("When it is sent"),
  active: z.boolean().default(true).describe("It is sent at all"),
}) satisfies z.ZodType<WebhookSettings>;

export const autolink = z.strictObject({
  url: autolinkUrl.describe("Where it leads, with <num> for what follows the prefix"),
  alphanumeric: z.boolean().default(true).describe("What follows may have letters"),
});
