import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { fitting } from "../../../operations/adopt/fitting.ts";
import { environmentSettings } from "../../../operations/adopt/repository/environment.ts";
import { repositoryAdoption } from "../../../operations/adopt/repository/settings.ts";
import type { LiveRepository } from "../../../operations/adopt/repository/live.ts";
import { repositorySchema } from "../../../settings/schema/repository.ts";
import { environment, plain } from "./repositories.ts";

const nothing = { origin: { kind: "existing" }, archiveOnDestroy: false, access: {}, actions: {} };

function settingsOf(live: LiveRepository): Record<string, unknown> {
  const [entry] = repositoryAdoption(live).entries;
  expect(() => repositorySchema.parse(entry?.settings)).not.toThrow();
  return entry?.settings ?? {};
}

function wordsOf(live: LiveRepository): string[] {
  return repositoryAdoption(live).unmanaged.map(({ path, todo, what }) => `${path}: ${what}; ${todo}`);
}

describe("a repository", () => {
  test("with nothing set is as short as can be", () => {
    expect(settingsOf(plain())).toEqual(nothing);
  });

  test("is described as GitHub shows it", () => {
    const security = { advanced_security: { status: "enabled" }, secret_scanning: { status: "enabled" }, secret_scanning_push_protection: { status: "disabled" } };
    const live = plain({ vulnerabilityAlerts: false, dependabotUpdates: false, pages: { build_type: "legacy", source: { branch: "gh-pages", path: "/docs" }, cname: "shop.example.com", https_enforced: true } }, {
      description: "A shop", homepage: "https://shop.example.com", topics: ["go", "shop"], visibility: "internal", is_template: true, default_branch: "trunk", has_issues: false, has_wiki: true,
      has_discussions: true, web_commit_signoff_required: true, allow_merge_commit: true, merge_commit_title: "PR_TITLE", merge_commit_message: "BLANK", squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
      squash_merge_commit_message: "COMMIT_MESSAGES", allow_auto_merge: true, delete_branch_on_merge: false, security_and_analysis: security,
    });
    expect(settingsOf(live)).toEqual({
      ...nothing, description: "A shop", homepage: "https://shop.example.com", topics: ["go", "shop"], visibility: "internal", template: true, defaultBranch: "trunk",
      features: { issues: false, wiki: true, discussions: true, signoff: true },
      merge: { methods: ["merge", "squash"], squashText: "commit-or-title", mergeText: "title", autoMerge: true, deleteBranch: false },
      security: { vulnerabilityAlerts: false, dependabotUpdates: false, secretScanning: true, pushProtection: false, advancedSecurity: true },
      pages: { kind: "branch", branch: "gh-pages", path: "/docs", domain: { host: "shop.example.com", enforceHttps: true } },
    });
  });

  test.each([
    ["a template", { template_repository: { full_name: "acme/base" } }, { kind: "template", owner: "acme", repository: "base" }],
    ["a fork", { fork: true, parent: { full_name: "other/shop" } }, { kind: "fork", owner: "other", repository: "shop" }],
  ])("that came from %s says so", (_, repository, origin) => {
    expect(settingsOf(plain({}, repository))).toEqual({ ...nothing, origin });
  });

  test("gives access to its teams and people, but not to its owner", () => {
    const live = plain({ teams: [{ id: 1, slug: "ops", permission: "push" }, { id: 2, slug: "audit", permission: "Reader plus" }], collaborators: [{ id: 3, login: "ada", role_name: "write" }, { id: 4, login: "ACME", role_name: "admin" }] });
    expect(settingsOf(live)).toEqual({ ...nothing, access: { teams: { ops: "push", audit: { role: "Reader plus" } }, users: { ada: "push" } } });
  });

  test.each<[string, Partial<LiveRepository>, Record<string, unknown>]>([
    ["off", { actions: { enabled: false, sha_pinning_required: false } }, { allowed: { kind: "none" } }],
    ["all", { actions: { enabled: true, allowed_actions: "all", sha_pinning_required: false } }, { allowed: { kind: "all" }, shaPinning: false }],
    ["local", { actions: { enabled: true, allowed_actions: "local_only", sha_pinning_required: true } }, { allowed: { kind: "local" } }],
    ["selected", { selectedActions: { github_owned_allowed: false, verified_allowed: true, patterns_allowed: ["docker/*"] } }, { allowed: { kind: "selected", githubOwned: false, verified: true, patterns: ["docker/*"] } }],
    ["shared", { sharedWith: "organization", token: { default_workflow_permissions: "write", can_approve_pull_request_reviews: true } }, { token: "write", approvePullRequests: true, sharedWith: "organization" }],
  ])("has Actions %s", (_, more, actions) => {
    expect(settingsOf(plain(more))).toEqual({ ...nothing, actions });
  });

  test("has labels, autolinks and webhooks under names of their own", () => {
    const hook = (id: number, url: string, secret?: string) => ({ id, active: id !== 2, events: ["push"], config: { url, content_type: "json", insecure_ssl: "0", ...(secret !== undefined && { secret }) } });
    const live = plain({
      labels: [{ name: "bug", color: "d73a4a", description: null }], autolinks: [{ id: 1, key_prefix: "SHOP-", url_template: "https://t.example.com/<num>", is_alphanumeric: false }],
      hooks: [hook(1, "https://hooks.example.com/a", "********"), hook(2, "https://hooks.example.com/b", "********")],
    });
    const { secrets } = repositoryAdoption(live);
    expect(settingsOf(live)).toEqual({
      ...nothing, labels: { unnamed: "remove", named: { bug: { color: "d73a4a" } } }, autolinks: { "SHOP-": { url: "https://t.example.com/<num>", alphanumeric: false } },
      webhooks: {
        "hooks-example-com": { url: "https://hooks.example.com/a", events: ["push"], secret: { secret: "shopWebhookHooksExampleComSecret" } },
        "hooks-example-com-2": { url: "https://hooks.example.com/b", events: ["push"], secret: { secret: "shopWebhookHooksExampleCom2Secret" }, active: false },
      },
    });
    expect(secrets.map(({ path }) => path)).toEqual(["repositories.shop.webhooks.hooks-example-com.secret", "repositories.shop.webhooks.hooks-example-com-2.secret"]);
  });

  test("names its secrets, and the keys that their values go under", () => {
    const live = plain({ secrets: ["NPM_TOKEN"], dependabotSecrets: ["NPM_TOKEN"], variables: [{ name: "LEVEL", value: "5" }] });
    expect(settingsOf(live)).toEqual({ ...nothing, secrets: { NPM_TOKEN: { secret: "shopNpmToken" } }, dependabotSecrets: { NPM_TOKEN: { secret: "shopDependabotNpmToken" } }, variables: { LEVEL: "5" } });
    expect(repositoryAdoption(live).secrets).toEqual([{ key: "shopNpmToken", path: "repositories.shop.secrets.NPM_TOKEN" }, { key: "shopDependabotNpmToken", path: "repositories.shop.dependabotSecrets.NPM_TOKEN" }]);
  });
});

