import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Resource } from "../../policy/types.ts";
import { DIGEST, file, github, resource, said, SHA, UNKNOWN } from "./stack.ts";

describe("environments-approved", () => {
  const environment = (changes: Record<string, unknown> = {}) => [
    github("RepositoryEnvironment", "shop-production", { environment: "production", reviewers: [{ teams: [], users: [1] }], preventSelfReview: true, canAdminsBypass: false, ...changes }),
  ];
  const NOBODY = "shop-production: reviewers names nobody; name a team or a user that approves deployments";

  test.each([
    ["a user who approves", {}],
    ["a team", { reviewers: [{ teams: [1] }] }],
    ["reviewers that only the update tells", { reviewers: UNKNOWN }],
    ["a team that only the update tells", { reviewers: [{ teams: UNKNOWN, users: [] }] }],
    ["another environment without any", { environment: "staging", reviewers: [], preventSelfReview: false, canAdminsBypass: true }],
  ])("%s passes", (_, changes) => {
    expect(said("environments-approved", environment(changes))).toEqual([]);
  });

  test("which ones are production is a setting", () => {
    expect(said("environments-approved", environment({ environment: "live", reviewers: [] }), { production: { environments: ["eu", "live"] } })).toEqual([NOBODY]);
  });

  test.each([
    ["no reviewers", { reviewers: undefined }, NOBODY],
    ["reviewers that are nobody", { reviewers: [{ teams: [], users: [] }] }, NOBODY],
    ["self-review", { preventSelfReview: false }, "shop-production: preventSelfReview lets whoever starts a deployment approve it, got false; set it to true"],
    ["self-review by the provider's default", { preventSelfReview: undefined }, "shop-production: preventSelfReview lets whoever starts a deployment approve it, got false; set it to true"],
    ["administrators that go past it", { canAdminsBypass: true }, "shop-production: canAdminsBypass lets administrators deploy without approval, got true; set it to false"],
    ["administrators by the provider's default", { canAdminsBypass: undefined }, "shop-production: canAdminsBypass lets administrators deploy without approval, got true; set it to false"],
  ])("%s does not", (_, changes, line) => {
    expect(said("environments-approved", environment(changes))).toEqual([line]);
  });

  test("a resource of another type is no environment", () => {
    expect(said("environments-approved", [github("ActionsEnvironmentSecret", "secret", { environment: "production" })])).toEqual([]);
  });
});

describe("default-branch-protected", () => {
  const repository = (changes: Record<string, unknown> = {}) => github("Repository", "shop-repository", { name: "shop", ...changes });
  const ruleset = (changes: Record<string, unknown> = {}, includes = ["~DEFAULT_BRANCH"], excludes: string[] = []) => github("RepositoryRuleset", "shop-main", {
    repository: "shop", name: "main", target: "branch", enforcement: "active", conditions: { refName: { includes, excludes } }, rules: { pullRequest: { requiredApprovingReviewCount: 1 } }, ...changes,
  });
  const branch = (name: string, repositoryName = "shop") => github("BranchDefault", "shop-default", { repository: repositoryName, branch: name });
  const todo = "declare a branch ruleset for ~DEFAULT_BRANCH with a pull request rule of at least one approval";
  const none = (got = "main") => `shop-repository: rulesets have none for the default branch, got "${got}"; ${todo}`;

  test.each<[string, Resource[]]>([
    ["an active ruleset", [repository(), ruleset()]],
    ["one for all branches", [repository(), ruleset({}, ["~ALL"])]],
    ["one for the branch by name", [repository(), branch("trunk"), ruleset({}, ["refs/heads/develop", "refs/heads/trunk"])]],
    ["one for main, where nothing says another", [repository(), branch("trunk", "other"), ruleset({}, ["refs/heads/main"])]],
    ["approvals that only the update tells", [repository(), ruleset({ rules: { pullRequest: { requiredApprovingReviewCount: UNKNOWN } } })]],
    ["enforcement that only the update tells", [repository(), ruleset({ enforcement: UNKNOWN })]],
    ["an active one beside one that is not", [repository(), ruleset({ enforcement: "evaluate" }), ruleset()]],
    ["one of two that asks for approvals", [repository(), ruleset({ rules: {} }), ruleset()]],
    ["an archived repository", [repository({ archived: true })]],
    ["a repository whose name is the resource's", [github("Repository", "shop", {}), ruleset()]],
  ])("%s passes", (_, stack) => {
    expect(said("default-branch-protected", stack)).toEqual([]);
  });

  test.each<[string, Resource[], string]>([
    ["no ruleset", [repository()], none()],
    ["one of another repository", [repository(), ruleset({ repository: "other" })], none()],
    ["one for tags", [repository(), ruleset({ target: "tag" })], none()],
    ["one for another branch", [repository(), branch("trunk"), ruleset({}, ["refs/heads/main"])], none("trunk")],
    ["one that leaves the branch out", [repository(), ruleset({}, ["~ALL"], ["refs/heads/main"])], none()],
    ["a resource of another type", [repository(), resource("github:index/branchProtection:BranchProtection", "p", ruleset().properties)], none()],
    ["one that is not enforced", [repository(), ruleset({ enforcement: "evaluate" }), ruleset({ enforcement: "disabled", name: "old" })],
      'shop-repository: rulesets are not enforced on the default branch, got "main, old"; set enforcement to active'],
    ["one without a pull request rule", [repository(), ruleset({ rules: {} })], `shop-repository: rulesets ask for no approved pull request on the default branch, got "main"; ${todo}`],
    ["one without approvals", [repository(), ruleset({ rules: { pullRequest: { requiredApprovingReviewCount: 0 } } })], `shop-repository: rulesets ask for no approved pull request on the default branch, got "main"; ${todo}`],
  ])("%s does not", (_, stack, line) => {
    expect(said("default-branch-protected", stack)).toEqual([line]);
  });
});

