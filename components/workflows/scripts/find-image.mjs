// Says which image a run deploys, by digest: what is looked at, scanned and deployed is one and the same. Waits where another
// workflow is still building it. A run for a tag takes the image of that tag, a run for a branch that of its commit.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { digestOf } from "./lib/registry.mjs";

const TAG = /^\w[\w.-]{0,127}$/;
const image = input("IMAGE", /^[a-z0-9][a-z0-9.:-]*(\/[a-z0-9][a-z0-9._-]*)+$/, "an image without a tag");
const minutes = Number(input("WAIT_MINUTES", /^\d{1,3}(\.\d+)?$/, "minutes"));
const pause = Number(optional("INTERVAL_SECONDS") || 20) * 1000;
const tag = tagOf();
const end = Date.now() + minutes * 60_000;

for (;;) {
  const digest = await digestOf(image, tag, { user: optional("GITHUB_ACTOR"), password: optional("GITHUB_TOKEN") }).catch((error) => fail(error.message));
  if (digest !== undefined) {
    console.log(`${image}:${tag} is ${digest}`);
    summary(`Image: \`${image}:${tag}\`, \`${digest}\``);
    setOutput("reference", `${image}@${digest}`);
    setOutput("tag", tag);
    break;
  }
  if (Date.now() + pause > end) fail(`${image}:${tag} is not in its registry${minutes > 0 ? ` after ${minutes} minutes` : ""}; see that its build has passed, and run this again`);
  await new Promise((resolve) => setTimeout(resolve, pause));
}

function tagOf() {
  if (optional("TAG") !== "") return input("TAG", TAG, "the tag of an image");
  if (optional("GITHUB_REF_TYPE") === "tag") return input("GITHUB_REF_NAME", TAG, "a tag that an image can have");
  return `sha-${input("GITHUB_SHA", /^[0-9a-f]{40}$/, "a commit").slice(0, 7)}`;
}
