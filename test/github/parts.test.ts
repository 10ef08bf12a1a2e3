import { describe, expect, test } from "@jest/globals";
import { Access } from "../../components/github/access.ts";
import { ActionsPermissions } from "../../components/github/actions-permissions.ts";
import { Autolinks } from "../../components/github/autolinks.ts";
import { Labels } from "../../components/github/labels.ts";
import { RepositorySecrets } from "../../components/github/repository-secrets.ts";
import { Webhook } from "../../components/github/webhook.ts";
import { access, actions, autolink, labels, webhook } from "../../settings/schema/repository-parts.ts";
import { names, only, run, sealed, secretOf, valueOf } from "./program.ts";

const repository = "shop";

describe("access", () => {
  const declare = (given: object) => run((opts) => void new Access("shop-access", { repository, settings: access.parse(given) }, opts));

  test("is one complete list, so that whoever was added by hand is seen", async () => {
    const ran = await declare({ teams: { platform: "admin", auditors: { role: "reader-of-alerts" } }, users: { ada: "triage" }, ignoredTeams: ["everybody"] });
    expect(ran.resources).toEqual([
      {
        type: "github:index/repositoryCollaborators:RepositoryCollaborators",
        name: "shop-access-collaborators",
        inputs: {
          repository,
          teams: [
            { teamId: "platform", permission: "admin" },
            { teamId: "auditors", permission: "reader-of-alerts" },
          ],
          users: [{ username: "ada", permission: "triage" }],
          ignoreTeams: [{ teamId: "everybody" }],
        },
      },
    ]);
    expect(ran.options.get("shop-access-collaborators")).toMatchObject({ retainOnDelete: true });
  });

  test("may be nobody's", async () => {
    expect(only(await declare({}), "RepositoryCollaborators")).toEqual({ repository, teams: [], users: [] });
  });
});

describe("labels", () => {
  const named = { bug: { color: "D73A4A", description: "Broken" }, idea: { color: "a2eeef" } };
  const declare = (given: object) => run((opts) => void new Labels("shop-labels", { repository, settings: labels.parse(given) }, opts));

  test("stand one by one beside those that people keep", async () => {
    const ran = await declare({ named });
    expect(ran.resources).toEqual([
      { type: "github:index/issueLabel:IssueLabel", name: "shop-labels-bug", inputs: { repository, name: "bug", color: "d73a4a", description: "Broken" } },
      { type: "github:index/issueLabel:IssueLabel", name: "shop-labels-idea", inputs: { repository, name: "idea", color: "a2eeef", description: "" } },
    ]);
    expect(ran.options.get("shop-labels-bug")).toMatchObject({ retainOnDelete: true });
  });

  test("are one list where no others may be", async () => {
    expect(only(await declare({ unnamed: "remove", named }), "IssueLabels")).toEqual({
      repository,
      labels: [
        { name: "bug", color: "d73a4a", description: "Broken" },
        { name: "idea", color: "a2eeef", description: "" },
      ],
    });
  });
});

describe("Actions permissions", () => {
  const declare = (given: object) => run((opts) => void new ActionsPermissions("shop-actions", { repository, settings: actions.parse(given) }, opts));

  test("let GitHub's own actions run with a token that reads, pinned, by default", async () => {
    const ran = await declare({});
    expect(names(ran)).toEqual(["ActionsRepositoryPermissions shop-actions-allowed", "WorkflowRepositoryPermissions shop-actions-token"]);
    expect(only(ran, "ActionsRepositoryPermissions")).toEqual({
      repository,
      enabled: true,
      allowedActions: "selected",
      allowedActionsConfig: { githubOwnedAllowed: true, verifiedAllowed: false, patternsAlloweds: [] },
      shaPinningRequired: true,
    });
    expect(only(ran, "WorkflowRepositoryPermissions")).toEqual({ repository, defaultWorkflowPermissions: "read", canApprovePullRequestReviews: false });
  });

  test.each([
    [{ kind: "none" }, { repository, enabled: false }],
    [{ kind: "all" }, { repository, enabled: true, allowedActions: "all", shaPinningRequired: false }],
    [{ kind: "local" }, { repository, enabled: true, allowedActions: "local_only", shaPinningRequired: false }],
  ])("of kind %j", async (allowed, expected) => {
    expect(only(await declare({ allowed, shaPinning: false }), "ActionsRepositoryPermissions")).toEqual(expected);
  });

  test("may write, approve and be shared where the settings say so", async () => {
    const ran = await declare({ token: "write", approvePullRequests: true, sharedWith: "organization" });
    expect(only(ran, "WorkflowRepositoryPermissions")).toEqual({ repository, defaultWorkflowPermissions: "write", canApprovePullRequestReviews: true });
    expect(only(ran, "ActionsRepositoryAccessLevel")).toEqual({ repository, accessLevel: "organization" });
  });
});

