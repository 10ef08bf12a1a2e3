import { createHash } from "node:crypto";
import type { GitRepository } from "../../test/workflows/git-repository.ts";
import { ensureJudges } from "../../toolchain/judges.ts";
import { serveGitHub } from "./github-api.ts";
import type { Answered, Handlers } from "./github-api.ts";
import { gitHandlers } from "./github-git.ts";

type Fields = Record<string, unknown>;
export interface Issue extends Fields { number: number; title: string; body: string; state: string; labels: { name: string }[]; pull_request?: Fields }
export interface Comment extends Fields { id: number; issue: number; body: string }
export interface Asset { id: number; name: string; size: number; digest: string; bytes: Buffer }
export interface Release extends Fields { id: number; tag_name: string; name: string; body: string; draft: boolean; prerelease: boolean; assets: Asset[]; latest: boolean }
export interface Dispatch { workflow: string; ref: string; inputs: Fields }
export interface PullRequest extends Fields { number: number; title: string; body: string; head: { ref: string; sha: string }; base: { ref: string; sha: string } }

/** What GitHub holds beside the commits; a test fills it before and reads it after. */
export interface State {
  issues: Issue[];
  comments: Comment[];
  releases: Release[];
  dispatches: Dispatch[];
  pulls: PullRequest[];
  /** As GitHub answers them. */
  runs: Fields[];
  checkRuns: Fields[];
  deployments: Fields[];
}

export interface GitHub extends State {
  url: string;
  calls: string[];
  problems: string[];
  close(): void;
  /** Puts a release there, as if an earlier run had made it. */
  release(fields: Partial<Release> & { tag_name: string }): Release;
}

const missing: Answered = { status: 404, body: { message: "Not Found" } };
const html = "https://github.com/acme/shop";

/** A GitHub on loopback for one repository: refs and commits in git, all else in memory. Requests are checked against GitHub's description of its API. */
export async function gitHub(origin: GitRepository, token: string, more: (state: State) => Handlers = () => ({})): Promise<GitHub> {
  const [file] = await ensureJudges(["github-api"]);
  const state: State = { issues: [], comments: [], releases: [], dispatches: [], pulls: [], runs: [], checkRuns: [], deployments: [] };
  let last = 100;
  const next = () => (last += 1);
  const release = (fields: Partial<Release> & { tag_name: string }): Release => {
    const id = next();
    const day = new Date(Date.UTC(2026, 0, 5, 9, id - 100)).toISOString();
    const made: Release = { id, name: fields.tag_name, body: "", draft: false, prerelease: false, assets: [], latest: false, html_url: `${html}/releases/tag/${fields.tag_name}`, url: `/repos/acme/shop/releases/${id}`, created_at: day, published_at: day, ...fields };
    state.releases.unshift(made);
    return made;
  };
  let server: { url: string } = { url: "" };
  const shown = (each: Release) => ({ ...each, assets: each.assets.map(asset), upload_url: `${server.url}/repos/acme/shop/releases/${each.id}/assets{?name,label}` });
  const handlers: Handlers = { ...gitHandlers(origin), ...issueHandlers(state, next), ...releaseHandlers(state, release, shown, next), ...otherHandlers(state, next), ...more(state) };
  const served = await serveGitHub(file, handlers, token);
  server = served;
  return Object.assign(state, { url: served.url, calls: served.calls, problems: served.problems, close: served.close, release });
}

function asset({ bytes: _, ...shown }: Asset) {
  return { ...shown, browser_download_url: `${html}/releases/download/${shown.name}` };
}

function named(labels: unknown): { name: string }[] {
  return Array.isArray(labels) ? labels.map((label) => ({ name: typeof label === "string" ? label : String(label.name) })) : [];
}

function issueHandlers(state: State, next: () => number): Handlers {
  const find = (number: string | undefined) => state.issues.find((issue) => issue.number === Number(number));
  return {
    "issues/list-for-repo": ({ query }) => {
      const wanted = query["labels"]?.split(",").filter(Boolean) ?? [];
      const asked = query["state"] ?? "open";
      return { body: state.issues.filter((issue) => (asked === "all" || issue.state === asked) && wanted.every((label) => issue.labels.some(({ name }) => name === label))) };
    },
    "issues/get": ({ params }) => ({ body: find(params["issue_number"]), ...(!find(params["issue_number"]) && missing) }),
    "issues/create": ({ body }) => {
      const number = next();
      const issue: Issue = { number, title: String(body["title"]), body: String(body["body"] ?? ""), state: "open", labels: named(body["labels"]), html_url: `${html}/issues/${number}`, created_at: new Date().toISOString(), assignees: body["assignees"] ?? [] };
      state.issues.unshift(issue);
      return { status: 201, body: issue };
    },
    "issues/update": ({ params, body }) => {
      const issue = find(params["issue_number"]);
      if (!issue) return missing;
      const { labels, ...rest } = body;
      return { body: Object.assign(issue, rest, labels === undefined ? {} : { labels: named(labels) }) };
    },
    "issues/list-comments": ({ params }) => ({ body: state.comments.filter(({ issue }) => issue === Number(params["issue_number"])) }),
    "issues/create-comment": ({ params, body }) => {
      const comment: Comment = { id: next(), issue: Number(params["issue_number"]), body: String(body["body"]), user: { login: "github-actions[bot]" } };
      state.comments.push(comment);
      return { status: 201, body: comment };
    },
    "issues/update-comment": ({ params, body }) => {
      const comment = state.comments.find(({ id }) => id === Number(params["comment_id"]));
      return comment ? { body: Object.assign(comment, { body: body["body"] }) } : missing;
    },
    "issues/add-labels": ({ params, body }) => {
      const issue = find(params["issue_number"]);
      const labels = named(body["labels"]);
      if (!issue) return missing;
      issue.labels = [...issue.labels.filter(({ name }) => !labels.some((label) => label.name === name)), ...labels];
      return { body: issue.labels };
    },
    "issues/remove-label": ({ params }) => {
      const issue = find(params["issue_number"]);
      if (!issue?.labels.some(({ name }) => name === params["name"])) return missing;
      issue.labels = issue.labels.filter(({ name }) => name !== params["name"]);
      return { body: issue.labels };
    },
  };
}

