// Makes a branch at the commit of a tag, through the API: an existing one is left where it is, and a second one gets a number.
import { fail, input, setOutput, summary } from "./lib/actions.mjs";
import { api, repo } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";
import { commitOfTag, refOf } from "./lib/release-tags.mjs";

const MOST = 20;
const wanted = input("BRANCH", /^(?!-)[\w./+-]{1,200}$/, "the name of a branch");
const tag = input("TAG", /^(?!-)[\w./+!-]{1,200}$/, "the name of a tag");

const sha = await commitOfTag(tag);
const branch = await made();
setOutput("branch", branch);
summary(`Branch ${plain(branch)} starts at ${plain(tag)} (${sha.slice(0, 12)}).`);

// Work that somebody pushed to an earlier hotfix branch stays where it is.
async function made() {
  for (let at = 1; at <= MOST; at++) {
    const name = at === 1 ? wanted : `${wanted}-${at}`;
    const existing = await refOf(`heads/${name}`);
    if (existing?.object.sha === sha) return name;
    if (existing) continue;
    await api("POST", `${repo()}/git/refs`, { ref: `refs/heads/${name}`, sha });
    return name;
  }
  return fail(`${wanted} exists ${MOST} times at other commits; remove the branches that nobody needs`);
}
