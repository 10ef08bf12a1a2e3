import { describe, expect, test } from "@jest/globals";
import { bypassInput } from "../../components/github/ruleset-bypass.ts";
import type { BypassActor, RulesetSettings } from "../../components/github/ruleset-settings.ts";
import { Ruleset } from "../../components/github/ruleset.ts";
import { ruleset as schema } from "../../settings/schema/repository-ruleset.ts";
import { only, run, valueOf } from "./program.ts";

const declare = (given: Record<string, unknown>, made?: (ruleset: Ruleset) => void) =>
  run((opts) => {
    const settings: RulesetSettings = schema.parse(given);
    const ruleset = new Ruleset("shop-main", { repository: "shop", ruleset: "main", methods: ["rebase", "squash"], settings }, opts);
    made?.(ruleset);
  });
const inputsOf = async (given: Record<string, unknown>) => only(await declare(given), "RepositoryRuleset");

const refDefaults = { creation: false, update: false, deletion: true, nonFastForward: true, requiredSignatures: false };

describe("a branch ruleset", () => {
  test("holds for the default branch and keeps its history by default", async () => {
    expect(await inputsOf({ target: "branch" })).toEqual({
      repository: "shop",
      name: "main",
      target: "branch",
      enforcement: "active",
      conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } },
      rules: { ...refDefaults, requiredLinearHistory: false },
      bypassActors: [],
    });
  });

  test("has every rule that is asked for", async () => {
    const ran = await declare({
      target: "branch",
      enforcement: "evaluate",
      include: ["main", "release/*", "~ALL"],
      exclude: ["release/old"],
      bypass: [{ kind: "team", team: "platform", mode: "pull-request" }],
      blockCreation: true,
      blockUpdate: true,
      blockDeletion: false,
      blockForcePush: false,
      signatures: true,
      linearHistory: true,
      pullRequest: { approvals: 2, codeOwnerReview: true, reviewers: [{ team: "release-team", paths: ["deploy/**"] }] },
      requiredChecks: { checks: [{ context: "test" }, { context: "lint", app: 15368 }], ignoreOnCreate: true },
      mergeQueue: { method: "squash" },
      requiredDeployments: ["staging"],
      codeScanning: [{ tool: "CodeQL" }],
      copilotReview: { pushes: true },
      patterns: {
        name: { operator: "starts_with", pattern: "release/" },
        commitMessage: { operator: "regex", pattern: "^(feat|fix):" },
        authorEmail: { operator: "ends_with", pattern: "@example.com" },
        committerEmail: { operator: "contains", pattern: "bot", negate: true },
      },
    });
    expect(ran.calls.map(({ inputs }) => inputs)).toEqual([
      { slug: "platform", summaryOnly: true },
      { slug: "release-team", summaryOnly: true },
    ]);
    expect(only(ran, "RepositoryRuleset")).toEqual({
      repository: "shop",
      name: "main",
      target: "branch",
      enforcement: "evaluate",
      conditions: { refName: { includes: ["refs/heads/main", "refs/heads/release/*", "~ALL"], excludes: ["refs/heads/release/old"] } },
      bypassActors: [{ actorType: "Team", actorId: 102, bypassMode: "pull_request" }],
      rules: {
        creation: true,
        update: true,
        deletion: false,
        nonFastForward: false,
        requiredSignatures: true,
        requiredLinearHistory: true,
        branchNamePattern: { operator: "starts_with", pattern: "release/", negate: false },
        commitMessagePattern: { operator: "regex", pattern: "^(feat|fix):", negate: false },
        commitAuthorEmailPattern: { operator: "ends_with", pattern: "@example.com", negate: false },
        committerEmailPattern: { operator: "contains", pattern: "bot", negate: true },
        pullRequest: {
          requiredApprovingReviewCount: 2,
          dismissStaleReviewsOnPush: true,
          requireCodeOwnerReview: true,
          requireLastPushApproval: false,
          requiredReviewThreadResolution: true,
          allowedMergeMethods: ["squash", "rebase"],
          requiredReviewers: [{ reviewer: { type: "Team", id: 101 }, filePatterns: ["deploy/**"], minimumApprovals: 1 }],
        },
        requiredStatusChecks: {
          requiredChecks: [{ context: "test" }, { context: "lint", integrationId: 15368 }],
          strictRequiredStatusChecksPolicy: true,
          doNotEnforceOnCreate: true,
        },
        mergeQueue: {
          mergeMethod: "SQUASH",
          groupingStrategy: "ALLGREEN",
          checkResponseTimeoutMinutes: 60,
          maxEntriesToBuild: 5,
          maxEntriesToMerge: 5,
          minEntriesToMerge: 1,
          minEntriesToMergeWaitMinutes: 5,
        },
        requiredDeployments: { requiredDeploymentEnvironments: ["staging"] },
        requiredCodeScanning: { requiredCodeScanningTools: [{ tool: "CodeQL", alertsThreshold: "errors", securityAlertsThreshold: "high_or_higher" }] },
        copilotCodeReview: { reviewDraftPullRequests: false, reviewOnPush: true },
      },
    });
  });

  test("allows the merge methods of its own where it names some", async () => {
    expect(await inputsOf({ target: "branch", pullRequest: { methods: ["rebase"] } })).toMatchObject({ rules: { pullRequest: { allowedMergeMethods: ["rebase"] } } });
  });

  test("gives its number", async () => {
    let number: Promise<unknown> | undefined;
    await declare({ target: "branch" }, (ruleset) => {
      number = valueOf(ruleset.rulesetId);
    });
    expect(await number).toBe(11);
  });
});