describe("actions-pinned", () => {
  const workflow = (uses: string, path = ".github/workflows/ci.yml") => [file(path, `jobs:\n  test:\n    steps:\n      - uses: ${uses}\n`)];
  const wrong = (path: string, uses: string, where = "jobs.test.steps.0.uses") => (
    `shop-files-${path}: ${where} is not pinned to a commit, got "${uses}"; write the commit's 40 digits after the @, and the version in a comment`
  );

  test.each([`actions/checkout@${SHA} # v6`, "./.github/actions/setup", `docker://ghcr.io/acme/tool@${DIGEST}`])("%s passes", (uses) => {
    expect(said("actions-pinned", workflow(uses))).toEqual([]);
  });

  test.each(["actions/checkout@v6", "actions/checkout", `actions/checkout@${SHA}0`, "docker://alpine:3", `docker://alpine@${DIGEST}0`, `x ./actions/setup@v1`])("%s does not", (uses) => {
    expect(said("actions-pinned", workflow(uses))).toEqual([wrong(".github/workflows/ci.yml", uses)]);
  });

  test.each([".github/workflows/ci.yaml", "action.yml", "tools/action.yaml"])("%s is judged", (path) => {
    expect(said("actions-pinned", workflow("a/b@v1", path))).toEqual([wrong(path, "a/b@v1")]);
  });

  test.each(["docs/ci.yml", ".github/workflows/nested/ci.yml", ".github/workflows/ci.yml.txt", "x.github/workflows/ci.yml", "reaction.yml"])("%s is none of Actions'", (path) => {
    expect(said("actions-pinned", workflow("a/b@v1", path))).toEqual([]);
  });

  test("a reusable workflow counts, and a key that only looks like one does not", () => {
    expect(said("actions-pinned", [file(".github/workflows/ci.yml", "jobs:\n  a:\n    uses: acme/flows/.github/workflows/x.yml@main\n  uses:\n    steps: []\n")]))
      .toEqual([wrong(".github/workflows/ci.yml", "acme/flows/.github/workflows/x.yml@main", "jobs.a.uses")]);
  });

  test("what is not YAML does not pass, and other resources have no actions", () => {
    expect(said("actions-pinned", [file(".github/workflows/ci.yml", "a: [1\n")])).toEqual(["shop-files-.github/workflows/ci.yml: content is not YAML, so that nobody can say what it runs, got \"BAD_INDENT\"; correct it"]);
    expect(said("actions-pinned", [github("Branch", "b", { file: ".github/workflows/ci.yml", content: "uses: a/b@v1" })])).toEqual([]);
  });
});

describe("workflow-permissions", () => {
  const workflow = (text: string) => [file(".github/workflows/ci.yml", text)];
  const CI = "shop-files-.github/workflows/ci.yml";
  const todo = "write {} for the workflow, and for each job the permissions that it uses";

  test.each([
    ["permissions of the workflow", "permissions: {contents: read}\njobs: {a: {steps: []}}\n"],
    ["permissions of each job", "jobs: {a: {permissions: {}}, b: {permissions: {contents: read}}}\n"],
    ["no job", "name: CI\n"],
  ])("%s pass", (_, text) => {
    expect(said("workflow-permissions", workflow(text))).toEqual([]);
  });

  test.each([
    ["a job without any", "jobs: {a: {permissions: {}}, b: {steps: []}}\n", `${CI}: permissions are missing, so that a job has the repository's default; ${todo}`],
    ["write-all", "permissions: write-all\njobs: {a: {}}\n", `${CI}: permissions are wildcards, got "write-all"; ${todo}`],
    ["read-all", "permissions: read-all\njobs: {a: {}}\n", `${CI}: permissions are wildcards, got "read-all"; ${todo}`],
    ["a job's write-all", "permissions: {}\njobs: {a: {permissions: write-all}}\n", `${CI}: jobs.a.permissions are wildcards, got "write-all"; ${todo}`],
  ])("%s does not", (_, text, line) => {
    expect(said("workflow-permissions", workflow(text))).toEqual([line]);
  });

  test("an action has no permissions, and a file that is not YAML is told of once, by another policy", () => {
    expect(said("workflow-permissions", [file("action.yml", "jobs: {a: {}}\n"), file(".github/workflows/ci.yml", "a: [1\n")])).toEqual([]);
  });

  test("a repository's default is to read", () => {
    const permissions = (defaultWorkflowPermissions: string) => [github("WorkflowRepositoryPermissions", "shop-token", { defaultWorkflowPermissions })];
    expect(said("workflow-permissions", permissions("read"))).toEqual([]);
    expect(said("workflow-permissions", permissions("write"))).toEqual(['shop-token: defaultWorkflowPermissions lets every workflow write everything, got "write"; set it to read']);
    expect(said("workflow-permissions", [github("Branch", "b", { defaultWorkflowPermissions: "write" })])).toEqual([]);
  });
});

test("this repository's own workflows keep to the policies", () => {
  const folder = join(import.meta.dirname, "../../.github/workflows");
  const own = readdirSync(folder).map((name) => file(`.github/workflows/${name}`, readFileSync(join(folder, name), "utf8")));
  expect(own).toHaveLength(6);
  expect(["actions-pinned", "workflow-permissions", "secrets-not-plain"].flatMap((policy) => said(policy, own))).toEqual([]);
});
