import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { once } from "node:events";
import { githubClient } from "../../../operations/github/client.ts";
import type { GitHubClient } from "../../../operations/github/client.ts";
import { GitHubProblem } from "../../../operations/github/problem.ts";

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** The connection is cut instead. */
  cut?: true;
}

const TOKEN = "ghs_canary4711";
const LIMITED = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800" };

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** A GitHub that gives these answers in order, the last one again and again. */
async function answering(...answers: Answer[]): Promise<{ client: GitHubClient; seen: string[]; waits: string[]; headers: IncomingMessage["headers"][] }> {
  const [seen, waits, headers]: [string[], string[], IncomingMessage["headers"][]] = [[], [], []];
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    if (answer === undefined || answer.cut) return void request.socket.destroy();
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const client = githubClient({ environment: { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: `http://127.0.0.1:${address.port}` }, wait: (message) => waits.push(message), second: 0 });
  return { client, seen, waits, headers };
}

async function refusal(client: GitHubClient, route = "GET /repos/acme/shop/environments"): Promise<{ status: number; message: string }> {
  const error: unknown = await client.request(route).then(() => undefined, (each: unknown) => each);
  if (!(error instanceof GitHubProblem)) throw new Error(`no refusal, got ${String(error)}`);
  return { status: error.status, message: error.message };
}

test("a call goes to the address of the environment with its token and the API's version", async () => {
  const { client, headers, seen } = await answering({ status: 200, body: { name: "shop" } });
  const { data } = await client.request("GET /repos/{owner}/{repo}", { owner: "acme", repo: "shop" });
  expect(data).toEqual({ name: "shop" });
  expect(seen).toEqual(["GET /repos/acme/shop"]);
  expect(headers[0]).toMatchObject({ authorization: `token ${TOKEN}`, "x-github-api-version": "2022-11-28" });
});