test("a tag ruleset keeps tags where they are", async () => {
  expect(await inputsOf({ target: "tag", include: ["v*"], patterns: { name: { operator: "regex", pattern: "^v" } } })).toEqual({
    repository: "shop",
    name: "main",
    target: "tag",
    enforcement: "active",
    conditions: { refName: { includes: ["refs/tags/v*"], excludes: [] } },
    rules: { ...refDefaults, update: true, tagNamePattern: { operator: "regex", pattern: "^v", negate: false } },
    bypassActors: [],
  });
});

test("a push ruleset has no refs", async () => {
  expect(await inputsOf({ target: "push", blockedPaths: [".env"], blockedExtensions: ["*.exe"], maxFileMegabytes: 20, maxPathLength: 200 })).toEqual({
    repository: "shop",
    name: "main",
    target: "push",
    enforcement: "active",
    rules: {
      filePathRestriction: { restrictedFilePaths: [".env"] },
      fileExtensionRestriction: { restrictedFileExtensions: ["*.exe"] },
      maxFileSize: { maxFileSize: 20 },
      maxFilePathLength: { maxFilePathLength: 200 },
    },
    bypassActors: [],
  });
});

test.each<[BypassActor, object]>([
  [{ kind: "role", role: "maintain", mode: "always" }, { actorType: "RepositoryRole", actorId: 2, bypassMode: "always" }],
  [{ kind: "role", role: "write", mode: "pull-request" }, { actorType: "RepositoryRole", actorId: 4, bypassMode: "pull_request" }],
  [{ kind: "role", role: "admin", mode: "exempt" }, { actorType: "RepositoryRole", actorId: 5, bypassMode: "exempt" }],
  [{ kind: "team", team: "platform", mode: "always" }, { actorType: "Team", actorId: 1, bypassMode: "always" }],
  [{ kind: "user", user: "ada", mode: "always" }, { actorType: "User", actorId: 2, bypassMode: "always" }],
  [{ kind: "app", app: 15368, mode: "always" }, { actorType: "Integration", actorId: 15368, bypassMode: "always" }],
  [{ kind: "organization-admin", mode: "always" }, { actorType: "OrganizationAdmin", bypassMode: "always" }],
  [{ kind: "enterprise-owner", mode: "always" }, { actorType: "EnterpriseOwner", bypassMode: "always" }],
  [{ kind: "deploy-key", mode: "always" }, { actorType: "DeployKey", bypassMode: "always" }],
])("the bypass of %j", (actor, expected) => {
  expect(bypassInput(actor, () => 1, () => 2)).toEqual(expected);
});
