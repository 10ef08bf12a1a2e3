// Commits, branches and pull requests through GitHub's API: it signs the commits, and no credentials lie in the checkout.
import { api, RequestError } from "./github.mjs";

/** Commits files on top of a commit and answers the new one, which is on no branch yet. */
export async function commitOn(repository, parent, message, files) {
  const { tree: base } = await api("GET", `${repository}/git/commits/${parent}`);
  const entries = Object.entries(files).map(([path, content]) => ({ path, mode: "100644", type: "blob", content }));
  const tree = await api("POST", `${repository}/git/trees`, { base_tree: base.sha, tree: entries });
  return (await api("POST", `${repository}/git/commits`, { message, tree: tree.sha, parents: [parent] })).sha;
}

/** The commit that a branch or tag names (`heads/main`), or undefined. */
export async function refOf(repository, ref) {
  try {
    return (await api("GET", `${repository}/git/ref/${ref}`)).object.sha;
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return undefined;
    throw error;
  }
}

/** Lets a branch that belongs to the workflow alone name a commit, whatever it named before. */
export async function pointBranch(repository, branch, sha) {
  if ((await refOf(repository, `heads/${branch}`)) === undefined) await api("POST", `${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha });
  else await api("PATCH", `${repository}/git/refs/heads/${branch}`, { sha, force: true });
}

/** Opens the pull request of a branch, or renews the open one; answers its number. */
export async function openPullRequest(repository, { head, base, title, body }) {
  const [, owner] = /^\/repos\/([^/]+)\//.exec(repository) ?? [];
  const [open] = await api("GET", `${repository}/pulls?state=open&base=${encodeURIComponent(base)}&head=${encodeURIComponent(`${owner}:${head}`)}`);
  if (open) await api("PATCH", `${repository}/pulls/${open.number}`, { title, body });
  return open?.number ?? (await api("POST", `${repository}/pulls`, { head, base, title, body })).number;
}
