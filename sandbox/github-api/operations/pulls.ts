import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, invalid, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { picked } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { commitOf } from "../commits.ts";
import { nextNumber, pullsOf, toldIssue, within } from "../issues.ts";
import type { Home } from "../issues.ts";
import { toldRepository } from "../repository.ts";
import { account, user } from "../shapes.ts";

/** What a pull request has as an issue. */
const SHARED = ["id", "node_id", "number", "state", "locked", "title", "body", "labels", "assignee", "assignees", "created_at", "updated_at", "closed_at", "author_association", "comments"];

function home(asked: Asked): Home {
  return asked.cloud.repository(asked.params);
}

function told(asked: Asked, found: Found): Properties {
  const { cloud } = asked;
  const { owner, repo, folder } = home(asked);
  const issue = toldIssue(cloud, { owner, repo, folder }, found);
  const number = numberIn(found);
  const [api, html] = [`https://api.github.com/repos/${owner}/${repo}`, `https://github.com/${owner}/${repo}/pull/${number}`];
  const end = (ref: string) => ({ label: `${owner}:${ref}`, ref, sha: commitOf(cloud, { folder }, ref), user: account(cloud, owner), repo: toldRepository(cloud, { owner, repo, folder }) });
  const links = {
    self: `${api}/pulls/${number}`, html, issue: `${api}/issues/${number}`, comments: `${api}/issues/${number}/comments`, review_comments: `${api}/pulls/${number}/comments`,
    review_comment: `${api}/pulls/comments{/number}`, commits: `${api}/pulls/${number}/commits`, statuses: `${api}/statuses/0`,
  };
  return {
    ...picked(issue, SHARED), html_url: html,
    url: links.self, user: user(String(found.body["author"] ?? owner)), head: end(String(found.body["headRef"])), base: end(String(found.body["baseRef"])), merged: false, mergeable: true, mergeable_state: "clean", draft: false,
    maintainer_can_modify: found.body["maintainerCanModify"] === true, _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

function one(asked: Asked): Found {
  const found = pullsOf(asked.cloud, home(asked)).find((each) => String(numberIn(each)) === asked.params["pull_number"]);
  if (found === undefined) throw notFound();
  return found;
}

export const pulls: Handlers = {
  "pulls/list": (asked) => {
    const { base, head, state = "open" } = asked.query;
    const all = pullsOf(asked.cloud, home(asked)).filter(({ body }) => (base === undefined || body["baseRef"] === base) && (head === undefined || body["headRef"] === head.replace(/^[^:]*:/, "")));
    return { items: all.map((each) => told(asked, each)).filter((each) => state === "all" || each["state"] === state).sort((a, b) => Number(b["number"]) - Number(a["number"])) };
  },
  "pulls/get": (asked) => ok(told(asked, one(asked))),
  "pulls/create": (asked) => {
    const { folder, owner, repo } = asked.cloud.writable(asked.params);
    const [headRef, baseRef] = [String(asked.body["head"]).replace(/^[^:]*:/, ""), String(asked.body["base"])];
    const branches = asked.cloud.branches({ folder });
    if (!branches.has(headRef)) throw invalid("PullRequest", "head", "invalid");
    if (!branches.has(baseRef)) throw invalid("PullRequest", "base", "invalid");
    const inputs: Properties = {
      baseRepository: repo, baseRef, headRef, title: String(asked.body["title"] ?? headRef), author: asked.actor,
      ...(typeof asked.body["body"] === "string" ? { body: within("PullRequest", asked.body["body"]) } : {}),
    };
    const path = asked.cloud.path("RepositoryPullRequest", owner, inputs);
    if (asked.cloud.has(path)) throw invalid("PullRequest", "head", "custom", `A pull request already exists for ${owner}:${headRef}.`);
    return created(told(asked, asked.cloud.put(path, inputs, [], nextNumber(asked.cloud, home(asked)))));
  },
};
