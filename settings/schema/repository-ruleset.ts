import * as z from "zod";
import type { RulesetSettings } from "../../components/github/ruleset-settings.ts";
import { rulesetName, rulesetRef, team, user } from "./repository-scalars.ts";
import { mergeMethod } from "./repository-merge.ts";
import { prose, whole } from "./scalars.ts";

const mode = z
  .enum(["always", "pull-request", "exempt"])
  .default("always")
  .describe("`pull-request`: only by a pull request; `exempt`: the rules are not even run");
const actor = <K extends string>(kind: K, means: string) => ({ kind: z.literal(kind).describe(means), mode });

const bypass = z.discriminatedUnion("kind", [
  z.strictObject({ ...actor("role", "Everybody with a role"), role: z.enum(["maintain", "write", "admin"]).describe("The role") }),
  z.strictObject({ ...actor("team", "A team"), team: team.describe("Slug or id") }),
  z.strictObject({ ...actor("user", "One user"), user: user.describe("Login or id") }),
  z.strictObject({ ...actor("app", "A GitHub App"), app: whole(1, 2 ** 31 - 1, "the app's id").describe("The app's id, not that of its installation") }),
  z.strictObject(actor("organization-admin", "The organisation's owners")),
  z.strictObject(actor("enterprise-owner", "The enterprise's owners")),
  z.strictObject(actor("deploy-key", "Whoever pushes with a deploy key")),
]);

const pattern = z.strictObject({
  operator: z.enum(["starts_with", "ends_with", "contains", "regex"]).describe("How it is compared"),
  pattern: prose(1000).describe("What it is compared with"),
  negate: z.boolean().default(false).describe("Refuse what matches"),
});

const patterns = z.strictObject({
  name: pattern.optional().describe("Names of branches or tags"),
  commitMessage: pattern.optional().describe("Commit messages"),
  authorEmail: pattern.optional().describe("Authors' addresses"),
  committerEmail: pattern.optional().describe("Committers' addresses"),
});

const pullRequest = z.strictObject({
  approvals: whole(0, 10, "the number of reviews").default(1).describe("Approving reviews"),
  dismissStaleReviews: z.boolean().default(true).describe("A new push takes earlier approvals away"),
  codeOwnerReview: z.boolean().default(false).describe("Code owners approve their files"),
  lastPushApproval: z.boolean().default(false).describe("Somebody else approves the last push"),
  threadResolution: z.boolean().default(true).describe("All conversations are resolved"),
  methods: z.array(mergeMethod).min(1).optional().describe("Merge methods; absent: those of the repository"),
  reviewers: z
    .array(
      z.strictObject({
        team: team.describe("Slug or id"),
        paths: z.array(prose(255)).min(1).describe("Patterns of files"),
        approvals: whole(0, 10, "the number of reviews").default(1).describe("How many of its members approve"),
      }),
    )
    .default([])
    .describe("Teams that approve certain files"),
});

const check = z.strictObject({
  context: prose(255).describe("The check's name, as the pull request shows it"),
  app: whole(1, 2 ** 31 - 1, "the app's id").optional().describe("The app that must report it; 15368 is GitHub Actions"),
});

const requiredChecks = z.strictObject({
  checks: z.array(check).min(1, "names no check; name at least one, or remove requiredChecks").describe("Checks that must pass"),
  strict: z.boolean().default(true).describe("The branch is up to date with its base"),
  ignoreOnCreate: z.boolean().default(false).describe("Branches may be created before the checks have run"),
});

const mergeQueue = z.strictObject({
  method: mergeMethod.default("squash").describe("How the queue merges"),
  grouping: z.enum(["all-green", "head-green"]).default("all-green").describe("Each pull request passes, or only the group as a whole"),
  timeoutMinutes: whole(0, 360, "minutes").default(60).describe("Minutes a check may take"),
  maxBuild: whole(0, 100, "the number of pull requests").default(5).describe("Built at the same time"),
  maxMerge: whole(0, 100, "the number of pull requests").default(5).describe("Merged together at most"),
  minMerge: whole(0, 100, "the number of pull requests").default(1).describe("Merged together at least"),
  minMergeWaitMinutes: whole(0, 360, "minutes").default(5).describe("Minutes to wait for that many"),
});

const codeScanning = z.strictObject({
  tool: prose(100).describe("The tool, such as CodeQL"),
  alerts: z.enum(["none", "errors", "errors_and_warnings", "all"]).default("errors").describe("Alerts that block"),
  securityAlerts: z.enum(["none", "critical", "high_or_higher", "medium_or_higher", "all"]).default("high_or_higher").describe("Security alerts that block"),
});

const common = {
  enforcement: z.enum(["active", "evaluate", "disabled"]).default("active").describe("`evaluate` only reports; organisations only"),
  bypass: z.array(bypass).default([]).describe("Whom the rules do not hold for"),
};

const refs = {
  ...common,
  exclude: z.array(rulesetRef).default([]).describe("Names or patterns they do not hold for"),
  blockCreation: z.boolean().default(false).describe("Only the bypass creates them"),
  blockDeletion: z.boolean().default(true).describe("Only the bypass deletes them"),
  blockForcePush: z.boolean().default(true).describe("Nobody rewrites them"),
  signatures: z.boolean().default(false).describe("Commits carry a verified signature"),
  patterns: patterns.prefault({}).describe("Forms of names, messages and addresses; GitHub Enterprise only"),
};

const names = z.array(rulesetRef).min(1);

export const ruleset = z.discriminatedUnion("target", [
  z.strictObject({
    target: z.literal("branch").describe("Rules for branches"),
    include: names.default(["~DEFAULT_BRANCH"]).describe("Names or patterns they hold for"),
    ...refs,
    blockUpdate: z.boolean().default(false).describe("Only the bypass pushes to them"),
    linearHistory: z.boolean().default(false).describe("No merge commits"),
    pullRequest: pullRequest.optional().describe("Changes come by pull request; absent: they need not"),
    requiredChecks: requiredChecks.optional().describe("Checks that pass before a merge; absent: none"),
    mergeQueue: mergeQueue.optional().describe("Merges go through a queue; absent: they do not"),
    requiredDeployments: z.array(z.string()).default([]).describe("Environments that a commit was deployed to before it is merged"),
    codeScanning: z.array(codeScanning).default([]).describe("Scans that must have results"),
    copilotReview: z
      .strictObject({ drafts: z.boolean().default(false).describe("Drafts too"), pushes: z.boolean().default(false).describe("Every push") })
      .optional()
      .describe("Copilot reviews; absent: it does not"),
  }),
  z.strictObject({
    target: z.literal("tag").describe("Rules for tags"),
    include: names.default(["~ALL"]).describe("Names or patterns they hold for"),
    ...refs,
    blockUpdate: z.boolean().default(true).describe("Nobody moves them"),
  }),
  z.strictObject({
    target: z.literal("push").describe("Rules for what is pushed; private and internal repositories only"),
    ...common,
    blockedPaths: z.array(prose(255)).default([]).describe("Patterns of paths that nobody changes"),
    blockedExtensions: z.array(prose(100)).default([]).describe("Such as `*.exe`"),
    maxFileMegabytes: whole(1, 100, "megabytes").optional().describe("Megabytes of one file; absent: GitHub's own limit"),
    maxPathLength: whole(1, 32_767, "characters").optional().describe("Characters of a path; absent: no limit"),
  }),
]) satisfies z.ZodType<RulesetSettings>;

export const rulesets = z.record(rulesetName, ruleset).default({});
