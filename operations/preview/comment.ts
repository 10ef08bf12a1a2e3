import * as z from "zod";
import { Problem } from "../../toolchain/problem.ts";
import type { GitHubClient } from "../github/client.ts";
import { isSameBody, isTrusted } from "../github/ours.ts";
import { partOf } from "./parts.ts";
import type { Target } from "./target.ts";

const comment = z.object({
  id: z.number(),
  body: z.string().nullish(),
  author_association: z.string().optional(),
  user: z.object({ type: z.string().optional() }).nullish(),
});
type Comment = z.infer<typeof comment>;

/** Keeps a stack's comments on a pull request: each part updated where it is, missing ones made, surplus ones removed. */
export async function keepComments(client: GitHubClient, { number, owner, repo }: Target, stack: string, bodies: readonly string[]): Promise<void> {
  if (number === undefined) throw new Problem("--comment: there is no pull request to comment on, got an event without one; name it by --pull-request");
  const place = { owner, repo };
  const found = await client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", { ...place, issue_number: number, per_page: 100 });
  const parts = ours(z.array(comment).parse(found), stack);
  for (const [at, body] of bodies.entries()) {
    const known = parts.find(({ part }) => part === at + 1);
    if (known === undefined) await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { ...place, issue_number: number, body });
    else if (!isSameBody(known.body, body)) await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...place, comment_id: known.id, body });
  }
  const kept = new Set(bodies.map((_, at) => parts.find(({ part }) => part === at + 1)?.id));
  for (const { id } of parts.filter((each) => !kept.has(each.id))) {
    await client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...place, comment_id: id });
  }
}

/** This stack's parts, oldest first. */
function ours(comments: readonly Comment[], stack: string): { id: number; part: number; body: string }[] {
  return comments.filter(isTrusted).flatMap(({ body, id }) => {
    const part = partOf(body ?? "", stack);
    return part === undefined ? [] : [{ id, part, body: body ?? "" }];
  });
}
