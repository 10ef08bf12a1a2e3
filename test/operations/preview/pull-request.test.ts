import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { githubClient } from "../../../operations/github/client.ts";
import { checkOf } from "../../../operations/preview/check.ts";
import { keepComments } from "../../../operations/preview/comment.ts";
import { markerOf } from "../../../operations/preview/parts.ts";
import { linesOf } from "../../../operations/preview/stack-lines.ts";
import { targetOf } from "../../../operations/preview/target.ts";
import { tellCheck, teller } from "../../../operations/preview/tell.ts";
import { IN_ENVIRONMENT } from "./engine.ts";
import { summaryOf } from "./summaries.ts";

interface Comment {
  id: number;
  body: string;
  author_association?: string;
  user?: { type: string };
}

/** A request's body: of a check run it has an output. */
interface Told extends Record<string, unknown> {
  output: { annotations: unknown[] };
}

/** Comments and check runs of one repository, with GitHub's pages. */
class Hub {
  comments: Comment[] = [];
  checks: { method: string; body: Told }[] = [];
  calls: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk));
    request.on("end", () => {
      const sent: Told = JSON.parse(text || "{}");
      const { body, headers = {}, status = 200 } = this.answer(request.method ?? "", request.url ?? "", sent);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body === undefined ? undefined : JSON.stringify(body));
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(method: string, url: string, body: Told): { body?: unknown; status?: number; headers?: Record<string, string> } {
    const { pathname, searchParams } = new URL(url, "http://hub");
    this.calls.push(`${method} ${pathname}`);
    const id = Number(/comments\/(\d+)$/.exec(pathname)?.[1]);
    if (pathname.includes("check-runs")) {
      this.checks.push({ method, body });
      return { status: method === "POST" ? 201 : 200, body: { id: 77 } };
    }
    const known = this.comments.find((each) => each.id === id);
    if (method === "GET") {
      const [page, size] = [Number(searchParams.get("page") ?? 1), Number(searchParams.get("per_page") ?? 30)];
      const more = page * size < this.comments.length;
      return { body: this.comments.slice((page - 1) * size, page * size), ...(more && { headers: { link: `<http://${this.host}${pathname}?per_page=${size}&page=${page + 1}>; rel="next"` } }) };
    }
    if (method === "POST") {
      const made = { id: 1_000 + this.comments.length, author_association: "NONE", user: { type: "Bot" }, body: String(body["body"]) };
      this.comments.push(made);
      return { status: 201, body: made };
    }
    if (known === undefined) return { status: 404, body: { message: "Not Found" } };
    if (method === "DELETE") this.comments = this.comments.filter((each) => each !== known);
    else Object.assign(known, body);
    return method === "DELETE" ? { status: 204 } : { body: known };
  }

  private get host(): string {
    const address = this.server.address();
    return `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }
}

const PLACE = { owner: "acme", repo: "infrastructure", number: 7, commit: "c".repeat(40) };
let hub: Hub;
let client: ReturnType<typeof githubClient>;

beforeEach(async () => {
  hub = new Hub();
  client = githubClient({ environment: { GITHUB_TOKEN: "token-of-the-test", GITHUB_API_URL: await hub.open() } });
});

afterEach(() => hub.close());

const said = (part: number, text: string, stack = "staging"): string => `${markerOf(stack, part)}\n${text}\n`;
const bodies = (): string[] => hub.comments.map(({ body }) => body);

describe("a stack's comments on a pull request are", () => {
  test("made once, and updated in place", async () => {
    await keepComments(client, PLACE, "staging", [said(1, "one")]);
    await keepComments(client, PLACE, "production", [said(1, "other", "production")]);
    await keepComments(client, PLACE, "staging", [said(1, "two")]);
    expect(bodies()).toEqual([said(1, "two"), said(1, "other", "production")]);
    hub.calls = [];
    await keepComments(client, PLACE, "staging", [said(1, "two")]);
    expect(hub.calls).toEqual(["GET /repos/acme/infrastructure/issues/7/comments"]);
  });

  test("found beyond the first page, with the ends of lines that GitHub gives", async () => {
    hub.comments = Array.from({ length: 250 }, (_, at) => ({ id: at + 1, body: `talk ${at}`, author_association: "MEMBER", user: { type: "User" } }));
    hub.comments.push({ id: 900, body: said(1, "old").replaceAll("\n", "\r\n"), user: { type: "Bot" } });
    await keepComments(client, PLACE, "staging", [said(1, "new")]);
    expect(hub.comments).toHaveLength(251);
    expect(hub.comments.at(-1)?.body).toBe(said(1, "new"));
    expect(hub.calls.filter((call) => call.startsWith("GET"))).toHaveLength(3);
  });

  test("more when they need to be, fewer afterwards, and one where two runs made two", async () => {
    hub.comments = [{ id: 1, body: said(1, "twin"), user: { type: "Bot" } }, { id: 2, body: said(1, "twin"), user: { type: "Bot" } }];
    await keepComments(client, PLACE, "staging", [said(1, "a"), said(2, "b"), said(3, "c")]);
    expect(bodies()).toEqual([said(1, "a"), said(2, "b"), said(3, "c")]);
    await keepComments(client, PLACE, "staging", [said(1, "d")]);
    expect(bodies()).toEqual([said(1, "d")]);
  });

  test("never those of a stranger who wrote the marker", async () => {
    hub.comments = [{ id: 1, body: said(1, "mine"), author_association: "CONTRIBUTOR", user: { type: "User" } }];
    await keepComments(client, PLACE, "staging", [said(1, "ours")]);
    expect(bodies()).toEqual([said(1, "mine"), said(1, "ours")]);
  });
});

const FILE = `config:
  github:owner: acme
  slipway:repositories:
    shop:
      environments:
        production:
          approvals: { users: [ada] }
  slipway:services:
    storefront: {}
  slipway:namespaces: { shop: {} }
`;

test("a place is found in the stack's file, and what is gone above where it was", () => {
  const lineOf = linesOf(FILE);
  expect(lineOf({ kind: "environment", system: "shop", name: "production" })).toBe(6);
  expect(lineOf({ kind: "environment", system: "shop", name: "beta" })).toBe(5);
  expect(lineOf({ kind: "repository", system: "gone", name: "gone" })).toBe(3);
  expect(lineOf({ kind: "service", system: "shop", name: "storefront" })).toBe(9);
  expect(lineOf({ kind: "namespace", name: "shop" })).toBe(10);
  expect(lineOf({ kind: "stack", name: "staging" })).toBe(1);
  expect(linesOf("")({ kind: "stack", name: "staging" })).toBe(1);
});

test("a check run takes at most 50 annotations a request, each in the line that declares the place", async () => {
  const dangers = Array.from({ length: 120 }, (_, at) => ({ op: "update", type: "github:index/repositoryEnvironment:RepositoryEnvironment", name: `production-${at}`, parent: IN_ENVIRONMENT, old: { canAdminsBypass: false }, new: {} }));
  const check = checkOf(summaryOf(dangers), linesOf(FILE));
  expect(check).toMatchObject({ name: "preview of staging", conclusion: "neutral", title: "120 changed, 120 dangerous" });
  await tellCheck(client, PLACE, check);
  expect(hub.checks.map(({ body, method }) => [method, body.output.annotations.length])).toEqual([["POST", 50], ["PATCH", 50], ["PATCH", 20]]);
  expect(hub.checks[0]?.body).toMatchObject({ head_sha: PLACE.commit, status: "completed", conclusion: "neutral" });
  expect(hub.checks[0]?.body.output.annotations[0]).toEqual({
    path: "Pulumi.staging.yaml", start_line: 6, end_line: 6, annotation_level: "warning",
    title: "weakens RepositoryEnvironment production-0 in environment production of shop", message: "administrators may go past the approval",
  });
});

test("a check fails where the preview did or a policy does not allow it, and says where", () => {
  const failed = checkOf({ ...summaryOf([]), errors: ["it broke"] }, () => 3);
  expect(failed).toMatchObject({ conclusion: "failure", title: "the preview failed", annotations: [{ start_line: 3, annotation_level: "failure", message: "it broke" }] });
  const policy = { pack: "slipway", policy: "images-pinned", level: "mandatory", message: "pin it" };
  expect(checkOf({ ...summaryOf([]), policies: [policy] }, () => 3)).toMatchObject({ conclusion: "failure", annotations: [{ annotation_level: "failure", title: "images-pinned", message: "pin it" }] });
  expect(checkOf(summaryOf([]), () => 3)).toMatchObject({ conclusion: "success", title: "no changes", annotations: [] });
});

describe("where a preview is told", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-event-"));
  afterEach(() => rmSync(join(folder, "event.json"), { force: true }));

  function inEvent(event: unknown): NodeJS.ProcessEnv {
    writeFileSync(join(folder, "event.json"), typeof event === "string" ? event : JSON.stringify(event));
    return { GITHUB_REPOSITORY: "acme/infrastructure", GITHUB_SHA: "a".repeat(40), GITHUB_EVENT_PATH: join(folder, "event.json") };
  }

  test("is what the command line says, else what the workflow's event says", () => {
    const pull = { pull_request: { number: 7, head: { sha: "b".repeat(40) } } };
    expect(targetOf({}, inEvent(pull))).toEqual({ owner: "acme", repo: "infrastructure", number: 7, commit: "b".repeat(40) });
    expect(targetOf({ repository: "a/b", pullRequest: "9", commit: "c".repeat(40) }, inEvent(pull))).toEqual({ owner: "a", repo: "b", number: 9, commit: "c".repeat(40) });
    expect(targetOf({}, inEvent({ issue: { number: 3, pull_request: {} } }))).toMatchObject({ number: 3, commit: "a".repeat(40) });
    expect(targetOf({}, inEvent({ issue: { number: 3 } })).number).toBeUndefined();
    expect(targetOf({}, { GITHUB_REPOSITORY: "acme/x" })).toEqual({ owner: "acme", repo: "x", number: undefined, commit: undefined });
  });

  test("is known before the engine runs, or the command ends at once", () => {
    const nowhere = { GITHUB_REPOSITORY: "acme/x", GITHUB_TOKEN: "t" };
    expect(() => teller({ comment: true, check: true }, nowhere)).toThrow([
      "--comment: there is no pull request to comment on, got an event without one; name it by --pull-request",
      "--check: there is no commit to check, got neither an event nor GITHUB_SHA; name it by --commit",
    ].join("\n"));
    expect(() => teller({ comment: true, pullRequest: "1" }, { GITHUB_REPOSITORY: "acme/x" })).toThrow(/^GITHUB_TOKEN: is not set/);
    expect(() => teller({}, {})).not.toThrow();
  });

  test("is refused with all that is wrong at once", () => {
    expect(() => targetOf({ repository: "acme", pullRequest: "x", commit: "1" }, {})).toThrow([
      '--repository: is no repository of GitHub, got "acme"; write owner/name',
      '--pull-request: is no number, got "x"; write the pull request\'s number',
      '--commit: is no commit, got "1"; write its 40 digits',
    ].join("\n"));
    expect(() => targetOf({}, inEvent("not json"))).toThrow(/^GITHUB_EVENT_PATH: is no event of GitHub, got .*; name the pull request by --pull-request$/);
  });
});
