import { describe, expect, test } from "@jest/globals";
import { dangerText } from "../../../operations/preview/describe.ts";
import { IN_ENVIRONMENT, IN_REPOSITORY, IN_SERVICE, urnOf } from "./engine.ts";
import type { Made } from "./engine.ts";
import { summaryOf } from "./summaries.ts";

const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const RULESET = "github:index/repositoryRuleset:RepositoryRuleset";
const REPOSITORY = "github:index/repository:Repository";

function told(steps: readonly Made[]): string[] {
  return summaryOf(steps).dangers.map((danger) => dangerText(danger));
}

/** What is said of one resource; its name and place are left out. */
function whysOf(step: Partial<Made> & { type: string }): string[] {
  return summaryOf([{ op: "update", name: "it", parent: IN_SERVICE, ...step }]).dangers.map(({ does, why }) => `${does}: ${why}`);
}

describe("what ends and holds data or protects something is dangerous:", () => {
  test.each<[string, Record<string, unknown>, string]>([
    [REPOSITORY, {}, "its code, issues, pull requests, releases and secrets go, and nobody gets them back"],
    [REPOSITORY, { archiveOnDestroy: true }, "the repository is archived and nobody can push to it any more"],
    [ENVIRONMENT, {}, "its secrets, variables, approvals and deployment history go with it"],
    [RULESET, { name: "main" }, "what the ruleset main forbids is allowed from then on"],
    ["github:index/branchProtection:BranchProtection", {}, "the branch is not protected any more"],
    ["github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy", {}, "what may be deployed from where changes"],
    ["github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret", { secretName: "KUBE_CONFIG" }, "workflows that use KUBE_CONFIG find it empty"],
    ["github:index/branch:Branch", {}, "commits that are on this branch alone are lost"],
    ["github:index/repositoryVulnerabilityAlerts:RepositoryVulnerabilityAlerts", {}, "nobody is told of known vulnerabilities any more"],
    ["github:index/repositoryDeployKey:RepositoryDeployKey", {}, "what deploys with this key cannot any more"],
    ["kubernetes:core/v1:Namespace", {}, "everything in the namespace goes with it, volumes and secrets included"],
    ["kubernetes:core/v1:PersistentVolumeClaim", {}, "the data on it is lost unless the storage class keeps it"],
    ["kubernetes:apps/v1:StatefulSet", {}, "its pods stop, and their volumes may go"],
    ["kubernetes:apps/v1:Deployment", {}, "its pods stop answering"],
    ["kubernetes:core/v1:Service", {}, "callers do not find the service any more"],
    ["kubernetes:networking.istio.io/v1:Gateway", {}, "requests have no route any more"],
    ["kubernetes:core/v1:Secret", {}, "pods that read it cannot start"],
    ["kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", {}, "every object of this kind goes with it"],
    ["kubernetes:networking.k8s.io/v1:NetworkPolicy", {}, "traffic that it kept out gets in"],
    ["kubernetes:security.istio.io/v1:AuthorizationPolicy", {}, "callers that it kept out get in"],
    ["kubernetes:security.istio.io/v1:PeerAuthentication", {}, "requests without mTLS get in"],
    ["kubernetes:policy/v1:PodDisruptionBudget", {}, "maintenance of the cluster may stop all pods at once"],
    ["random:index/randomPassword:RandomPassword", {}, "the generated value is lost; what still uses it stops working"],
  ])("%s %j", (type, old, why) => {
    expect(whysOf({ type, op: "delete", old })).toEqual([`deletes: ${why}`]);
    expect(whysOf({ type, op: "replace", old, new: old })).toEqual([`replaces: it is deleted and made anew: ${why}`]);
    expect(whysOf({ type, op: "create", new: old })).toEqual([]);
    expect(whysOf({ type, op: "update", old, new: old })).toEqual([]);
  });

  test("what is protected, whatever it is", () => {
    expect(whysOf({ type: "any:index:Thing", op: "delete", old: {}, protect: true })).toEqual(["deletes: it is protected: the update refuses until its protection is taken off"]);
  });

  test("but not a config map, and not what comes and goes with a revision", () => {
    expect(whysOf({ type: "kubernetes:core/v1:ConfigMap", op: "delete", old: {} })).toEqual([]);
    const revision: Made = { op: "delete", type: "slipway:kubernetes:Revision", name: "storefront-r1", parent: IN_SERVICE, old: {} };
    expect(told([revision, { op: "delete", type: "kubernetes:apps/v1:Deployment", name: "pods", parent: urnOf(revision), old: {} }])).toEqual([]);
  });
});

