import { serve } from "../serve.ts";
import type { Answer, Recorded, Server } from "../serve.ts";

export interface Issue {
  number: number;
  title: string;
  body: string;
  state: string;
  labels: string[];
  comments: string[];
}

export interface GitHub extends Server {
  issues: Issue[];
  /** What a script needs to talk to it. */
  env: Record<string, string>;
}

type Fields = Partial<Record<"title" | "body" | "state", string>> & { labels?: string[] };

/** GitHub's issues in memory; what else is asked goes to `other`. */
export async function github(other: (request: Recorded) => Answer | undefined = () => undefined): Promise<GitHub> {
  const issues: Issue[] = [];
  const server = await serve((request) => {
    const { method, path } = request;
    const fields = request.body as Fields;
    const [, number, comments] = /^\/repos\/acme\/shop\/issues\/(\d+)(\/comments)?/.exec(path) ?? [];
    const issue = issues.find((each) => each.number === Number(number));
    if (method === "GET" && path.startsWith("/repos/acme/shop/issues?")) return { body: issues.filter(({ state }) => state === "open") };
    if (method === "POST" && path === "/repos/acme/shop/issues") {
      issues.push({ number: issues.length + 1, title: "", body: "", state: "open", labels: [], comments: [], ...fields });
      return { status: 201, body: issues.at(-1) };
    }
    if (issue && comments) return (issue.comments.push(fields.body ?? ""), { status: 201, body: {} });
    if (issue && method === "PATCH") return { body: Object.assign(issue, fields) };
    return other(request);
  });
  return { ...server, issues, env: { GITHUB_API_URL: server.url, GITHUB_TOKEN: "token-of-the-run", GITHUB_RUN_ID: "7", GITHUB_ACTOR: "ada" } };
}
