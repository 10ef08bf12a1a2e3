import * as z from "zod";
import type { CodeOwner } from "../../../components/workflows/community/codeowners.ts";
import type { DependabotSettings, DependabotUpdate } from "../../../components/workflows/community/dependabot.ts";
import type { IssueFormsSettings } from "../../../components/workflows/community/issue-forms.ts";
import type { PullRequestTemplateSettings } from "../../../components/workflows/community/pull-request-template.ts";
import type { SecurityPolicySettings } from "../../../components/workflows/community/security-policy.ts";
import type { CommunitySettings } from "../../../components/workflows/community/settings.ts";
import { labelName, teamSlug } from "../repository-scalars.ts";
import { email, githubOwner, prose, text, url, whole } from "../scalars.ts";
import { commitType } from "./community-scalars.ts";

const LANGUAGES = ["gomod", "npm", "bun", "pip", "uv", "cargo", "bundler", "composer", "maven", "gradle", "nuget"] as const;
const ECOSYSTEMS = [...LANGUAGES, "docker", "docker-compose", "github-actions", "helm", "terraform", "gitsubmodule", "devcontainers"] as const;

const folder = text(/^\/([A-Za-z0-9._*-]+(\/[A-Za-z0-9._*-]+)*)?$/, "is not a folder of the repository", "write it from the root with a leading slash, such as / or /deploy");
const groupName = text(/^[A-Za-z][A-Za-z0-9_-]{0,99}$/, "is not the name of a group", "use 1 to 100 letters, digits, dashes and underscores, a letter first");
const versions = text(/^[^\s|][^|\p{Cc}]{0,49}$/u, "is not a version or a range of them", "write up to 50 characters without |, such as 1.x");
const line = text(/^\S[^\p{Cc}`]{0,199}$/u, "is not one line of text", "write 1 to 200 characters without a backquote");

const update: z.ZodType<DependabotUpdate> = z.strictObject({
  ecosystem: z.enum(ECOSYSTEMS).describe("The package manager"),
  directories: z.array(folder).min(1, "has no folder; write /, or leave it out").default(["/"]).describe("Folders with manifests"),
  interval: z.enum(["daily", "weekly", "monthly"]).default("weekly").describe("How often it looks"),
  cooldownDays: whole(7, 90, "days").default(7).describe("A version is proposed once it is so old, at least a week; security updates do not wait"),
  groups: z
    .record(
      groupName,
      z.strictObject({
        patterns: z.array(prose(200)).min(1, "takes in no dependency; write *, or leave it out").default(["*"]).describe("Names of dependencies, with * where anything fits"),
        updateTypes: z.array(z.enum(["major", "minor", "patch"])).min(1, "takes in no update; name one").default(["minor", "patch"]).describe("Steps of a version that belong to it"),
      }),
    )
    .default({})
    .describe("Updates that share a pull request, by name of the group"),
  labels: z.array(labelName).default(["dependencies"]).describe("Labels of its pull requests"),
  commitType: commitType.default("chore").describe("Type of its commits and titles"),
  limit: whole(1, 50, "pull requests").default(5).describe("Open pull requests at a time"),
});

const dependabot: z.ZodType<DependabotSettings> = z.strictObject({ updates: z.array(update).min(1, "updates nothing; add an ecosystem").describe("What it looks after") });

const codeOwner: z.ZodType<CodeOwner> = z.strictObject({
  path: text(/^[^\s#!][^\s#]{0,199}$/, "is not a pattern of CODEOWNERS", "write it as in .gitignore without blanks, such as *, /deploy/ or *.sql").describe("What is owned"),
  teams: z.array(teamSlug).default([]).describe("Slugs of teams that may write"),
  users: z.array(githubOwner).default([]).describe("Logins of users that may write"),
});

const securityPolicy: z.ZodType<SecurityPolicySettings> = z.strictObject({
  contact: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("private-report").describe("GitHub's private reporting, in public repositories") }),
      z.strictObject({ kind: z.literal("email").describe("By e-mail"), address: email.describe("The address") }),
    ])
    .default({ kind: "private-report" })
    .describe("Where a vulnerability is reported"),
  versions: z
    .array(z.strictObject({ version: versions.describe("Such as 1.x"), supported: z.boolean().default(true).describe("It gets security fixes") }))
    .min(1, "names no version; add the newest")
    .describe("Versions, the newest first"),
  answerDays: whole(1, 90, "days").default(3).describe("Until somebody answers"),
  fixDays: whole(1, 365, "days").default(90).describe("Until it is fixed or made public"),
});

const issueForms: z.ZodType<IssueFormsSettings> = z.strictObject({
  bug: z
    .strictObject({
      labels: z.array(labelName).default(["bug"]).describe("Labels of its issues"),
      environment: z.array(line).default(["Version", "Operating system"]).describe("What it asks about where the bug shows, a field each"),
    })
    .optional()
    .describe("Reports of bugs; absent: no form"),
  feature: z.strictObject({ labels: z.array(labelName).default(["enhancement"]).describe("Labels of its issues") }).optional().describe("Wishes; absent: no form"),
  blankIssues: z.boolean().default(false).describe("People may open an issue without a form"),
  links: z.array(z.strictObject({ name: line.describe("Its heading"), url: url.describe("Where it leads"), about: line.describe("What it is for") })).default([]).describe("Other places to go"),
});

const pullRequestTemplate: z.ZodType<PullRequestTemplateSettings> = z.strictObject({
  tests: z.array(line).default([]).describe("Commands that the author has run"),
  checklist: z.array(line).default([]).describe("What else is asked"),
});

/** `community` of a repository. */
export const communitySettings: z.ZodType<CommunitySettings> = z.strictObject({
  dependabot: dependabot.optional().describe("Updates of dependencies; absent: no file"),
  codeowners: z.array(codeOwner).min(1, "names nobody; add a line, or remove codeowners").optional().describe("Whom GitHub asks for a review, the last line that takes a file decides; absent: no file"),
  securityPolicy: securityPolicy.optional().describe("SECURITY.md; absent: no file"),
  issueForms: issueForms.optional().describe("Forms for new issues; absent: none"),
  pullRequestTemplate: pullRequestTemplate.optional().describe("What every pull request says of itself; absent: no file"),
  workflowsReadme: z.boolean().default(true).describe("A README beside the workflows that tells of them"),
});