test("an autolink is deleted before it is replaced, because GitHub takes a prefix once", async () => {
  const autolinks = { "SHOP-": autolink.parse({ url: "https://tracker.example.com/<num>" }) };
  const ran = await run((opts) => void new Autolinks("shop-autolinks", { repository, autolinks }, opts));
  expect(only(ran, "RepositoryAutolinkReference")).toEqual({ repository, keyPrefix: "SHOP-", targetUrlTemplate: "https://tracker.example.com/<num>", isAlphanumeric: true });
  expect(ran.options.get("shop-autolinks-SHOP-")).toMatchObject({ deleteBeforeReplace: true });
});

describe("a webhook", () => {
  test("signs with a password that the stack makes, which stays secret", async () => {
    let signing: Promise<unknown> | undefined;
    const ran = await run((opts) => {
      const settings = webhook.parse({ url: "https://example.com/hook", events: ["push"] });
      signing = valueOf(new Webhook("shop-audit", { repository, settings, secretOf }, opts).secret);
    });
    expect(ran.resources).toEqual([
      { type: "random:index/randomPassword:RandomPassword", name: "shop-audit-secret", inputs: { length: 32, special: false } },
      {
        type: "github:index/repositoryWebhook:RepositoryWebhook",
        name: "shop-audit-webhook",
        inputs: {
          repository,
          events: ["push"],
          active: true,
          configuration: sealed({ url: "https://example.com/hook", contentType: "json", insecureSsl: false, secret: "generated" }),
        },
      },
    ]);
    expect(await signing).toBe("generated");
  });

  test("takes its address and its secret from the stack's secrets where they are named", async () => {
    const settings = webhook.parse({ url: { secret: "hookUrl" }, secret: { secret: "hookSecret" }, events: ["*"], contentType: "form", active: false });
    const ran = await run((opts) => void new Webhook("shop-audit", { repository, settings, secretOf }, opts));
    expect(only(ran, "RepositoryWebhook")).toEqual({
      repository,
      events: ["*"],
      active: false,
      configuration: sealed({ url: "value of hookUrl", contentType: "form", insecureSsl: false, secret: "value of hookSecret" }),
    });
  });
});

describe("secrets", () => {
  test("trap 11: they are given by value alone, marked secret, so that a second run changes nothing", async () => {
    const given = { repository, secrets: { NPM_TOKEN: { secret: "npm" } }, variables: { LIMIT: "5" }, dependabotSecrets: { NPM_TOKEN: { secret: "npm" } }, secretOf };
    const once = await run((opts) => void new RepositorySecrets("shop-secrets", given, opts));
    expect(once.resources).toEqual([
      { type: "github:index/actionsSecret:ActionsSecret", name: "shop-secrets-NPM_TOKEN", inputs: { repository, secretName: "NPM_TOKEN", value: sealed("value of npm") } },
      {
        type: "github:index/dependabotSecret:DependabotSecret",
        name: "shop-secrets-dependabot-NPM_TOKEN",
        inputs: { repository, secretName: "NPM_TOKEN", value: sealed("value of npm") },
      },
      { type: "github:index/actionsVariable:ActionsVariable", name: "shop-secrets-variable-LIMIT", inputs: { repository, variableName: "LIMIT", value: "5" } },
    ]);
    const twice = await run((opts) => void new RepositorySecrets("shop-secrets", given, opts));
    expect(twice.resources).toEqual(once.resources);
  });
});
