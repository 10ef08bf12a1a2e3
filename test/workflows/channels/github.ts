import { createHash } from "node:crypto";
import { serve } from "../serve.ts";
import type { Answer, Recorded, Server } from "../serve.ts";

interface Issue {
  number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  labels: string[];
  comments: { id: number; body: string }[];
}

interface Release {
  id: number;
  tag_name: string;
  body: string;
  prerelease?: boolean;
  make_latest?: string;
  assets?: { download_count: number }[];
}

export interface GitHub extends Server {
  issues: Issue[];
  releases: Release[];
  /** Lines of each file by `branch:path`. */
  file(branch: string, path: string): string[];
  env: Record<string, string>;
}

interface World {
  issues?: Partial<Issue>[];
  releases?: Release[];
  runs?: object[];
  /** Answers instead of the ones below. */
  before?: (request: Recorded) => Answer | undefined;
}

type Handler = (match: string[], body: never) => Answer | undefined;

/** Issues, releases, runs and branches of acme/shop in memory. */
export async function github({ issues: open = [], releases = [], runs = [], before = () => undefined }: World = {}): Promise<GitHub> {
  const issues: Issue[] = open.map((issue, at) => ({ number: at + 1, title: "", body: "", state: "open", labels: [], comments: [], ...issue }));
  const objects = new Map<string, unknown>();
  const refs = new Map<string, string>();
  const put = (object: unknown): string => {
    const sha = createHash("sha1").update(JSON.stringify(object)).update(String(objects.size)).digest("hex");
    objects.set(sha, object);
    return sha;
  };
  const issue = (number: string | undefined): Issue => issues.find((one) => one.number === Number(number)) ?? (issues.push({ number: Number(number), title: "", body: "", state: "open", labels: [], comments: [] }), issues.at(-1)!);
  const treeOf = (sha: string): string => (objects.get(sha) as { tree?: string } | undefined)?.tree ?? sha;
  const entries = (sha: string): { path: string; type: string; sha: string }[] => objects.get(treeOf(sha)) as { path: string; type: string; sha: string }[];
  const content = (sha: string): string => objects.get(sha) as string;

  const routes: [RegExp, Handler][] = [
    [/^GET \/issues\?/, () => ({ body: issues.filter(({ state }) => state === "open") })],
    [/^POST \/issues$/, (_, body: Issue) => (issues.push({ ...body, number: issues.length + 1, state: "open", comments: [] }), { status: 201, body: { ...body, number: issues.length, html_url: `https://github.com/acme/shop/issues/${issues.length}` } })],
    [/^PATCH \/issues\/(\d+)$/, ([number], body: object) => ({ body: { ...Object.assign(issue(number), body), html_url: `https://github.com/acme/shop/issues/${number}` } })],
    [/^GET \/issues\/(\d+)\/comments\?/, ([number]) => ({ body: issue(number).comments })],
    [/^POST \/issues\/(\d+)\/comments$/, ([number], { body }: { body: string }) => (issue(number).comments.push({ id: Number(number) * 100 + issue(number).comments.length, body }), { status: 201, body: { html_url: `https://github.com/acme/shop/issues/${number}#comment` } })],
    [/^PATCH \/issues\/comments\/(\d+)$/, ([id], body: object) => ({ body: Object.assign(issues.flatMap(({ comments }) => comments).find((one) => one.id === Number(id)) ?? {}, body) })],
    [/^GET \/releases\/tags\/(.+)$/, ([tag]) => found(releases.find(({ tag_name: name }) => name === tag))],
    [/^PATCH \/releases\/(\d+)$/, ([id], body: object) => ({ body: { ...Object.assign(releases.find((one) => one.id === Number(id)) ?? {}, body), html_url: `https://github.com/acme/shop/releases/${id}` } })],
    [/^GET \/releases\?/, () => ({ body: releases })],
    [/^GET \/actions\/runs\?/, () => ({ body: { total_count: runs.length, workflow_runs: runs } })],
    [/^GET \/actions\/workflows\/[\w.-]+\/runs\?/, () => undefined],
    [/^GET \/git\/ref\/heads\/(.+)$/, ([branch = ""]) => found(refs.has(branch) ? { object: { sha: refs.get(branch) } } : undefined)],
    [/^GET \/git\/trees\/(\w+)$/, ([sha = ""]) => ({ body: { sha: treeOf(sha), tree: entries(sha) } })],
    [/^GET \/git\/blobs\/(\w+)$/, ([sha = ""]) => ({ body: { content: Buffer.from(content(sha)).toString("base64") } })],
    [/^POST \/git\/trees$/, (_, { base_tree: base, tree }: { base_tree?: string; tree: { path: string; content: string }[] }) => {
      const kept = (base === undefined ? [] : entries(base)).filter(({ path }) => !tree.some((one) => one.path === path));
      return { status: 201, body: { sha: put([...kept, ...tree.map(({ path, content: text }) => ({ path, type: "blob", sha: put(text) }))]) } };
    }],
    [/^POST \/git\/commits$/, (_, body: object) => ({ status: 201, body: { sha: put(body) } })],
    [/^POST \/git\/refs$/, (_, { ref, sha }: { ref: string; sha: string }) => (refs.set(ref.replace("refs/heads/", ""), sha), { status: 201, body: {} })],
    [/^PATCH \/git\/refs\/heads\/(.+)$/, ([branch = ""], { sha, force }: { sha: string; force: boolean }) => {
      const [parent] = (objects.get(sha) as { parents: string[] }).parents;
      if (!force && parent !== refs.get(branch)) return { status: 422, body: { message: "Update is not a fast forward" } };
      return refs.set(branch, sha), { body: {} };
    }],
  ];

  const server = await serve((request) => {
    const special = before(request);
    if (special) return special;
    const call = `${request.method} ${request.path.replace("/repos/acme/shop", "")}`;
    for (const [pattern, handler] of routes) {
      const match = pattern.exec(call);
      if (match) return handler(match.slice(1), request.body as never);
    }
    throw new Error(`nobody expected ${call}`);
  });
  const file = (branch: string, path: string): string[] => {
    const entry = entries(refs.get(branch) ?? "").find((one) => one.path === path);
    return entry === undefined ? [] : content(entry.sha).trimEnd().split("\n");
  };
  const env = { GITHUB_API_URL: server.url, GITHUB_TOKEN: "ghs_tests", GITHUB_RUN_ID: "77", GITHUB_ACTOR: "ada" };
  return { ...server, issues, releases, file, env };
}

function found(body: unknown): Answer | undefined {
  return body === undefined ? undefined : { body };
}
