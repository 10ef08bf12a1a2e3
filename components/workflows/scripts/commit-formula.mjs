// Brings a Homebrew formula into its tap through GitHub's API: as a commit, or as a pull request where the branch has rules.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fail, input, summary } from "./lib/actions.mjs";
import { commitOn, openPullRequest, pointBranch, refOf } from "./lib/commit.mjs";
import { api } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";

const tag = input("TAG", /^v\d+\.\d+\.\d+$/, "the tag of a stable version, such as v1.2.3");
const tap = input("TAP", /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, "a repository, as owner/name");
const branch = input("BRANCH", /^(?!-)[^\s~^:?*[\\]{1,200}$/, "a branch");
const deliver = input("DELIVER", /^(commit|pull-request)$/, "commit or pull-request");
const file = input("FORMULA", /^[\w./-]+\.rb$/, "the path of a formula");

const name = basename(file);
const title = `${basename(name, ".rb")} ${tag.slice(1)}`;
const repository = `/repos/${tap}`;
const parent = await refOf(repository, `heads/${branch}`);
if (!parent) fail(`${tap}: has no branch ${branch}; make its first commit`);
const commit = await commitOn(repository, parent, title, { [`Formula/${name}`]: readFileSync(file, "utf8") });

if (deliver === "commit") {
  await api("PATCH", `${repository}/git/refs/heads/${branch}`, { sha: commit, force: false });
  summary(`${plain(title)} is in ${plain(tap)}.`);
} else {
  const head = `homebrew/${tag}`;
  await pointBranch(repository, head, commit);
  const number = await openPullRequest(repository, { head, base: branch, title, body: `Homebrew installs ${tag} once this is merged.` });
  summary(`Pull request #${number} proposes ${plain(title)}.`);
}