describe("what protects less is dangerous:", () => {
  test.each<[string, string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ["no reviewers", ENVIRONMENT, { reviewers: [{ users: [1], teams: [2] }] }, {}, ["nobody has to approve a deployment any more"]],
    ["fewer reviewers", ENVIRONMENT, { reviewers: [{ users: [1], teams: [2] }] }, { reviewers: [{ users: [1] }] }, ["1 of 2 reviewers may not approve any more"]],
    ["another reviewer", ENVIRONMENT, { reviewers: [{ users: [1] }] }, { reviewers: [{ users: [3] }] }, ["1 of 1 reviewers may not approve any more"]],
    ["self-review", ENVIRONMENT, { preventSelfReview: true }, { preventSelfReview: false }, ["who starts a deployment may approve it"]],
    ["administrators, by the provider's default", ENVIRONMENT, { canAdminsBypass: false }, {}, ["administrators may go past the approval"]],
    ["a shorter wait", ENVIRONMENT, { waitTimer: 30 }, { waitTimer: 5 }, ["the wait before a deployment falls from 30 to 5 min"]],
    ["any branch", ENVIRONMENT, { deploymentBranchPolicy: { customBranchPolicies: true } }, {}, ["any branch may be deployed"]],
    ["not enforced", RULESET, { enforcement: "active" }, { enforcement: "evaluate" }, ["it is not enforced any more (evaluate)"]],
    ["a rule dropped", RULESET, { rules: { nonFastForward: true, deletion: true } }, { rules: { deletion: true, nonFastForward: false } }, ["it drops nonFastForward"]],
    ["a check dropped", RULESET, { rules: { requiredStatusChecks: { requiredChecks: [{ context: "a" }, { context: "b" }] } } }, { rules: { requiredStatusChecks: { requiredChecks: [{ context: "b" }] } } }, ["1 required checks need not pass any more"]],
    ["fewer approvals", RULESET, { rules: { pullRequest: { requiredApprovingReviewCount: 2 } } }, { rules: { pullRequest: { requiredApprovingReviewCount: 1 } } }, ["pull requests need 1 approvals instead of 2"]],
    ["a demand dropped", RULESET, { rules: { pullRequest: { requireCodeOwnerReview: true, dismissStaleReviewsOnPush: true } } }, { rules: { pullRequest: { dismissStaleReviewsOnPush: true } } }, ["requireCodeOwnerReview is not asked for any more"]],
    ["more who bypass", RULESET, { bypassActors: [] }, { bypassActors: [{ actorId: 5 }] }, ["1 more may go past it"]],
    ["public", REPOSITORY, { visibility: "private" }, { visibility: "public" }, ["everybody can read its code and history"]],
    ["archived", REPOSITORY, {}, { archived: true }, ["it is archived and nobody can push to it any more"]],
    ["no alerts", REPOSITORY, { vulnerabilityAlerts: true }, { vulnerabilityAlerts: false }, ["nobody is told of known vulnerabilities any more"]],
    ["a token that writes", "github:index/workflowRepositoryPermissions:WorkflowRepositoryPermissions", { defaultWorkflowPermissions: "read" }, { defaultWorkflowPermissions: "write", canApprovePullRequestReviews: true }, ["workflows may write to the repository unless they say otherwise", "workflows may approve pull requests"]],
    ["any action", "github:index/actionsRepositoryPermissions:ActionsRepositoryPermissions", { allowedActions: "selected" }, { allowedActions: "all" }, ["any action of anybody may run"]],
    ["no updates", "github:index/repositoryDependabotSecurityUpdates:RepositoryDependabotSecurityUpdates", { enabled: true }, { enabled: false }, ["vulnerable dependencies are not updated by themselves any more"]],
    ["an administrator", "github:index/repositoryCollaborators:RepositoryCollaborators", { users: [] }, { users: [{ username: "eve", permission: "admin" }, { username: "bob", permission: "push" }] }, ["1 more may administer it"]],
    ["plain requests", "kubernetes:security.istio.io/v1:PeerAuthentication", { spec: { mtls: { mode: "STRICT" } } }, { spec: { mtls: { mode: "PERMISSIVE" } } }, ["requests without mTLS get in"]],
    ["privileged pods", "kubernetes:core/v1:Namespace", { metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } } }, { metadata: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } }, ["pods with more rights than restricted ones may run"]],
    ["one pod", "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", { spec: { minReplicas: 2 } }, { spec: { minReplicas: 1 } }, ["one pod alone may be left, and nothing answers while it restarts"]],
  ])("%s", (_, type, old, after, whys) => {
    expect(whysOf({ type, old, new: after })).toEqual(whys.map((why) => `weakens: ${why}`));
    expect(whysOf({ type, old: after, new: old }).filter((why) => whys.includes(why.slice("weakens: ".length)) && !why.includes("reviewers may not"))).toEqual([]);
    expect(whysOf({ type, old, new: old })).toEqual([]);
  });

  test("a resource without its protection, and one that the stack forgets", () => {
    expect(whysOf({ type: "any:index:Thing", old: {}, new: {}, protect: true, protectAfter: false })).toEqual(["weakens: its protection is taken off: the next update may delete it"]);
    expect(whysOf({ type: "any:index:Thing", op: "delete", old: {}, retain: true })).toEqual(["forgets: it stays as it is, and the stack no longer keeps it so"]);
  });
});

