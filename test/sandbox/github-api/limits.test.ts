import { readFileSync } from "node:fs";
import { githubClient } from "../../../operations/github/client.ts";
import { Limits } from "../../../sandbox/github-api/limits.ts";
import { closeGitHubs, openGitHub, START } from "./open.ts";

afterEach(closeGitHubs);

const HOUR = 3_600_000;

test.each([
  ["no token", { authorization: "" }, 401, "Bad credentials"],
  ["a token of nobody's", { authorization: "Bearer ghp_other" }, 401, "Bad credentials"],
])("%s is refused", async (_, headers, status, message) => {
  const { api, ask } = await openGitHub();
  const answer = await ask("GET .", undefined, headers);
  expect(api.requests.refused).toBe(1);
  expect([answer.status, answer.of("message"), answer.of("documentation_url")]).toEqual([status, message, "https://docs.github.com/rest"]);
});

test("what is not there is 404, and what the sandbox does not serve says so", async () => {
  const { ask } = await openGitHub();
  expect((await ask("GET /repos/acme/none/environments")).status).toBe(404);
  const answer = await ask("GET /gists");
  expect([answer.status, answer.of("message")]).toEqual([501, "The sandbox does not serve GET /gists"]);
});

test("a token sees a private repository only where it was let in, and may do what it was given", async () => {
  const { ask, declare } = await openGitHub({ tokens: { narrow: { login: "ada", repositories: ["acme/shop"], permissions: { actions: "read" } } } });
  declare("Repository", { name: "hidden", autoInit: true, visibility: "private" });
  const narrow = { authorization: "Bearer narrow" };
  expect((await ask("GET /repos/acme/hidden", undefined, narrow)).status).toBe(404);
  expect((await ask("GET /orgs/acme/repos", undefined, narrow)).body).toMatchObject([{ name: "shop" }, { name: "storefront" }]);
  expect((await ask("GET environments", undefined, narrow)).status).toBe(200);
  const refused = await ask("PUT environments/production", {}, narrow);
  expect([refused.status, refused.of("message"), refused.headers.get("x-accepted-github-permissions")]).toEqual([403, "Resource not accessible by personal access token", "administration=write"]);
});

test("who may bypass a ruleset is told to those alone who may change it", async () => {
  const { ask, declare } = await openGitHub({ tokens: { reader: { login: "ada", permissions: {} } } });
  declare("RepositoryRuleset", { repository: "shop", name: "main", target: "branch", enforcement: "active", rules: { deletion: true }, bypassActors: [{ actorId: 5, actorType: "RepositoryRole", bypassMode: "always" }] });
  const id = String((await ask("GET rulesets")).of(0, "id"));
  expect((await ask(`GET rulesets/${id}`)).body).toMatchObject({ bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }], current_user_can_bypass: "always" });
  expect((await ask(`GET rulesets/${id}`, undefined, { authorization: "Bearer reader" })).of("bypass_actors")).toBeUndefined();
});

/** What a token spends until it is refused: how often it may, and the refusal. */
function spent(limits: Limits, method: string, operation: string, instants: (each: number) => number): { times: number; error: unknown } {
  for (let times = 0; ; times += 1) {
    try {
      limits.spend(method, operation, instants(times));
    } catch (error) {
      return { times, error };
    }
  }
}

