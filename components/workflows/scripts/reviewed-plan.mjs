// Says whether a plan is the one that the merged pull request showed, and hands its digest on to the update, which refuses any other.
import { readFileSync } from "node:fs";
import { fail, input, setOutput, summary, warn } from "./lib/actions.mjs";
import { paginate, repo } from "./lib/github.mjs";

const DIGEST = "[0-9a-f]{64}(?:-[0-9a-f]{8}){3}";
const stack = input("STACK", /^[A-Za-z0-9._-]{1,100}$/, "a stack's name");
const { digest = "" } = JSON.parse(readFileSync(input("PREVIEW", /^\/./, "the file of a preview"), "utf8"));
if (!new RegExp(`^${DIGEST}$`).test(digest)) fail(`stack ${stack}: its preview has no digest, since it failed; see the step before`);

const said = await reviewed(input("GITHUB_SHA", /^[0-9a-f]{40}$/, "a commit"));
const text = sentence(said);
if (said !== undefined && said.digest !== digest) warn(`stack ${stack}: ${text}`);
summary(`### ${stack}\n\n${text}\n\nPlan: \`${digest}\``);
console.log(`stack ${stack}: ${text}`);
setOutput("digest", digest);

function sentence(found) {
  if (found === undefined) return "no pull request showed a plan for this commit: read the check's before you approve";
  if (found.digest === digest) return `this is the plan that #${found.number} showed`;
  return `this is not the plan that #${found.number} showed, because something changed since: read the check's before you approve`;
}

/** What our own comment on the merged pull request says; comments of people are not asked. */
async function reviewed(sha) {
  for await (const pull of paginate(`${repo()}/commits/${sha}/pulls?per_page=100`)) {
    if (!pull.merged_at) continue;
    let found;
    for await (const { body, user } of paginate(`${repo()}/issues/${pull.number}/comments?per_page=100`)) {
      if (user?.type !== "Bot" || !body?.startsWith(`<!-- slipway preview of ${stack}, part 1 -->`)) continue;
      found = new RegExp(`--expect (${DIGEST})`).exec(body)?.[1] ?? found;
    }
    if (found !== undefined) return { number: pull.number, digest: found };
  }
  return undefined;
}
