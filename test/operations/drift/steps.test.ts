import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { matches } from "../../../operations/drift/ignores.ts";
import { whatOf } from "../../../operations/drift/names.ts";
import { nextSteps } from "../../../operations/drift/next.ts";
import { placeOf, quoted } from "../../../operations/drift/places.ts";
import { pathKeys, pathText } from "../../../operations/drift/property-path.ts";
import type { Difference } from "../../../operations/drift/types.ts";
import { contrast } from "../../../operations/drift/value-text.ts";
import { environment } from "../../../settings/schema/repository-environment.ts";
import { access, actions, features, labels, security } from "../../../settings/schema/repository-parts.ts";
import { merge } from "../../../settings/schema/repository-merge.ts";

type Row = [name: string, field: string, live: unknown, object: Record<string, unknown>, piece: unknown];

function adopted(name: string, field: string | undefined, live: unknown, object: Record<string, unknown>, change: Difference["change"] = "changed"): unknown {
  const what = name.includes("/") ? name : `github:${name}/shop`;
  const { adopt } = nextSteps({ urn: "u", type: what.split("/")[0] ?? "", what, field, change, declared: "x", live, object, where: "", seenBy: "refresh" }, { stack: "s", sandbox: false }, "2030-01-01");
  return "yaml" in adopt ? parse(adopt.yaml)["slipway:repositories"].shop : adopt.none;
}

describe("adopting a field gives the setting that declares it", () => {
  test.each<Row>([
    ["Repository", "homepageUrl", "https://example.com", {}, { homepage: "https://example.com" }],
    ["Repository", "topics[1]", "b", { topics: ["a", "b"] }, { topics: ["a", "b"] }],
    ["Repository", "hasWiki", true, {}, { features: { wiki: true } }],
    ["Repository", "webCommitSignoffRequired", true, {}, { features: { signoff: true } }],
    ["Repository", "allowMergeCommit", true, { allowMergeCommit: true, allowSquashMerge: true, allowRebaseMerge: false }, { merge: { methods: ["merge", "squash"] } }],
    ["Repository", "securityAndAnalysis.secretScanning.status", "disabled", {}, { security: { secretScanning: false } }],
    ["BranchDefault", "branch", "trunk", {}, { defaultBranch: "trunk" }],
    ["github:ActionsVariable/shop:LEVEL", "value", "debug", {}, { variables: { LEVEL: "debug" } }],
    ["github:ActionsEnvironmentVariable/shop:production:LEVEL", "value", "debug", {}, { environments: { production: { variables: { LEVEL: "debug" } } } }],
    ["github:RepositoryRuleset/shop:main", "enforcement", "disabled", {}, { rulesets: { main: { enforcement: "disabled" } } }],
    ["WorkflowRepositoryPermissions", "defaultWorkflowPermissions", "write", {}, { actions: { token: "write" } }],
    ["ActionsRepositoryPermissions", "allowedActions", "all", { enabled: true, allowedActions: "all" }, { actions: { allowed: { kind: "all" } } }],
    ["ActionsRepositoryPermissions", "enabled", false, { enabled: false }, { actions: { allowed: { kind: "none" } } }],
    ["ActionsRepositoryPermissions", "allowedActionsConfig.patternsAlloweds[0]", "a/*", { enabled: true, allowedActions: "selected", allowedActionsConfig: { githubOwnedAllowed: true, patternsAlloweds: ["a/*"] } }, { actions: { allowed: { kind: "selected", githubOwned: true, verified: false, patterns: ["a/*"] } } }],
    ["RepositoryCollaborators", "users[0].permission", "write", { teams: [{ teamId: "platform", permission: "push" }], users: [{ username: "ada", permission: "write" }] }, { access: { teams: { platform: "push" }, users: { ada: "push" } } }],
    ["IssueLabels", "labels[0].color", "000000", { labels: [{ name: "bug", color: "000000", description: "d" }] }, { labels: { named: { bug: { color: "000000", description: "d" } } } }],
    ["github:RepositoryEnvironment/shop:production", "waitTimer", 9, { waitTimer: 9, canAdminsBypass: false, preventSelfReview: true, reviewers: [{ teams: [7], users: [] }] }, { environments: { production: { approvals: { teams: [7], preventSelfReview: true, adminsMayBypass: false }, waitMinutes: 9 } } }],
  ])("%s %s", (name, field, live, object, piece) => {
    expect(adopted(name, field, live, object)).toEqual(piece);
    const sections = { features, merge, security, access, actions, labels };
    for (const [key, schema] of Object.entries(sections)) if (Object.hasOwn(Object(piece), key)) expect(schema.safeParse(Reflect.get(Object(piece), key)).error?.issues ?? []).toEqual([]);
    for (const each of Object.values(Reflect.get(Object(piece), "environments") ?? {})) if (Object.hasOwn(Object(each), "approvals")) expect(environment.safeParse(each).error?.issues ?? []).toEqual([]);
  });

  test("what no setting says is said so", () => {
    expect(adopted("kubernetes:Deployment/shop/web", "spec.template.spec.containers[0].image", "x", {})).toBe("no setting of the stack's file says this; reconcile it, or change what makes it");
    expect(adopted("Repository", "allowMergeCommit", false, {})).toMatch(/^no setting/);
    expect(adopted("github:RepositoryDeployKey/shop:key", undefined, undefined, {}, "unmanaged")).toBe("deploy keys are not declared by a stack; delete it, or ignore it with a reason");
    expect(adopted("github:RepositoryRuleset/shop:odd", undefined, undefined, { id: "x" }, "unmanaged")).toBe("the stack's file has no word for all of it; delete it, or ignore it with a reason");
  });
});