test("five thousand requests an hour are allowed, until the hour is over", () => {
  const limits = new Limits();
  const { error, times } = spent(limits, "GET", "repos/get", (each) => START + each * 600);
  expect(times).toBe(5_000);
  expect(error).toMatchObject({ status: 403, message: "API rate limit exceeded for user ID 1." });
  expect(limits.headers(START + HOUR - 1)).toEqual({ "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "0", "x-ratelimit-used": "5000", "x-ratelimit-reset": String((START + HOUR) / 1000), "x-ratelimit-resource": "core" });
  limits.spend("GET", "repos/get", START + HOUR);
  expect(limits.told(START + HOUR)).toEqual({ limit: 5_000, remaining: 4_999, used: 1, reset: (START + 2 * HOUR) / 1000 });
});

test.each<[string, string, number]>([["GET", "repos/get", 900], ["PUT", "repos/replace-all-topics", 180], ["POST", "issues/create", 80], ["POST", "issues/create-comment", 80]])("%s of %s is allowed %i times a minute", (method, operation, allowed) => {
  const limits = new Limits();
  const { error, times } = spent(limits, method, operation, (each) => START + Math.min(each, 20_000));
  expect(times).toBe(allowed);
  expect(error).toMatchObject({ status: 403, message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", seconds: Math.ceil((60_000 - allowed) / 1_000) });
  limits.spend(method, operation, START + 60_000);
});

test("five hundred creations of content an hour are allowed", () => {
  const { error, times } = spent(new Limits(), "POST", "issues/create", (each) => START + Math.floor(each / 80) * 60_000);
  expect(times).toBe(500);
  expect(error).toMatchObject({ seconds: 3_600 - 6 * 60 });
});

test("each answer tells what is left, and asking for that costs nothing", async () => {
  const { api, ask } = await openGitHub();
  await ask("GET topics");
  expect((await ask("GET topics")).headers.get("x-ratelimit-remaining")).toBe("4998");
  expect((await ask("GET /rate_limit")).of("rate")).toEqual({ limit: 5_000, remaining: 4_998, used: 2, reset: (START + HOUR) / 1000 });
  await ask("GET /repos/acme/none");
  expect([api.requests.total, api.requests.refused, Object.fromEntries(api.requests.operations)]).toEqual([4, 1, { "repos/get-all-topics": 2, "rate-limit/get": 1, "repos/get": 1 }]);
});

test("what did not change costs nothing", async () => {
  const { api, ask, declare } = await openGitHub();
  declare("RepositoryEnvironment", { repository: "shop", environment: "production" });
  const first = await ask("GET environments");
  const etag = { "if-none-match": String(first.headers.get("etag")) };
  const again = await ask("GET environments", undefined, etag);
  expect([again.status, again.body, again.headers.get("x-ratelimit-used")]).toEqual([304, undefined, "1"]);
  await ask("PUT environments/staging", {});
  expect((await ask("GET environments", undefined, etag)).status).toBe(200);
  expect(api.requests.unchanged).toBe(1);
});

test("a list comes in pages of at most a hundred, with links to the others", async () => {
  const { api, ask, documents } = await openGitHub();
  for (let each = 0; each < 250; each += 1) documents.write(`github/acme/shop/variables/V${each}`, { body: { repository: "shop", variableName: `V${each}`, value: "x" }, secrets: [], created: new Date(START).toISOString(), updated: new Date(START).toISOString() });
  const page = await ask("GET actions/variables?per_page=500&page=2");
  expect([page.of("total_count"), page.of("variables", 99) === undefined, page.of("variables", 100) === undefined]).toEqual([250, false, true]);
  const to = (number: number) => `<${api.url}/repos/acme/shop/actions/variables?per_page=500&page=${number}>`;
  expect(page.headers.get("link")).toBe(`${to(1)}; rel="prev", ${to(3)}; rel="next", ${to(3)}; rel="last", ${to(1)}; rel="first"`);
  const usual = await ask("GET actions/variables");
  expect([usual.of("variables", 9) === undefined, usual.of("variables", 10) === undefined]).toEqual([false, true]);
  const client = githubClient({ environment: { GITHUB_API_URL: api.url, GITHUB_TOKEN: api.token } });
  await expect(client.paginate("GET /repos/{owner}/{repo}/actions/variables", { owner: "acme", repo: "shop", per_page: 100 })).resolves.toHaveLength(250);
});

test("what is not as GitHub describes it is refused, with every field", async () => {
  const { ask } = await openGitHub();
  const answer = await ask("POST issues", { body: 7 });
  expect([answer.status, answer.of("message")]).toEqual([422, "Invalid request.\n\nmust have required property 'title'"]);
  expect((await ask("GET issues?per_page=many")).status).toBe(422);
});

test("failures that are asked for are GitHub's own", async () => {
  const { ask } = await openGitHub({ faults: { failType: "rest:repos/get-all-topics" } });
  expect((await ask("GET .")).status).toBe(200);
  const failed = await ask("GET topics");
  expect([failed.status, failed.of("message")]).toEqual([503, "GET rest:repos/get-all-topics: 503 service unavailable (injected: every call about this type fails)"]);
});

test("the client waits for the limits as they ask, and then goes on", async () => {
  const { api, ask, clock } = await openGitHub();
  await Promise.all(Array.from({ length: 180 }, () => ask("PUT vulnerability-alerts")));
  const waits: string[] = [];
  const client = githubClient({ environment: { GITHUB_API_URL: api.url, GITHUB_TOKEN: api.token }, second: 0, wait: (message) => { waits.push(message); clock.now += 60_000; } });
  await expect(client.request("GET /repos/{owner}/{repo}/topics", { owner: "acme", repo: "shop" })).resolves.toMatchObject({ data: { names: [] } });
  expect(waits).toEqual(["GitHub asks for a pause: waiting 60 s"]);
});

test("the description is GitHub's of one version", () => {
  const { info, "x-provenance": from } = JSON.parse(readFileSync(new URL("../../../sandbox/schemas/github-api.json", import.meta.url), "utf8"));
  expect({ info, from }).toEqual({ info: { title: "GitHub", version: "23.0.2" }, from: { from: "@octokit/openapi 23.0.2", licence: "MIT", by: "sandbox/schemas/generate-github-api.ts" } });
});
