import type { Path } from "../values.ts";

interface Limit {
  types: readonly string[];
  path: Path;
}

const SECRETS = ["ActionsSecret", "ActionsEnvironmentSecret", "ActionsOrganizationSecret", "DependabotSecret", "DependabotOrganizationSecret", "CodespacesSecret", "CodespacesOrganizationSecret"];
const VARIABLES = ["ActionsVariable", "ActionsEnvironmentVariable", "ActionsOrganizationVariable"];
const IN_REPOSITORY = ["ActionsSecret", "ActionsVariable", "RepositoryEnvironment", "RepositoryRuleset", "RepositoryFile", "BranchDefault", "IssueLabel", "IssueLabels", "RepositoryWebhook"];
const NAME = { allows: /^[A-Za-z_][A-Za-z0-9_]*$/, forbids: /^GITHUB_/i, wrong: "must be letters, digits and _, without a leading digit and without the prefix GITHUB_", advice: "choose another name" };
const TOPIC = { allows: /^[a-z0-9][a-z0-9-]{0,49}$/, wrong: "must be lower-case letters, digits and hyphens, begin with a letter or digit and have at most 50 characters", advice: "rename the topic" };

/** Texts that must have a form. */
export const PATTERNS: readonly (Limit & { allows: RegExp; forbids?: RegExp; wrong: string; advice: string })[] = [
  { types: SECRETS, path: ["secretName"], ...NAME },
  { types: VARIABLES, path: ["variableName"], ...NAME },
  { types: ["Repository"], path: ["name"], allows: /^[A-Za-z0-9._-]{1,100}$/, forbids: /^\.{1,2}$|\.git$/, wrong: "must be 1 to 100 letters, digits, dots, hyphens and underscores, not ending in .git", advice: "choose another name" },
  { types: IN_REPOSITORY, path: ["repository"], allows: /^[A-Za-z0-9._-]{1,100}$/, wrong: "must be a repository's name without its owner", advice: "give the name alone" },
  { types: ["Repository", "RepositoryTopics"], path: ["topics", "*"], ...TOPIC },
  { types: ["IssueLabel"], path: ["color"], allows: /^[0-9a-fA-F]{6}$/, wrong: "must be six hexadecimal digits without #", advice: "give e.g. d73a4a" },
  { types: ["IssueLabels"], path: ["labels", "*", "color"], allows: /^[0-9a-fA-F]{6}$/, wrong: "must be six hexadecimal digits without #", advice: "give e.g. d73a4a" },
  { types: ["RepositoryAutolinkReference"], path: ["keyPrefix"], allows: /^[A-Za-z0-9.=+:/#_-]{1,}$/, wrong: "must be letters, digits and . - _ + = : / #", advice: "give e.g. TICKET-" },
  { types: ["RepositoryAutolinkReference"], path: ["targetUrlTemplate"], allows: /^https?:\/\/.*<num>/, wrong: "must be an http or https address that contains <num>", advice: "give e.g. https://tickets.example.com/<num>" },
  { types: ["RepositoryWebhook"], path: ["configuration", "url"], allows: /^https?:\/\/\S+$/, wrong: "must be an http or https address", advice: "give the address that receives the events" },
  { types: ["RepositoryFile"], path: ["file"], allows: /^[^/].*[^/]$|^[^/]$/, forbids: /(^|\/)\.{1,2}(\/|$)|\/\//, wrong: "must be a path from the repository's root", advice: "give e.g. .github/workflows/ci.yml" },
  { types: ["RepositoryEnvironment"], path: ["environment"], allows: /^[^\0]{1,255}$/, wrong: "must be 1 to 255 characters", advice: "choose another name" },
];

/** Texts and lists that may not be longer. */
export const LENGTHS: readonly (Limit & { most: number; unit: "characters" | "bytes" | "items"; advice: string })[] = [
  { types: ["Repository"], path: ["description"], most: 350, unit: "characters", advice: "shorten it" },
  { types: ["Repository", "RepositoryTopics"], path: ["topics"], most: 20, unit: "items", advice: "remove some" },
  { types: SECRETS, path: ["plaintextValue"], most: 48 * 1024, unit: "bytes", advice: "keep large values in a store of their own" },
  { types: SECRETS, path: ["value"], most: 48 * 1024, unit: "bytes", advice: "keep large values in a store of their own" },
  { types: VARIABLES, path: ["value"], most: 48 * 1024, unit: "bytes", advice: "keep large values in a file" },
  { types: ["IssueLabel"], path: ["name"], most: 50, unit: "characters", advice: "shorten it" },
  { types: ["IssueLabel"], path: ["description"], most: 100, unit: "characters", advice: "shorten it" },
  { types: ["IssueLabels"], path: ["labels", "*", "name"], most: 50, unit: "characters", advice: "shorten it" },
  { types: ["IssueLabels"], path: ["labels", "*", "description"], most: 100, unit: "characters", advice: "shorten it" },
];

/** Numbers and where they may lie. */
export const RANGES: readonly (Limit & { least: number; most: number; unit: string })[] = [
  { types: ["RepositoryEnvironment"], path: ["waitTimer"], least: 0, most: 43_200, unit: " minutes" },
  { types: ["RepositoryRuleset", "OrganizationRuleset"], path: ["rules", "pullRequest", "requiredApprovingReviewCount"], least: 0, most: 10, unit: "" },
  { types: ["RepositoryRuleset"], path: ["rules", "mergeQueue", "checkResponseTimeoutMinutes"], least: 1, most: 360, unit: " minutes" },
  { types: ["RepositoryRuleset"], path: ["rules", "mergeQueue", "minEntriesToMergeWaitMinutes"], least: 0, most: 360, unit: " minutes" },
  { types: ["RepositoryRuleset"], path: ["rules", "mergeQueue", "maxEntriesToBuild"], least: 0, most: 100, unit: "" },
  { types: ["RepositoryRuleset"], path: ["rules", "mergeQueue", "maxEntriesToMerge"], least: 0, most: 100, unit: "" },
  { types: ["RepositoryRuleset"], path: ["rules", "mergeQueue", "minEntriesToMerge"], least: 0, most: 100, unit: "" },
];

/** Texts that must be one of a few. The schema has them as plain strings. */
export const CHOICES: readonly (Limit & { among: readonly string[] })[] = [
  { types: ["Repository"], path: ["visibility"], among: ["public", "private", "internal"] },
  { types: ["Repository"], path: ["mergeCommitTitle"], among: ["PR_TITLE", "MERGE_MESSAGE"] },
  { types: ["Repository"], path: ["mergeCommitMessage"], among: ["PR_BODY", "PR_TITLE", "BLANK"] },
  { types: ["Repository"], path: ["squashMergeCommitTitle"], among: ["PR_TITLE", "COMMIT_OR_PR_TITLE"] },
  { types: ["Repository"], path: ["squashMergeCommitMessage"], among: ["PR_BODY", "COMMIT_MESSAGES", "BLANK"] },
  { types: ["Repository", "RepositoryPages"], path: ["pages", "buildType"], among: ["legacy", "workflow"] },
  { types: ["RepositoryRuleset", "OrganizationRuleset"], path: ["target"], among: ["branch", "tag", "push"] },
  { types: ["RepositoryRuleset", "OrganizationRuleset"], path: ["enforcement"], among: ["active", "evaluate", "disabled"] },
  { types: ["RepositoryRuleset", "OrganizationRuleset"], path: ["bypassActors", "*", "actorType"], among: ["RepositoryRole", "Team", "Integration", "OrganizationAdmin", "DeployKey"] },
  { types: ["RepositoryRuleset", "OrganizationRuleset"], path: ["bypassActors", "*", "bypassMode"], among: ["always", "pull_request", "exempt"] },
  { types: ["RepositoryRuleset"], path: ["rules", "mergeQueue", "mergeMethod"], among: ["MERGE", "SQUASH", "REBASE"] },
  { types: ["RepositoryRuleset"], path: ["rules", "mergeQueue", "groupingStrategy"], among: ["ALLGREEN", "HEADGREEN"] },
  { types: ["ActionsRepositoryPermissions"], path: ["allowedActions"], among: ["all", "local_only", "selected"] },
  { types: ["WorkflowRepositoryPermissions", "ActionsOrganizationWorkflowPermissions"], path: ["defaultWorkflowPermissions"], among: ["read", "write"] },
  { types: ["ActionsRepositoryAccessLevel"], path: ["accessLevel"], among: ["none", "user", "organization", "enterprise"] },
  { types: ["RepositoryWebhook"], path: ["configuration", "contentType"], among: ["json", "form"] },
  { types: ["Team"], path: ["privacy"], among: ["secret", "closed"] },
];