describe("names and places", () => {
  test.each<[string, Record<string, unknown>, string, string, string]>([
    ["github:index/repositoryRuleset:RepositoryRuleset", { repository: "shop", name: "main" }, "42", "github:RepositoryRuleset/shop:main", "https://github.com/acme/shop/settings/rules/42"],
    ["github:index/repositoryWebhook:RepositoryWebhook", { repository: "shop", configuration: { url: "https://a.example" } }, "7", "github:RepositoryWebhook/shop:https://a.example", "https://github.com/acme/shop/settings/hooks/7"],
    ["github:index/repositoryFile:RepositoryFile", { repository: "shop", branch: "main", file: "docs/a b.md" }, "shop/docs/a b.md", "github:RepositoryFile/shop:docs/a b.md", "https://github.com/acme/shop/blob/main/docs/a%20b.md"],
    ["github:index/repositoryPullRequest:RepositoryPullRequest", { baseRepository: "shop", headRef: "slipway/files", title: "T" }, "acme:shop:3", "github:RepositoryPullRequest/shop:slipway/files", "https://github.com/acme/shop/pulls"],
    ["github:index/branchDefault:BranchDefault", { repository: "shop", branch: "main" }, "shop", "github:BranchDefault/shop", "https://github.com/acme/shop/settings/branches"],
    ["github:index/team:Team", { name: "platform" }, "9", "github:Team/platform", "https://github.com/organizations/acme/settings"],
    ["kubernetes:networking.istio.io/v1:VirtualService", { metadata: { name: "web", namespace: "shop" } }, "shop/web", "kubernetes:VirtualService/shop/web", "kubectl get virtualservice.networking.istio.io web -n shop -o yaml"],
    ["kubernetes:core/v1:Namespace", { metadata: { name: "shop" } }, "shop", "kubernetes:Namespace/shop", "kubectl get namespace shop -o yaml"],
    ["random:index/randomPassword:RandomPassword", {}, "none", "random:RandomPassword/none", "random:RandomPassword none"],
  ])("%s %j", (type, inputs, id, what, where) => {
    expect([whatOf(type, inputs, id), placeOf({ type, inputs, id, owner: "acme" })]).toEqual([what, where]);
  });

  test("a name is one word of a shell, whatever is in it", () => {
    expect([quoted("a/b:c"), quoted("it's; rm -rf"), quoted("a*")]).toEqual(["a/b:c", "'it'\\''s; rm -rf'", "'a*'"]);
  });
});

describe("for any", () => {
  test("path: its keys are read back", () => {
    const key = fc.oneof(fc.nat(99), fc.string({ minLength: 1 }).filter((text) => /[^\w-]/.test(text)), fc.stringMatching(/^[a-z][\w-]{0,8}$/));
    fc.assert(fc.property(fc.stringMatching(/^[a-z]\w{0,8}$/), fc.array(key, { maxLength: 5 }), (first, others) => {
      expect(pathKeys(pathText([first, ...others]))).toEqual([first, ...others]);
    }));
  });

  test("pattern: stars stand for any characters, as a regular expression says", () => {
    const text = fc.stringMatching(/^[ab]{0,8}$/);
    fc.assert(fc.property(fc.stringMatching(/^[ab*]{0,6}$/), text, (pattern, name) => {
      expect(matches(pattern, name)).toBe(new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name));
    }));
  });

  test("two values: what is shown of them differs where they do, and is short enough", () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), fc.string({ minLength: 1, maxLength: 80 }), fc.string({ maxLength: 80 }), fc.integer({ min: 12, max: 40 }), (before, middle, after, longest) => {
      const [one, other] = contrast(`${before}|${after}`, `${before}${middle}|${after}`, longest);
      expect(Math.max([...one].length, [...other].length)).toBeLessThanOrEqual(longest);
      expect(one).not.toBe(other);
    }));
  });
});
