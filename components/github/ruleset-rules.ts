import type { RepositoryRulesetConditions, RepositoryRulesetRules } from "@pulumi/github/types/input.js";
import type { Input } from "@pulumi/pulumi";
import type { Identity } from "./identities.ts";
import type { MergeMethod } from "./repository-settings.ts";
import type { BranchRuleset, MergeQueue, PullRequestRule, PushRuleset, RequiredChecks, RulesetSettings, TagRuleset } from "./ruleset-settings.ts";

type Rules = RepositoryRulesetRules;

const queueMethods: Record<MergeMethod, string> = { merge: "MERGE", squash: "SQUASH", rebase: "REBASE" };
const groupings: Record<MergeQueue["grouping"], string> = { "all-green": "ALLGREEN", "head-green": "HEADGREEN" };

/** What a ruleset's rules need beside its settings. */
export interface RulesContext {
  /** The repository's merge methods: what a pull request rule allows unless it says otherwise. */
  methods: MergeMethod[];
  teamId: (team: Identity) => Input<number>;
}

/** The refs a ruleset holds for; a push ruleset has none. */
export function rulesetConditions(settings: RulesetSettings): { conditions?: RepositoryRulesetConditions } {
  if (settings.target === "push") return {};
  const prefix = settings.target === "branch" ? "refs/heads/" : "refs/tags/";
  const ref = (name: string): string => (name.startsWith("~") ? name : `${prefix}${name}`);
  return { conditions: { refName: { includes: settings.include.map(ref), excludes: settings.exclude.map(ref) } } };
}

/** The provider's rules. */
export function rulesetRules(settings: RulesetSettings, context: RulesContext): Rules {
  switch (settings.target) {
    case "branch":
      return branchRules(settings, context);
    case "tag":
      return { ...refRules(settings), tagNamePattern: settings.patterns.name };
    case "push":
      return pushRules(settings);
    default:
      return settings satisfies never;
  }
}

function refRules(settings: BranchRuleset | TagRuleset): Rules {
  return {
    creation: settings.blockCreation,
    update: settings.blockUpdate,
    deletion: settings.blockDeletion,
    nonFastForward: settings.blockForcePush,
    requiredSignatures: settings.signatures,
    commitMessagePattern: settings.patterns.commitMessage,
    commitAuthorEmailPattern: settings.patterns.authorEmail,
    committerEmailPattern: settings.patterns.committerEmail,
  };
}

function branchRules(settings: BranchRuleset, context: RulesContext): Rules {
  const { pullRequest, requiredChecks, mergeQueue, requiredDeployments, codeScanning, copilotReview } = settings;
  return {
    ...refRules(settings),
    branchNamePattern: settings.patterns.name,
    requiredLinearHistory: settings.linearHistory,
    ...(pullRequest && { pullRequest: pullRequestRule(pullRequest, context) }),
    ...(requiredChecks && { requiredStatusChecks: checksRule(requiredChecks) }),
    ...(mergeQueue && { mergeQueue: queueRule(mergeQueue) }),
    ...(requiredDeployments.length > 0 && { requiredDeployments: { requiredDeploymentEnvironments: requiredDeployments } }),
    ...(codeScanning.length > 0 && { requiredCodeScanning: { requiredCodeScanningTools: codeScanning.map(scanningTool) } }),
    ...(copilotReview && { copilotCodeReview: { reviewDraftPullRequests: copilotReview.drafts, reviewOnPush: copilotReview.pushes } }),
  };
}

function pullRequestRule(rule: PullRequestRule, { methods, teamId }: RulesContext): NonNullable<Rules["pullRequest"]> {
  const requiredReviewers = rule.reviewers.map(({ team, paths, approvals }) => ({
    reviewer: { type: "Team", id: teamId(team) },
    filePatterns: paths,
    minimumApprovals: approvals,
  }));
  return {
    requiredApprovingReviewCount: rule.approvals,
    dismissStaleReviewsOnPush: rule.dismissStaleReviews,
    requireCodeOwnerReview: rule.codeOwnerReview,
    requireLastPushApproval: rule.lastPushApproval,
    requiredReviewThreadResolution: rule.threadResolution,
    allowedMergeMethods: inOrder(rule.methods ?? methods),
    ...(requiredReviewers.length > 0 && { requiredReviewers }),
  };
}

/** The provider compares the lists in order, which means nothing. */
function inOrder(methods: MergeMethod[]): MergeMethod[] {
  const order: MergeMethod[] = ["merge", "squash", "rebase"];
  return order.filter((method) => methods.includes(method));
}

function checksRule({ checks, strict, ignoreOnCreate }: RequiredChecks): NonNullable<Rules["requiredStatusChecks"]> {
  return {
    requiredChecks: checks.map(({ context, app }) => ({ context, ...(app !== undefined && { integrationId: app }) })),
    strictRequiredStatusChecksPolicy: strict,
    doNotEnforceOnCreate: ignoreOnCreate,
  };
}

function queueRule(queue: MergeQueue): NonNullable<Rules["mergeQueue"]> {
  return {
    mergeMethod: queueMethods[queue.method],
    groupingStrategy: groupings[queue.grouping],
    checkResponseTimeoutMinutes: queue.timeoutMinutes,
    maxEntriesToBuild: queue.maxBuild,
    maxEntriesToMerge: queue.maxMerge,
    minEntriesToMerge: queue.minMerge,
    minEntriesToMergeWaitMinutes: queue.minMergeWaitMinutes,
  };
}

function scanningTool({ tool, alerts, securityAlerts }: BranchRuleset["codeScanning"][number]) {
  return { tool, alertsThreshold: alerts, securityAlertsThreshold: securityAlerts };
}

function pushRules({ blockedPaths, blockedExtensions, maxFileMegabytes, maxPathLength }: PushRuleset): Rules {
  return {
    ...(blockedPaths.length > 0 && { filePathRestriction: { restrictedFilePaths: blockedPaths } }),
    ...(blockedExtensions.length > 0 && { fileExtensionRestriction: { restrictedFileExtensions: blockedExtensions } }),
    ...(maxFileMegabytes !== undefined && { maxFileSize: { maxFileSize: maxFileMegabytes } }),
    ...(maxPathLength !== undefined && { maxFilePathLength: { maxFilePathLength: maxPathLength } }),
  };
}