function releaseHandlers(state: State, release: GitHub["release"], shown: (release: Release) => unknown, next: () => number): Handlers {
  const answer = (found: Release | undefined): Answered => (found ? { body: shown(found) } : missing);
  const byId = (id: string | undefined) => state.releases.find((each) => each.id === Number(id));
  const published = () => state.releases.filter(({ draft }) => !draft);
  return {
    "repos/list-releases": () => ({ body: state.releases.map(shown) }),
    "repos/get-release": ({ params }) => answer(byId(params["release_id"])),
    "repos/get-latest-release": () => answer(published().find(({ latest }) => latest) ?? published().find(({ prerelease }) => !prerelease)),
    "repos/get-release-by-tag": ({ params }) => answer(published().find(({ tag_name }) => tag_name === params["tag"])),
    "repos/create-release": ({ body }) => ({ status: 201, body: shown(release({ ...body, tag_name: String(body["tag_name"]), latest: body["make_latest"] === "true" })) }),
    "repos/update-release": ({ params, body }) => {
      const found = byId(params["release_id"]);
      if (!found) return missing;
      if (body["make_latest"] === "true") for (const each of state.releases) each.latest = false;
      return answer(Object.assign(found, body, body["make_latest"] === undefined ? {} : { latest: body["make_latest"] === "true" }));
    },
    "repos/delete-release": ({ params }) => {
      state.releases = state.releases.filter(({ id }) => id !== Number(params["release_id"]));
      return { status: 204 };
    },
    "repos/list-release-assets": ({ params }) => ({ body: byId(params["release_id"])?.assets.map(asset) ?? [] }),
    "repos/upload-release-asset": ({ params, query, bytes }) => {
      const found = byId(params["release_id"]);
      if (!found) return missing;
      if (found.assets.some(({ name }) => name === query["name"])) return { status: 422, body: { message: "already_exists" } };
      const made: Asset = { id: next(), name: String(query["name"]), size: bytes.length, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, bytes };
      found.assets.push(made);
      return { status: 201, body: asset(made) };
    },
    "repos/get-release-asset": ({ params }) => {
      const found = state.releases.flatMap(({ assets }) => assets).find(({ id }) => id === Number(params["asset_id"]));
      return found ? { body: found.bytes } : missing;
    },
    "repos/delete-release-asset": ({ params }) => {
      for (const each of state.releases) each.assets = each.assets.filter(({ id }) => id !== Number(params["asset_id"]));
      return { status: 204 };
    },
  };
}

function otherHandlers(state: State, next: () => number): Handlers {
  const pull = (number: string | undefined) => state.pulls.find((each) => each.number === Number(number));
  const lists = (runs: Fields[], query: Record<string, string>) => {
    const found = runs.filter((run) => ["head_sha", "status", "event", "branch"].every((name) => query[name] === undefined || run[name] === query[name] || run["conclusion"] === query[name]));
    return { body: { total_count: found.length, workflow_runs: found } };
  };
  return {
    "actions/create-workflow-dispatch": ({ params, body }) => {
      state.dispatches.push({ workflow: String(params["workflow_id"]), ref: String(body["ref"]), inputs: typeof body["inputs"] === "object" ? { ...body["inputs"] } : {} });
      return { status: 204 };
    },
    "actions/list-workflow-runs": ({ params, query }) => lists(state.runs.filter(({ path }) => String(path ?? "").endsWith(String(params["workflow_id"]))), query),
    "actions/list-workflow-runs-for-repo": ({ query }) => lists(state.runs, query),
    "actions/get-workflow-run": ({ params }) => ({ body: state.runs.find(({ id }) => id === Number(params["run_id"])) ?? { id: Number(params["run_id"]), html_url: `${html}/actions/runs/${params["run_id"]}` } }),
    "checks/list-for-ref": () => ({ body: { total_count: state.checkRuns.length, check_runs: state.checkRuns } }),
    "pulls/get": ({ params }) => ({ body: pull(params["pull_number"]), ...(!pull(params["pull_number"]) && missing) }),
    "pulls/list": ({ query }) => ({ body: state.pulls.filter((each) => query["head"] === undefined || query["head"] === `acme:${each.head.ref}`) }),
    "pulls/list-files": ({ params }) => ({ body: pull(params["pull_number"])?.["files"] ?? [] }),
    "pulls/list-commits": ({ params }) => ({ body: pull(params["pull_number"])?.["commits"] ?? [] }),
    "pulls/create": ({ body }) => {
      const number = next();
      const made: PullRequest = { ...body, number, title: String(body["title"]), body: String(body["body"] ?? ""), state: "open", head: { ref: String(body["head"]), sha: "" }, base: { ref: String(body["base"]), sha: "" }, html_url: `${html}/pull/${number}` };
      state.pulls.push(made);
      return { status: 201, body: made };
    },
    "pulls/update": ({ params, body }) => {
      const found = pull(params["pull_number"]);
      return found ? { body: Object.assign(found, body) } : missing;
    },
    "repos/create-deployment": ({ body }) => {
      const made = { ...body, id: next() };
      state.deployments.push(made);
      return { status: 201, body: made };
    },
  };
}