describe("an environment", () => {
  const reviewers = [{ type: "Team", reviewer: { id: 1, slug: "ops" } }, { type: "User", reviewer: { id: 2, login: "ada" } }, { type: "Team", reviewer: { id: 3 } }];

  test("keeps its reviewers, wait, policies, secrets and variables", () => {
    const live = environment(
      { can_admins_bypass: true, protection_rules: [{ type: "wait_timer", wait_timer: 5 }, { type: "required_reviewers", prevent_self_review: true, reviewers }, { type: "branch_policy" }], deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
      { policies: [{ id: 1, name: "main", type: "branch" }, { id: 2, name: "v*", type: "tag" }], secrets: ["KUBE_CONFIG"], variables: [{ name: "A", value: "b" }] },
    );
    expect(environmentSettings("shop", live)).toEqual({
      settings: {
        approvals: { teams: ["ops", 3], users: ["ada"], preventSelfReview: true, adminsMayBypass: true }, waitMinutes: 5, deployFrom: { kind: "patterns", branches: ["main"], tags: ["v*"] },
        secrets: { KUBE_CONFIG: { secret: "shopProductionKubeConfig" } }, variables: { A: "b" },
      },
      secrets: [{ key: "shopProductionKubeConfig", path: "environments.production.secrets.KUBE_CONFIG" }],
      unmanaged: [],
    });
  });

  test("without reviewers says so, and what the first update changes", () => {
    const { settings, unmanaged } = environmentSettings("shop", environment({ can_admins_bypass: true, protection_rules: [{ type: "custom" }], deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }));
    expect(settings).toMatchObject({ approvals: { unprotected: "nobody had to approve when it was adopted" }, deployFrom: { kind: "protected-branches" } });
    expect(unmanaged.map(({ what }) => what)).toEqual(["has a rule of an app, custom", "lets administrators bypass its wait, though nobody has to approve"]);
  });
});

test("what the configuration cannot say is named with what becomes of it", () => {
  const live = plain({
    pages: { build_type: "legacy", source: { branch: "main", path: "/site" }, cname: null, https_enforced: false }, labels: [{ name: "long", color: "ffffff", description: "x".repeat(101) }],
    hooks: [{ id: 5, active: true, events: ["push"], config: { content_type: "form", insecure_ssl: "0" } }, { id: 6, active: true, events: ["push"], config: { url: "https://open.example.com", content_type: "form", insecure_ssl: "0" } }, { id: 7, active: true, events: ["push"], config: { url: "https://lax.example.com", content_type: "form", insecure_ssl: "1", secret: "*" } }],
    workflowFiles: [".github/workflows/ci.yml", ".github/workflows/README.md"], deployKeys: ["backup"], protectedBranches: ["main"],
  }, { squash_merge_commit_title: "COMMIT_OR_PR_TITLE", squash_merge_commit_message: "BLANK" });
  expect(wordsOf(live)).toEqual([
    "repositories.shop.merge.squashText: GitHub writes COMMIT_OR_PR_TITLE BLANK; the first update sets the pair that the configuration says",
    "repositories.shop.pages: is built from /site; move the site to / or /docs, or publish it by a workflow",
    "repositories.shop.labels.named.long: has a description of more than 100 characters; shorten it: labels are adopted after that",
    "repositories.shop.webhooks.5: has no web address; it stays as it is",
    "repositories.shop.webhooks.open-example-com: is not signed; the first update signs it: tell its receiver the secret",
    "repositories.shop.webhooks.lax-example-com: does not check its receiver's certificate; the first update checks it: renew the certificate before",
    "repositories.shop.workflows: has the workflow files ci.yml; they stay as they are; declare their families under workflows to have them made, or their text under files.content",
    "repositories.shop.deployKeys: has the deploy key backup; it stays as it is: the configuration has no word for it",
    "repositories.shop.rulesets: protects the branch main in GitHub's older way; it stays as it is; write a ruleset that says the same, then remove the old protection",
  ]);
});

describe("what is there and a stack may not declare", () => {
  const hook = (id: number, events: string[]) => ({ id, active: true, events, config: { url: `https://h${id}.example.com`, content_type: "json", insecure_ssl: "0", secret: "*" } });

  test("is left out alone, and named", () => {
    const live = plain({ hooks: [hook(1, ["push"]), hook(2, ["teleport"])], variables: [{ name: "EMPTY", value: "" }, { name: "FULL", value: "x" }] }, { topics: ["Not a topic"] });
    expect(settingsOf(live)).toEqual({ ...nothing, variables: { FULL: "x" }, webhooks: { "h1-example-com": { url: "https://h1.example.com", events: ["push"], secret: { secret: "shopWebhookH1ExampleComSecret" } } } });
    expect(wordsOf(live)).toEqual([
      "repositories.shop.topics[0]: is not a topic; a stack cannot declare it; the first update sets what the reference says where nothing is said",
      "repositories.shop.webhooks.h2-example-com.events[0]: is not an event of a repository; a stack cannot declare it, so it stays as it is",
      "repositories.shop.variables.EMPTY: is empty; a stack cannot declare it, so it stays as it is",
    ]);
    expect(repositoryAdoption(live).secrets.map(({ key }) => key)).toEqual(["shopWebhookH1ExampleComSecret"]);
  });

  test("fails with its path where nothing is left without it", () => {
    expect(() => fitting(z.strictObject({ a: z.string("is not a text; write one") }), { a: 1 }, ["repositories", "shop"])).toThrow("repositories.shop.a: is missing; write one");
  });
});
