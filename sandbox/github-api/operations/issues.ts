import { numberOf } from "../../identity.ts";
import type { Found } from "../../documents.ts";
import type { Properties, Value } from "../../values.ts";
import { created, invalid, nothing, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { picked, texts } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { commentsOf, issueOf, issuesOf, nextNumber, pullsOf, toldIssue, within } from "../issues.ts";
import type { Home } from "../issues.ts";
import { nodeId, user } from "../shapes.ts";

/** Comments are numbered through the whole of GitHub; later ones have higher numbers. */
const FIRST_COMMENT = 2_000_000_000;

function home(asked: Asked): Home {
  return asked.cloud.repository(asked.params);
}

function toldComment(asked: Asked, found: Found): Properties {
  const { owner, repo } = home(asked);
  const id = numberIn(found);
  const issue = Number(found.body["issue"]);
  const api = `https://api.github.com/repos/${owner}/${repo}/issues`;
  return {
    id, node_id: nodeId(found.path), url: `${api}/comments/${id}`, html_url: `https://github.com/${owner}/${repo}/issues/${issue}#issuecomment-${id}`, issue_url: `${api}/${issue}`, body: String(found.body["body"]),
    user: user(String(found.body["author"])), created_at: found.created, updated_at: found.updated, author_association: "MEMBER",
  };
}

function allComments(asked: Asked): Found[] {
  return asked.cloud.documents.list(`${home(asked).folder}/issue-comments`);
}

function comment(asked: Asked): Found {
  const found = allComments(asked).find((each) => String(numberIn(each)) === asked.params["comment_id"]);
  if (found === undefined) throw notFound();
  return found;
}

/** What a request says of an issue, in the provider's words. */
function stated(asked: Asked): Properties {
  const { body } = asked;
  const labels = Array.isArray(body["labels"]) ? { labels: body["labels"].map(nameOf) } : {};
  const title = typeof body["title"] === "string" ? body["title"] : "untitled";
  if (title.trim() === "") throw invalid("Issue", "title", "missing_field");
  if (title.length > 256) throw invalid("Issue", "title", "custom", "title is too long (maximum is 256 characters)");
  if (typeof body["body"] === "string") within("Issue", body["body"]);
  const closed = body["state"] === "closed" ? { closedAt: asked.cloud.now(), stateReason: body["state_reason"] ?? "completed" } : body["state"] === "open" ? { closedAt: null, stateReason: null } : {};
  return { ...picked(body, ["title", "body", "assignees", "state"]), ...labels, ...closed };
}

function nameOf(label: Value): string {
  return typeof label === "object" && label !== null && !Array.isArray(label) ? String(label["name"]) : String(label);
}

function wanted(asked: Asked, found: Properties): boolean {
  const { labels = "", since, state = "open" } = asked.query;
  const has = (Array.isArray(found["labels"]) ? found["labels"] : []).map(nameOf);
  return (state === "all" || found["state"] === state) && labels.split(",").every((name) => name === "" || has.includes(name)) && (since === undefined || String(found["updated_at"]) >= since);
}

export const issues: Handlers = {
  "issues/list-for-repo": (asked) => {
    const { direction = "desc", sort = "created" } = asked.query;
    const key = sort === "comments" ? sort : `${sort}_at`;
    const told = [...issuesOf(asked.cloud, home(asked)), ...pullsOf(asked.cloud, home(asked))].map((each) => toldIssue(asked.cloud, home(asked), each)).filter((each) => wanted(asked, each));
    told.sort((a, b) => String(a[key]).localeCompare(String(b[key])) || Number(a["number"]) - Number(b["number"]));
    return { items: direction === "asc" ? told : told.reverse() };
  },
  "issues/get": (asked) => ok(toldIssue(asked.cloud, home(asked), issueOf(asked.cloud, home(asked), asked.params["issue_number"]))),
  "issues/create": (asked) => {
    const { folder, owner, repo } = asked.cloud.writable(asked.params);
    const number = nextNumber(asked.cloud, { folder, owner, repo });
    const found = asked.cloud.put(`${folder}/issues/${number}`, { ...stated(asked), author: asked.actor, repository: repo }, [], number);
    return created(toldIssue(asked.cloud, home(asked), found));
  },
  "issues/update": (asked) => {
    asked.cloud.writable(asked.params);
    const found = issueOf(asked.cloud, home(asked), asked.params["issue_number"]);
    const changed = asked.cloud.put(found.path, Object.fromEntries(Object.entries({ ...found.body, ...stated(asked) }).filter(([, value]) => value !== null)));
    return ok(toldIssue(asked.cloud, home(asked), changed));
  },
  "issues/list-comments": (asked) => {
    const number = numberIn(issueOf(asked.cloud, home(asked), asked.params["issue_number"]));
    const { since = "" } = asked.query;
    return { items: commentsOf(asked.cloud, home(asked), number).map((each) => toldComment(asked, each)).filter((each) => String(each["updated_at"]) >= since) };
  },
  "issues/list-comments-for-repo": (asked) => ({ items: allComments(asked).sort((a, b) => numberIn(a) - numberIn(b)).map((each) => toldComment(asked, each)) }),
  "issues/create-comment": (asked) => {
    const { folder } = asked.cloud.writable(asked.params);
    const issue = numberIn(issueOf(asked.cloud, home(asked), asked.params["issue_number"]));
    const text = within("IssueComment", String(asked.body["body"]));
    if (text.trim() === "") throw invalid("IssueComment", "data", "unprocessable", "Body cannot be blank");
    const id = 1 + Math.max(FIRST_COMMENT + (numberOf(folder) % 1_000), ...allComments(asked).map(numberIn));
    return created(toldComment(asked, asked.cloud.put(`${folder}/issue-comments/${issue}/${id}`, { author: asked.actor, body: text, issue }, [], id)));
  },
  "issues/get-comment": (asked) => ok(toldComment(asked, comment(asked))),
  "issues/update-comment": (asked) => {
    asked.cloud.writable(asked.params);
    const found = comment(asked);
    return ok(toldComment(asked, asked.cloud.put(found.path, { ...found.body, body: within("IssueComment", String(asked.body["body"])) })));
  },
  "issues/delete-comment": (asked) => {
    asked.cloud.writable(asked.params);
    asked.cloud.remove(comment(asked).path);
    return nothing;
  },
  "issues/list-assignees": (asked) => {
    home(asked);
    return { items: texts(asked.cloud.population.users).map(user) };
  },
};
