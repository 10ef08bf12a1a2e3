import { serve } from "../../../workflows/serve.ts";
import type { Answer, Recorded, Server } from "../../../workflows/serve.ts";

type Fields = Record<string, unknown>;

export interface FakeGitHub extends Server {
  issues: Fields[];
  deployments: Fields[];
  /** Statuses by the id of their deployment, newest first. */
  statuses: Record<number, Fields[]>;
  environment: Record<string, string>;
  /** Answers that come before anything else, one a request; undefined lets the request through. */
  first: (Answer | undefined)[];
}

/** Issues and deployments of acme/shop in memory, a page at a time. */
export async function fakeGitHub(): Promise<FakeGitHub> {
  const state: Pick<FakeGitHub, "issues" | "deployments" | "statuses" | "first"> = { issues: [], deployments: [], statuses: {}, first: [] };
  const server = await serve((request) => state.first.shift() ?? answer(state, request));
  return Object.assign(state, server, { environment: { GITHUB_TOKEN: "hidden", GITHUB_API_URL: server.url } });
}

function answer({ deployments, issues, statuses }: Pick<FakeGitHub, "issues" | "deployments" | "statuses">, { body, headers, method, path }: Recorded): Answer | undefined {
  if (headers.authorization !== "Bearer hidden") return { status: 401, body: { message: "Bad credentials" } };
  const { pathname, searchParams } = new URL(path, "http://github");
  const fields = typeof body === "object" && body !== null ? { ...body } : {};
  const [, kind, id, more] = /^\/repos\/acme\/shop\/(\w+)(?:\/(\d+))?(?:\/(\w+))?$/.exec(pathname) ?? [];
  const of = Number(id);
  switch (`${method} ${kind}${id === undefined ? "" : " one"}${more === undefined ? "" : ` ${more}`}`) {
    case "GET issues":
      return { body: page(issues.filter(({ state }) => state === "open"), searchParams) };
    case "POST issues": {
      const made = { number: issues.length + 1, state: "open", ...fields };
      issues.unshift(made);
      return { status: 201, body: made };
    }
    case "PATCH issues one": {
      const found = issues.find(({ number }) => number === of);
      return found && { body: Object.assign(found, fields) };
    }
    case "GET deployments":
      return { body: page(deployments.filter(({ environment, task }) => environment === searchParams.get("environment") && task === searchParams.get("task")), searchParams) };
    case "POST deployments": {
      const made = { id: deployments.length + 1, ...fields };
      deployments.unshift(made);
      return { status: 201, body: made };
    }
    case "GET deployments one statuses":
      return { body: page(statuses[of] ?? [], searchParams) };
    case "POST deployments one statuses":
      (statuses[of] ??= []).unshift(fields);
      return { status: 201, body: fields };
    default:
      return undefined;
  }
}

function page(all: readonly Fields[], query: URLSearchParams): Fields[] {
  const size = Number(query.get("per_page") ?? 30);
  const from = (Number(query.get("page") ?? 1) - 1) * size;
  return all.slice(from, from + size);
}
