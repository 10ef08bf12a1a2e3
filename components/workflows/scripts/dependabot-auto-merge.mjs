// Approves one of Dependabot's pull requests and has GitHub merge it when every required check has passed.
import { fail, input } from "./lib/actions.mjs";
import { api, paginate, repo } from "./lib/github.mjs";

const AUTHOR = "dependabot[bot]";
const APPROVER = "github-actions[bot]";

const number = input("PULL_REQUEST", /^[1-9]\d*$/, "the number of a pull request");
const head = input("HEAD_SHA", /^[0-9a-f]{40}$/, "a commit");
const method = input("MERGE_METHOD", /^(merge|squash|rebase)$/, "merge, squash or rebase");
const path = `${repo()}/pulls/${number}`;

const pull = await api("GET", path);
if (pull.user?.login !== AUTHOR) fail(`pull request ${number}: was opened by ${pull.user?.login}, and only those of ${AUTHOR} merge themselves`);
if (pull.head.sha !== head) fail(`pull request ${number}: has moved on from ${head} to ${pull.head.sha}; the run for that commit decides`);

await approve();
await merge();

async function approve() {
  for await (const review of paginate(`${path}/reviews?per_page=100`)) {
    if (review.user?.login === APPROVER && review.state === "APPROVED" && review.commit_id === head) return;
  }
  await api("POST", `${path}/reviews`, { event: "APPROVE", commit_id: head, body: "A small update by Dependabot: approved by the rules of this repository." });
}

/** A pull request that waits for nothing any more cannot be told to wait: it is merged at once. */
async function merge() {
  const query = `mutation ($id: ID!, $head: GitObjectID!, $method: PullRequestMergeMethod!) {
    enablePullRequestAutoMerge(input: {pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $method}) { clientMutationId }
  }`;
  const { errors } = await api("POST", process.env.GITHUB_GRAPHQL_URL, { query, variables: { id: pull.node_id, head, method: method.toUpperCase() } });
  if (!errors) return console.log(`pull request ${number} merges itself when its checks have passed`);
  const message = errors.map((error) => error.message).join("; ");
  if (!/clean status/i.test(message)) fail(`pull request ${number}: cannot merge itself: ${message}`);
  await api("PUT", `${path}/merge`, { sha: head, merge_method: method });
  console.log(`pull request ${number} is merged: every check had passed`);
}