describe("what comes to something that was there may open it:", () => {
  const policy = (more: Partial<Made>): Made => ({ op: "create", type: "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy", name: "policy", parent: IN_ENVIRONMENT, new: { branchPattern: "*" }, ...more });

  test("another branch or tag that may be deployed, and a key that writes", () => {
    expect(told([policy({})])).toEqual(["environment production of shop: branches * may be deployed to it (adds RepositoryEnvironmentDeploymentPolicy policy)"]);
    expect(whysOf(policy({ new: { tagPattern: "v*" } }))).toEqual(["opens: tags v* may be deployed to it"]);
    expect(whysOf({ type: "github:index/repositoryDeployKey:RepositoryDeployKey", op: "create", new: { readOnly: false } })).toEqual(["opens: whoever has the key may write to the repository"]);
    expect(whysOf({ type: "github:index/repositoryDeployKey:RepositoryDeployKey", op: "create", new: { readOnly: true } })).toEqual([]);
  });

  test("but not in an environment that is new itself", () => {
    const environment: Made = { op: "create", type: "slipway:github:Environment", name: "shop-environment-new", parent: IN_REPOSITORY, new: {} };
    expect(told([environment, policy({ parent: urnOf(environment) })])).toEqual([]);
  });
});

test("what is protected is told by itself, whatever it goes with", () => {
  const namespace: Made = { op: "delete", type: "slipway:kubernetes:Namespace", name: "shop", parent: "", old: {} };
  expect(told([
    namespace,
    { op: "delete", type: "kubernetes:core/v1:Namespace", name: "shop-namespace", parent: urnOf(namespace), old: {} },
    { op: "delete", type: "kubernetes:core/v1:ConfigMap", name: "map", parent: urnOf(namespace), old: {}, protect: true },
  ])).toEqual([
    "namespace shop: deletes Namespace shop-namespace: everything in the namespace goes with it, volumes and secrets included",
    "namespace shop: deletes ConfigMap map: it is protected: the update refuses until its protection is taken off",
  ]);
});

test("what ends with a whole is told as one, the worst first", () => {
  const repository: Made = { op: "delete", type: "slipway:github:GitHubRepository", name: "old", parent: "", old: {} };
  const environment: Made = { op: "delete", type: "slipway:github:Environment", name: "old-environment-beta", parent: urnOf(repository), old: {} };
  expect(told([
    { op: "update", type: ENVIRONMENT, name: "production", parent: IN_ENVIRONMENT, old: { canAdminsBypass: false }, new: { canAdminsBypass: true } },
    { op: "delete", type: RULESET, name: "main", parent: IN_REPOSITORY, old: { name: "main" } },
    repository,
    environment,
    { op: "delete", type: ENVIRONMENT, name: "beta", parent: urnOf(environment), old: {} },
    { op: "delete", type: RULESET, name: "one", parent: urnOf(repository), old: { name: "one" } },
    { op: "delete", type: RULESET, name: "two", parent: urnOf(repository), old: { name: "two" } },
    { op: "delete", type: REPOSITORY, name: "old-repository", parent: urnOf(repository), old: {} },
  ])).toEqual([
    "repository old: deletes Repository old-repository: its code, issues, pull requests, releases and secrets go, and nobody gets them back; with it 1 RepositoryEnvironment, 2 RepositoryRuleset",
    "repository shop: deletes RepositoryRuleset main: what the ruleset main forbids is allowed from then on",
    "environment production of shop: administrators may go past the approval (weakens RepositoryEnvironment production)",
  ]);
});
