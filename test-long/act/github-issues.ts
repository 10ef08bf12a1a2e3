import type { Handlers } from "./github-api.ts";
import { html, missing } from "./github-state.ts";
import type { Comment, Issue, State } from "./github-state.ts";

/** Issues, their comments and labels. */
export function issueHandlers(state: State, next: () => number): Handlers {
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

function named(labels: unknown): { name: string }[] {
  return Array.isArray(labels) ? labels.map((label) => ({ name: typeof label === "string" ? label : String(label.name) })) : [];
}
