import { fillPath } from "../../template.ts";
import type { Properties } from "../../values.ts";
import { created, nothing, notFound, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { commitOf } from "../commits.ts";
import { matchesRef } from "../../github/protection.ts";
import { protectionOf, toldProtection } from "../protection.ts";

/** Every branch of which something is known. */
function all(asked: Asked): string[] {
  const { folder } = asked.cloud.repository(asked.params);
  const branches = asked.cloud.branches({ folder });
  const made = asked.cloud.documents.list(`${folder}/branches`).map(({ body }) => String(body["branch"]));
  const written = asked.cloud.documents.list(`${folder}/files`).flatMap(({ body }) => (typeof body["branch"] === "string" ? [body["branch"]] : []));
  return branches.isEmpty() ? [] : [...new Set([branches.default(), ...made, ...written])].filter((name) => branches.has(name)).sort();
}

/** By a protection of its own, or by an active ruleset. */
function isProtected(asked: Asked, branch: string): boolean {
  const { folder } = asked.cloud.repository(asked.params);
  const covers = (patterns: unknown) => Array.isArray(patterns) && patterns.some((pattern) => matchesRef(String(pattern), branch, asked.cloud.branches({ folder }).default()));
  return protectionOf(asked, branch) !== undefined || asked.cloud.list(`${folder}/rulesets`).some(({ body }) => {
    const { conditions, enforcement, target } = body;
    const names = typeof conditions === "object" && conditions !== null && !Array.isArray(conditions) ? conditions["refName"] : undefined;
    const { excludes, includes } = typeof names === "object" && names !== null && !Array.isArray(names) ? names : {};
    return enforcement === "active" && target === "branch" && covers(includes) && !covers(excludes);
  });
}

function one(asked: Asked): string {
  const branch = asked.params["branch"] ?? "";
  if (!all(asked).includes(branch)) throw new Refusal(404, "Branch not found");
  return branch;
}

function ref(asked: Asked, branch: string): Properties {
  const { folder, owner, repo } = asked.cloud.repository(asked.params);
  const sha = commitOf(asked.cloud, { folder }, branch);
  const api = `https://api.github.com/repos/${owner}/${repo}/git`;
  return { ref: `refs/heads/${branch}`, url: `${api}/refs/heads/${branch}`, object: { type: "commit", sha, url: `${api}/commits/${sha}` } };
}

function branchOf(asked: Asked): string {
  const branch = (asked.params["ref"] ?? "").replace(/^heads\//, "");
  if (!all(asked).includes(branch)) throw notFound();
  return branch;
}

export const branches: Handlers = {
  "repos/list-branches": (asked) => {
    const { folder, owner, repo } = asked.cloud.repository(asked.params);
    const wanted = asked.query["protected"];
    const told = all(asked).map((name) => {
      const sha = commitOf(asked.cloud, { folder }, name);
      return { name, commit: { sha, url: `https://api.github.com/repos/${owner}/${repo}/commits/${sha}` }, protected: isProtected(asked, name) };
    });
    return { items: told.filter((each) => wanted === undefined || String(each.protected) === wanted) };
  },
  "repos/get-branch": (asked) => {
    const { folder, owner, repo } = asked.cloud.repository(asked.params);
    const name = one(asked);
    const url = `https://api.github.com/repos/${owner}/${repo}/branches/${name}`;
    const own = protectionOf(asked, name);
    return ok({
      name, commit: { sha: commitOf(asked.cloud, { folder }, name), parents: [] }, protected: isProtected(asked, name),
      _links: { self: url, html: `https://github.com/${owner}/${repo}/tree/${name}` }, protection_url: `${url}/protection`,
      protection: own === undefined ? { enabled: false } : { enabled: true, ...toldProtection(asked, own, name) },
    });
  },
  "git/get-ref": (asked) => ok(ref(asked, branchOf(asked))),
  "git/create-ref": (asked) => {
    const { folder, repo } = asked.cloud.writable(asked.params);
    const branch = /^refs\/heads\/(.+)$/.exec(String(asked.body["ref"]))?.[1];
    if (branch === undefined) throw new Refusal(422, "Reference must start with refs/heads/ in the sandbox");
    if (all(asked).includes(branch)) throw new Refusal(422, "Reference already exists");
    asked.cloud.put(`${folder}/${fillPath("branches/{branch}", { branch })}`, { branch, repository: repo });
    return created(ref(asked, branch));
  },
  "git/delete-ref": (asked) => {
    const { folder } = asked.cloud.writable(asked.params);
    const branch = branchOf(asked);
    if (branch === asked.cloud.branches({ folder }).default()) throw new Refusal(422, "Cannot delete the default branch");
    asked.cloud.documents.removeFolder(`${folder}/${fillPath("files/{branch}", { branch })}`);
    asked.cloud.documents.remove(`${folder}/${fillPath("branches/{branch}", { branch })}`);
    return nothing;
  },
};
