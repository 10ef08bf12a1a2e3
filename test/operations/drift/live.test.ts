import { afterEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { githubClient } from "../../../operations/github/client.ts";
import { Answers } from "../../../operations/drift/live/answers.ts";
import { asker } from "../../../operations/drift/live/ask.ts";
import type { Asker } from "../../../operations/drift/live/ask.ts";
import { nextSteps } from "../../../operations/drift/next.ts";
import { look } from "../../../operations/drift/live/look.ts";
import { Pace } from "../../../operations/drift/live/pace.ts";
import { judged } from "../../../operations/drift/severity.ts";
import { declaredIn } from "../../../operations/drift/state.ts";
import { sectionsSchema } from "../../../settings/schema/settings.ts";
import { idOf } from "../../../sandbox/population.ts";
import { closeGitHubs, openGitHub } from "../../sandbox/github-api/open.ts";
import type { Opened } from "../../sandbox/github-api/open.ts";
import { exported } from "./stack.ts";
import type { Made } from "./stack.ts";

afterEach(closeGitHubs);

const TEAM = idOf("team", "release-team");
const type = (name: string): string => `github:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;

const SHOP: Made = { type: type("Repository"), name: "shop", inputs: { name: "shop", visibility: "public" } };
const PRODUCTION: Made = {
  type: type("RepositoryEnvironment"), name: "production", id: "shop:production",
  inputs: { repository: "shop", environment: "production", canAdminsBypass: false, preventSelfReview: true, waitTimer: 5, reviewers: [{ teams: [TEAM], users: [] }], deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false } },
};
const ACCESS: Made = { type: type("RepositoryCollaborators"), name: "access", id: "shop", inputs: { repository: "shop", teams: [{ teamId: "platform", permission: "push" }], users: [{ username: "Ada", permission: "pull" }] } };

function askerOf({ api }: Opened, answers = new Answers()): Asker {
  const client = githubClient({ environment: { GITHUB_API_URL: api.url, GITHUB_TOKEN: api.token } });
  return asker({ client: (route, parameters) => client.request(route, parameters), answers, pace: new Pace() });
}

function declareAll({ declare }: Opened, ...made: Made[]): void {
  for (const { type: token, inputs } of made) declare(token.split(":").at(-1) ?? "", JSON.parse(JSON.stringify(inputs)));
}

/** What a look at the cloud finds beside what is made by `made`: what, field, change, severity. */
async function seen(opened: Opened, ...made: Made[]): Promise<unknown[]> {
  const found = await look(declaredIn(exported(...made)), askerOf(opened));
  return found.differences.map((difference) => [difference.what, difference.field, difference.change, judged(difference).severity]).sort();
}

describe("what a refresh does not show", () => {
  test("is nothing where everything is as declared", async () => {
    const opened = await openGitHub();
    declareAll(opened, PRODUCTION, ACCESS);
    expect(await seen(opened, SHOP, PRODUCTION, ACCESS)).toEqual([]);
  });

  test("a protection that somebody took away, field by field", async () => {
    const opened = await openGitHub();
    opened.declare("RepositoryEnvironment", { repository: "shop", environment: "production" });
    const what = "github:RepositoryEnvironment/shop:production";
    expect(await seen(opened, SHOP, PRODUCTION)).toEqual([
      [what, "canAdminsBypass", "changed", "hostile"],
      [what, "deploymentBranchPolicy", "removed", "hostile"],
      [what, "preventSelfReview", "changed", "hostile"],
      [what, "reviewers", "removed", "hostile"],
      [what, "waitTimer", "removed", "hostile"],
    ]);
  });

  test("other reviewers in another order are the same, another one is not", async () => {
    const opened = await openGitHub();
    const inputs = { ...PRODUCTION.inputs, reviewers: [{ users: [idOf("user", "grace"), idOf("user", "ada")], teams: [TEAM] }] };
    opened.declare("RepositoryEnvironment", { ...JSON.parse(JSON.stringify(inputs)), reviewers: [{ teams: [TEAM], users: [idOf("user", "ada"), idOf("user", "grace")] }] });
    expect(await seen(opened, SHOP, { ...PRODUCTION, inputs })).toEqual([]);
    opened.declare("RepositoryEnvironment", { ...JSON.parse(JSON.stringify(inputs)), reviewers: [{ teams: [TEAM], users: [idOf("user", "ada"), idOf("user", "linus")] }] });
    expect(await seen(opened, SHOP, { ...PRODUCTION, inputs })).toMatchObject([["github:RepositoryEnvironment/shop:production", "reviewers", "changed", "hostile"]]);
  });

  test("what nobody declared, with the call that takes it away", async () => {
    const opened = await openGitHub();
    declareAll(opened, PRODUCTION);
    const place = { repository: "shop", environment: "production" };
    opened.declare("RepositoryEnvironment", { repository: "shop", environment: "backdoor" });
    opened.declare("ActionsSecret", { repository: "shop", secretName: "EVIL", value: "canary-value" });
    opened.declare("ActionsVariable", { repository: "shop", variableName: "LEVEL", value: "debug" });
    opened.declare("DependabotSecret", { repository: "shop", secretName: "EVIL", value: "canary-value" });
    opened.declare("ActionsEnvironmentSecret", { ...place, secretName: "EVIL", value: "canary-value" });
    opened.declare("ActionsEnvironmentVariable", { ...place, variableName: "LEVEL", value: "debug" });
    opened.declare("RepositoryEnvironmentDeploymentPolicy", { ...place, policy: "branch/evil", branchPattern: "evil" });
    opened.declare("RepositoryRuleset", { repository: "shop", name: "evil", target: "branch", enforcement: "active", rules: { deletion: true } });
    opened.declare("RepositoryWebhook", { repository: "shop", active: true, events: ["push"], configuration: { url: "https://hooks.example.com/canary-value", contentType: "json" } });
    expect(await seen(opened, SHOP, PRODUCTION)).toEqual([
      ["github:ActionsEnvironmentSecret/shop:production:EVIL", undefined, "unmanaged", "hostile"],
      ["github:ActionsEnvironmentVariable/shop:production:LEVEL", undefined, "unmanaged", "risky"],
      ["github:ActionsSecret/shop:EVIL", undefined, "unmanaged", "hostile"],
      ["github:ActionsVariable/shop:LEVEL", undefined, "unmanaged", "risky"],
      ["github:DependabotSecret/shop:EVIL", undefined, "unmanaged", "hostile"],
      ["github:RepositoryEnvironment/shop:backdoor", undefined, "unmanaged", "risky"],
      ["github:RepositoryEnvironmentDeploymentPolicy/shop:production:evil", undefined, "unmanaged", "hostile"],
      ["github:RepositoryRuleset/shop:evil", undefined, "unmanaged", "risky"],
      [expect.stringMatching(/^github:RepositoryWebhook\/shop:hooks\.example\.com \d+$/), undefined, "unmanaged", "hostile"],
    ]);
    const client = githubClient({ environment: { GITHUB_API_URL: opened.api.url, GITHUB_TOKEN: opened.api.token } });
    const { differences } = await look(declaredIn(exported(SHOP, PRODUCTION)), askerOf(opened));
    expect(JSON.stringify(differences.map(({ object: _object, ...rest }) => rest))).not.toContain("canary-value");
    for (const { removal } of differences) await client.request(removal?.route ?? "", { ...removal?.parameters });
    expect(await seen(opened, SHOP, PRODUCTION)).toEqual([]);
  });

  test("what nobody declared, as the stack's file would say it, a webhook's address left out", async () => {
    const opened = await openGitHub();
    const place = { repository: "shop", environment: "hotfix" };
    opened.declare("RepositoryEnvironment", { ...place, waitTimer: 7, preventSelfReview: true, reviewers: [{ teams: [TEAM], users: [] }], deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false } });
    opened.declare("ActionsEnvironmentSecret", { ...place, secretName: "KUBE", value: "canary-value" });
    opened.declare("RepositoryEnvironmentDeploymentPolicy", { ...place, policy: "branch/main", branchPattern: "main" });
    opened.declare("RepositoryRuleset", { repository: "shop", name: "tags", target: "tag", enforcement: "active", bypassActors: [], conditions: { refName: { includes: ["refs/tags/v*"], excludes: [] } }, rules: { deletion: true, nonFastForward: true } });
    opened.declare("RepositoryWebhook", { repository: "shop", active: true, events: ["push"], configuration: { url: "https://hooks.example.com/canary-value", contentType: "json" } });
    const { differences } = await look(declaredIn(exported(SHOP)), askerOf(opened));
    const pieces = differences.map((difference) => nextSteps(difference, { stack: "s", sandbox: false }, "2030-01-01").adopt).map((adopt) => ("yaml" in adopt ? parse(adopt.yaml)["slipway:repositories"].shop : adopt));
    expect(pieces).toEqual([
      { environments: { hotfix: { approvals: { teams: ["release-team"], adminsMayBypass: true }, waitMinutes: 7, deployFrom: { kind: "patterns", branches: ["main"] }, secrets: { KUBE: { secret: "shopHotfixKube" } } } } },
      { rulesets: { tags: expect.objectContaining({ target: "tag", include: ["v*"] }) } },
      { webhooks: { "hooks-example-com": { url: { secret: "shopWebhookHooksExampleComUrl" }, secret: { secret: "shopWebhookHooksExampleComSecret" }, events: ["push"] } } },
    ]);
    const repository = Object.assign({ description: "A shop", origin: { kind: "empty" } }, ...pieces);
    expect(sectionsSchema.safeParse({ repositories: { shop: repository } }).error?.issues.map(({ path, message }) => [path.join("."), message]) ?? []).toEqual([]);
  });

  test("access that is wider than declared; names are of one case to GitHub", async () => {
    const opened = await openGitHub();
    opened.declare("RepositoryCollaborators", { repository: "shop", teams: [{ teamId: "platform", permission: "admin" }], users: [{ username: "ada", permission: "pull" }, { username: "linus", permission: "push" }] });
    expect(await seen(opened, SHOP, ACCESS)).toEqual([
      ["github:RepositoryCollaborators/shop", "teams[0].permission", "changed", "hostile"],
      ["github:RepositoryCollaborators/shop", "users", "added", "hostile"],
    ]);
  });

  test("a ruleset that is not enforced, and a new bypass actor where it changed since the state learned of it", async () => {
    const opened = await openGitHub();
    const inputs = { repository: "shop", name: "main", target: "branch", enforcement: "active", bypassActors: [{ actorType: "RepositoryRole", actorId: 5, bypassMode: "always" }] };
    const path = opened.declare("RepositoryRuleset", { ...inputs, enforcement: "disabled", bypassActors: [...inputs.bypassActors, { actorType: "OrganizationAdmin", bypassMode: "always" }] });
    const id = String(opened.documents.read(path)?.number ?? (await opened.ask("GET rulesets")).of(0, "id"));
    const ruleset = (modified: string): Made => ({ type: type("RepositoryRuleset"), name: "main", id, inputs, modified });
    const what = "github:RepositoryRuleset/shop:main";
    expect(await seen(opened, SHOP, ruleset("2026-01-01T00:00:00Z"))).toEqual([[what, "bypassActors", "added", "hostile"], [what, "enforcement", "changed", "hostile"]]);
    expect(await seen(opened, SHOP, ruleset("2026-12-01T00:00:00Z"))).toEqual([[what, "enforcement", "changed", "hostile"]]);
  });

  test("another stack's repository is not judged whole, and one that is gone is a refresh's matter", async () => {
    const opened = await openGitHub();
    opened.declare("RepositoryEnvironment", { repository: "shop", environment: "backdoor" });
    opened.declare("ActionsSecret", { repository: "shop", secretName: "EVIL", value: "v" });
    opened.declare("RepositoryEnvironment", { repository: "shop", environment: "production" });
    opened.declare("ActionsEnvironmentSecret", { repository: "shop", environment: "production", secretName: "EVIL", value: "v" });
    const bare = { ...PRODUCTION, inputs: { repository: "shop", environment: "production" } };
    expect(await seen(opened, bare)).toEqual([["github:ActionsEnvironmentSecret/shop:production:EVIL", undefined, "unmanaged", "hostile"]]);
    expect(await seen(opened, { ...SHOP, inputs: { name: "gone" } })).toEqual([]);
  });
});

describe("since when", () => {
  test("is told where GitHub's time is later than the stack's own last update", async () => {
    const opened = await openGitHub();
    const token: Made = { type: type("ActionsSecret"), name: "token", id: "shop:TOKEN", inputs: { repository: "shop", secretName: "TOKEN", value: "[secret]" } };
    opened.declare("ActionsSecret", { repository: "shop", secretName: "TOKEN", value: "by hand" });
    const told = async (modified: string): Promise<string | undefined> => {
      const declared = declaredIn(exported(SHOP, { ...token, modified }));
      const { dated } = await look(declared, askerOf(opened));
      const [object] = [...declared.values()].filter(({ what }) => what.includes("TOKEN"));
      return dated({ urn: object?.urn, type: token.type, what: object?.what ?? "", field: "value", change: "changed", where: "", seenBy: "refresh" }).since;
    };
    expect(await told("2026-01-01T00:00:00Z")).toBe("2026-11-21T12:00:00.000Z");
    expect(await told("2026-11-21T12:00:00.000Z")).toBeUndefined();
  });
});

describe("GitHub's limits", () => {
  test("what did not change is asked for free, and the answer is the same", async () => {
    const opened = await openGitHub();
    declareAll(opened, PRODUCTION);
    opened.declare("ActionsSecret", { repository: "shop", secretName: "EVIL", value: "v" });
    const answers = new Answers();
    const first = await look(declaredIn(exported(SHOP, PRODUCTION)), askerOf(opened, answers));
    const second = await look(declaredIn(exported(SHOP, PRODUCTION)), askerOf(opened, answers));
    expect(second.differences).toEqual(first.differences);
    expect([first.reads, second.reads]).toEqual([{ repositories: 1, requests: 10, unchanged: 0 }, { repositories: 1, requests: 0, unchanged: 10 }]);
    expect((await opened.ask("GET /rate_limit")).of("resources", "core", "used")).toBe(10);
  });

  test("a list of more than a page is read to its end", async () => {
    const opened = await openGitHub();
    for (let at = 0; at < 130; at++) opened.declare("ActionsVariable", { repository: "shop", variableName: `V${at}`, value: "v" });
    expect(await seen(opened, SHOP)).toHaveLength(130);
  });

  test("a token that may not read fails the look, with what it lacks", async () => {
    const opened = await openGitHub({ tokens: { narrow: { login: "ada", permissions: { administration: "read" } } } });
    const client = githubClient({ environment: { GITHUB_API_URL: opened.api.url, GITHUB_TOKEN: "narrow" } });
    const narrow = asker({ client: (route, parameters) => client.request(route, parameters), answers: new Answers(), pace: new Pace() });
    await expect(look(declaredIn(exported(SHOP)), narrow)).rejects.toThrow(/the token may not do this, got status 403 .*; give the token of GITHUB_TOKEN the permission/);
  });

  test("only so many run at once, and only so many a minute", async () => {
    let [now, running, most] = [0, 0, 0];
    const starts: number[] = [];
    const pace = new Pace({ perMinute: 5, atOnce: 2, minute: 60, clock: () => now, wait: async (milliseconds) => void (now += milliseconds) });
    await Promise.all(Array.from({ length: 12 }, () => pace.run(async () => {
      starts.push(now);
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    })));
    expect(most).toBe(2);
    expect([starts.length, now]).toEqual([12, 120]);
  });
});
