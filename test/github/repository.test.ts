import { describe, expect, jest, test } from "@jest/globals";
import { log } from "@pulumi/pulumi";
import { GitHubRepository } from "../../components/github/repository.ts";
import { names, only, run, sealed, secretOf, valueOf } from "./program.ts";
import { repository, whole } from "./settings.ts";

const made = (given: Record<string, unknown>, look: (declared: GitHubRepository) => void = () => {}) =>
  run((opts) => look(new GitHubRepository("shop", { owner: "acme", settings: repository(given), secretOf }, opts)));

describe("a repository", () => {
  test("is made of named parts, each under its own component", async () => {
    const ran = await made(whole);
    expect(names(ran)).toEqual([
      "ActionsRepositoryPermissions shop-actions-allowed",
      "WorkflowRepositoryPermissions shop-actions-token",
      "RepositoryAutolinkReference shop-autolinks-SHOP-",
      "RepositoryVulnerabilityAlerts shop-core-alerts",
      "BranchDefault shop-core-default-branch",
      "RepositoryPages shop-core-pages",
      "Repository shop-core-repository",
      "RepositoryDependabotSecurityUpdates shop-core-security-updates",
      "RepositoryCollaborators shop-access-collaborators",
      "RepositoryEnvironment shop-environment-production-environment",
      "RepositoryEnvironment shop-environment-staging-environment",
      "RepositoryFile shop-files-README.md",
      "IssueLabels shop-labels-all",
      "RepositoryRuleset shop-ruleset-main-ruleset",
      "ActionsSecret shop-secrets-NPM_TOKEN",
      "RandomPassword shop-webhook-audit-secret",
      "RepositoryWebhook shop-webhook-audit-webhook",
    ].sort((left, right) => ((left.split(" ")[1] ?? "") < (right.split(" ")[1] ?? "") ? -1 : 1)));
    expect(ran.components).toEqual([
      "slipway:github:Access shop-access",
      "slipway:github:ActionsPermissions shop-actions",
      "slipway:github:Autolinks shop-autolinks",
      "slipway:github:Environment shop-environment-production",
      "slipway:github:Environment shop-environment-staging",
      "slipway:github:GitHubRepository shop",
      "slipway:github:Labels shop-labels",
      "slipway:github:RepositoryCore shop-core",
      "slipway:github:RepositoryFiles shop-files",
      "slipway:github:RepositorySecrets shop-secrets",
      "slipway:github:Ruleset shop-ruleset-main",
      "slipway:github:Webhook shop-webhook-audit",
    ]);
  });

  test("has a default branch, alerts, updates and Pages", async () => {
    const ran = await made(whole);
    expect(only(ran, "BranchDefault")).toEqual({ repository: "shop", branch: "trunk", rename: true });
    expect(only(ran, "RepositoryVulnerabilityAlerts")).toEqual({ repository: "shop", enabled: true });
    expect(only(ran, "RepositoryDependabotSecurityUpdates")).toEqual({ repository: "shop", enabled: true });
    expect(only(ran, "RepositoryPages")).toEqual({ repository: "shop", buildType: "legacy", source: { branch: "gh-pages", path: "/" } });
    expect(only(ran, "ActionsSecret")).toEqual({ repository: "shop", secretName: "NPM_TOKEN", value: sealed("value of npm") });
  });

  test("alone is protected, so that the rest may change", async () => {
    const { options } = await made(whole);
    expect([...options].filter(([, { protect }]) => protect === true).map(([name]) => name)).toEqual(["shop-core-repository"]);
    const open = await made({ ...whole, protect: false });
    expect([...open.options].filter(([, { protect }]) => protect === true)).toEqual([]);
  });

  test("loses nothing but its own items when a section is left out or the repository is renamed", async () => {
    const { options } = await made(whole);
    const having = (option: "retainOnDelete" | "deleteBeforeReplace"): string[] => [...options].flatMap(([name, opts]) => (opts[option] ? [name] : [])).toSorted();
    expect(having("retainOnDelete")).toEqual([
      "shop-access-collaborators",
      "shop-actions-allowed",
      "shop-actions-token",
      "shop-core-alerts",
      "shop-core-default-branch",
      "shop-core-pages",
      "shop-core-security-updates",
      "shop-labels-all",
    ]);
    expect(having("deleteBeforeReplace")).toEqual(["shop-autolinks-SHOP-", "shop-webhook-audit-webhook"]);
  });

  test("gives access before reviewers, commits files before the rules that would refuse them, and makes environments before the rules that name them", async () => {
    const { order } = await made(whole);
    const before = (first: string, second: string): boolean => order.indexOf(first) >= 0 && order.indexOf(first) < order.indexOf(second);
    expect(before("shop-access-collaborators", "shop-environment-production-environment")).toBe(true);
    expect(before("shop-core-default-branch", "shop-files-README.md")).toBe(true);
    expect(before("shop-files-README.md", "shop-ruleset-main-ruleset")).toBe(true);
    expect(before("shop-environment-staging-environment", "shop-ruleset-main-ruleset")).toBe(true);
    expect(before("shop-core-alerts", "shop-core-security-updates")).toBe(true);
  });

  test("tells its names and its environments", async () => {
    let found: GitHubRepository | undefined;
    let name: Promise<unknown> | undefined;
    await made(whole, (declared) => {
      found = declared;
      name = valueOf(declared.repository);
    });
    expect(await name).toBe("shop");
    expect(found?.fullName).toBe("acme/shop");
    expect(found?.environments).toEqual([
      { name: "staging", approvals: "none: rebuilt at every merge", url: "https://staging.example.com" },
      { name: "production", approvals: "1 reviewer (team release-team), 5 min wait", url: undefined },
    ]);
  });

  test("manages nothing that its settings leave out", async () => {
    const ran = await made({});
    expect(ran.components).toEqual(["slipway:github:GitHubRepository shop", "slipway:github:RepositoryCore shop-core"]);
    expect(names(ran)).toEqual([
      "RepositoryVulnerabilityAlerts shop-core-alerts",
      "BranchDefault shop-core-default-branch",
      "Repository shop-core-repository",
      "RepositoryDependabotSecurityUpdates shop-core-security-updates",
    ]);
  });

  test("that another stack owns only gets this stack's parts", async () => {
    const environments = { staging: { approvals: { unprotected: "rebuilt at every merge" } } };
    const ran = await made({ existing: true, environments, secrets: { TOKEN: { secret: "t" } } });
    expect(names(ran)).toEqual(["RepositoryEnvironment shop-environment-staging-environment", "ActionsSecret shop-secrets-TOKEN"]);
    expect(only(ran, "RepositoryEnvironment")).toMatchObject({ repository: "shop", environment: "staging" });
  });

  test("keeps its identity under a former name, and so does an environment", async () => {
    const environments = { production: { approvals: { teams: [1] }, renamedFrom: "prod" } };
    const warn = jest.spyOn(log, "warn").mockImplementation(() => Promise.resolve());
    const { options } = await made({ renamedFrom: "store", environments });
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
    expect(options.get("shop")?.aliases).toEqual([{ name: "store" }]);
    expect(options.get("shop-environment-production")?.aliases).toEqual([{ name: "shop-environment-prod" }]);
  });
});
