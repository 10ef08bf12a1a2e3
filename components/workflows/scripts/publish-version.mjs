// Commits the files of a new version through GitHub's API, which signs the commit: on the branch itself with a tag, or as a pull request.
import { readFileSync } from "node:fs";
import { fail, input, setOutput, summary } from "./lib/actions.mjs";
import { commitOn, openPullRequest, pointBranch, refOf } from "./lib/commit.mjs";
import { api, repo } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";
import { output } from "./lib/process.mjs";

const version = input("VERSION", /^\d+\.\d+\.\d+$/, "a version");
const paths = input("FILES", /\S/, "a list of files, one a line").split("\n");
const branch = input("BRANCH", /^(?!-)[^\s~^:?*[\\]{1,200}$/, "a branch");
const deliver = input("DELIVER", /^(commit|pull-request)$/, "commit or pull-request");

const tag = `v${version}`;
if (await refOf(repo(), `tags/${tag}`)) fail(`${tag} is there already; fetch the tags, or choose another bump_type`);
const parent = output("git", "rev-parse", "HEAD");
const files = Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]));
const commit = await commitOn(repo(), parent, `chore(release): ${tag}`, files);

if (deliver === "commit") {
  await api("PATCH", `${repo()}/git/refs/heads/${branch}`, { sha: commit, force: false });
  await api("POST", `${repo()}/git/refs`, { ref: `refs/tags/${tag}`, sha: commit });
  summary(`${plain(tag)} is on ${plain(branch)}, with its tag.`);
} else {
  const head = `release/${tag}`;
  await pointBranch(repo(), head, commit);
  const number = await openPullRequest(repo(), { head, base: branch, title: `chore(release): ${tag}`, body: bodyOf(version) });
  summary(`Pull request #${number} proposes ${plain(tag)}; its merge makes the tag.`);
  setOutput("branch", head);
}

// GitHub starts no checks by itself for what a workflow's own token opens.
function bodyOf(text) {
  return `Sets the version to ${text}. Its tag is made when this is merged, and the tag's release follows.\n\nA check that does not start by itself starts when somebody closes this pull request and opens it again.`;
}