test("a list is read to its last page", async () => {
  const { client } = await answering({ status: 200, body: [{ id: 1 }], headers: { link: '<http://127.0.0.1:1/second>; rel="next"' } });
  const next = server?.address();
  server?.removeAllListeners("request");
  let page = 0;
  server?.on("request", (_: IncomingMessage, response: ServerResponse) => {
    page += 1;
    const port = typeof next === "object" && next !== null ? next.port : 0;
    response.writeHead(200, { "content-type": "application/json", ...(page < 3 && { link: `<http://127.0.0.1:${port}/repos/acme/shop/teams?page=${page + 1}>; rel="next"` }) });
    response.end(JSON.stringify([{ id: page }]));
  });
  await expect(client.paginate("GET /repos/{owner}/{repo}/teams", { owner: "acme", repo: "shop", per_page: 1 })).resolves.toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test.each<[string, Answer, string]>([
  ["401", { status: 401, body: { message: "Bad credentials" } }, 'GET /repos/acme/shop/environments: GitHub does not take the token, got status 401 "Bad credentials"; set GITHUB_TOKEN to a token that is still good'],
  ["403", { status: 403, body: { message: "Resource not accessible by integration" } }, 'GET /repos/acme/shop/environments: the token may not do this, got status 403 "Resource not accessible by integration"; give the token of GITHUB_TOKEN the permission that this call needs'],
  ["403 that names the permission", { status: 403, body: { message: "Resource not accessible by integration" }, headers: { "x-accepted-github-permissions": "environments=read;actions=read" } }, 'GET /repos/acme/shop/environments: the token may not do this, got status 403 "Resource not accessible by integration"; give the token of GITHUB_TOKEN the permission environments=read or actions=read'],
  ["404", { status: 404, body: { message: "Not Found" } }, 'GET /repos/acme/shop/environments: GitHub has no such thing, or hides it from the token, got status 404 "Not Found"; check the name, and give the token of GITHUB_TOKEN the permission that this call needs'],
  ["409", { status: 409, body: { message: "sha does not match" } }, 'GET /repos/acme/shop/environments: this is against what stands there now, got status 409 "sha does not match"; look at it on GitHub, then run this again'],
  ["422", { status: 422, body: { message: "Validation Failed", errors: [{ resource: "Issue", field: "title", code: "missing_field" }, "body is too long", 7] } }, 'GET /repos/acme/shop/environments: GitHub refuses what was sent, got status 422 "Validation Failed: Issue title missing_field, body is too long"; correct what it names'],
  ["304", { status: 304 }, "GET /repos/acme/shop/environments: nothing changed since it was last read, got status 304; use what was read then"],
])("%s is said in the words of the house", async (_, answer, message) => {
  const { client, seen } = await answering(answer);
  await expect(refusal(client)).resolves.toEqual({ status: answer.status, message });
  expect(seen).toHaveLength(1);
});

test("a failure of GitHub's is tried three times more, and a page of HTML is not shown", async () => {
  const { client, seen } = await answering({ status: 502, body: "<html>unicorn</html>" });
  await expect(refusal(client)).resolves.toEqual({ status: 502, message: "GET /repos/acme/shop/environments: GitHub failed, got status 502; look at https://www.githubstatus.com and run this again" });
  expect(seen).toHaveLength(4);
});

test("what passes is not told", async () => {
  const { client, seen, waits } = await answering({ status: 503 }, { status: 200, body: [] });
  await expect(client.request("GET /orgs/acme/repos")).resolves.toMatchObject({ data: [] });
  expect(seen).toHaveLength(2);
  expect(waits).toEqual([]);
});

test("what would be made twice is sent once", async () => {
  const { client, seen } = await answering({ status: 502 });
  await expect(refusal(client, "POST /repos/acme/shop/issues")).resolves.toMatchObject({ message: "POST /repos/acme/shop/issues: GitHub failed, got status 502; look at https://www.githubstatus.com and run this again, but look first whether it was made" });
  expect(seen).toHaveLength(1);
});

test("a connection that is cut is tried again, and then said", async () => {
  const { client, seen } = await answering({ status: 0, cut: true });
  const { message } = await refusal(client);
  expect(message).toMatch(/^GET \/repos\/acme\/shop\/environments: GitHub gave no answer, got ".+"; check GITHUB_API_URL and the network$/);
  expect(seen).toHaveLength(4);
});

test("a pause that GitHub asks for is made, and told", async () => {
  const { client, seen, waits } = await answering({ status: 403, body: { message: "You have exceeded a secondary rate limit." }, headers: { "retry-after": "7" } }, { status: 429, body: { message: "You have exceeded a secondary rate limit." } }, { status: 200, body: [] });
  await client.request("GET /orgs/acme/repos");
  expect(seen).toHaveLength(3);
  expect(waits).toEqual(["GitHub asks for a pause: waiting 7 s", "GitHub asks for a pause: waiting 60 s"]);
});

test("a creation waits for the limit too, since nothing was made", async () => {
  const { client, seen } = await answering({ status: 403, body: { message: "You have exceeded a secondary rate limit." }, headers: { "retry-after": "1" } }, { status: 201, body: { number: 1 } });
  await client.request("POST /repos/{owner}/{repo}/issues", { owner: "acme", repo: "shop", title: "drift" });
  expect(seen).toHaveLength(2);
});

test("the hourly limit is waited for twice, and then said with its end", async () => {
  const { client, seen, waits } = await answering({ status: 403, body: { message: "API rate limit exceeded" }, headers: LIMITED });
  await expect(refusal(client)).resolves.toEqual({ status: 403, message: 'GET /repos/acme/shop/environments: GitHub\'s limit of this token is used up, got status 403 "API rate limit exceeded"; run this again after 2100-01-01T00:00:00.000Z' });
  expect(seen).toHaveLength(3);
  expect(waits).toHaveLength(2);
  expect(waits[0]).toMatch(/^GitHub's hourly limit is used up: waiting \d+ s$/);
});

test("the token shows in no message, not even where GitHub repeats it", async () => {
  const { client } = await answering({ status: 422, body: { message: `no ${TOKEN} here`, errors: [TOKEN] } });
  const { message } = await refusal(client, `GET /search/${TOKEN}`);
  expect(message).toBe('GET /search/[hidden]: GitHub refuses what was sent, got status 422 "no [hidden] here: [hidden]"; correct what it names');
});

test.each([
  [{}, "GITHUB_TOKEN: is not set, got nothing; set it to a token that may read the stack's repositories, or add --sandbox"],
  [{ GITHUB_TOKEN: "  " }, "GITHUB_TOKEN: is not set, got nothing; set it to a token that may read the stack's repositories, or add --sandbox"],
  [{ GITHUB_TOKEN: "a b" }, "GITHUB_TOKEN: has characters that cannot be sent, got a value with spaces or non-ASCII; set it to the token alone"],
  [{ GITHUB_TOKEN: "a", GITHUB_API_URL: "github.com" }, 'GITHUB_API_URL: must be the address of an API, got "github.com"; set it to https://api.github.com or to https://<host>/api/v3'],
])("an environment %j is refused", (environment, message) => {
  expect(() => githubClient({ environment })).toThrow(message);
});
