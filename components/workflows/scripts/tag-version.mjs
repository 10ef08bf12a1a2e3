// Tags the commit with the version that its package.json has, unless that version is tagged already.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, setOutput, summary } from "./lib/actions.mjs";
import { refOf } from "./lib/commit.mjs";
import { api, repo } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";

const folder = input("DIRECTORY", /^(\.|[\w@-][\w@./-]*)$/, "the folder of package.json");
const commit = input("COMMIT", /^[0-9a-f]{40}$/, "a commit");

const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
if (!/^\d+\.\d+\.\d+$/.test(version)) fail(`package.json: has no version to release, got ${JSON.stringify(String(version).slice(0, 80))}; write one such as 1.2.3`);
const tag = `v${version}`;
if (await refOf(repo(), `tags/${tag}`)) console.log(`${tag} is there already: the change was of something else`);
else {
  await api("POST", `${repo()}/git/refs`, { ref: `refs/tags/${tag}`, sha: commit });
  summary(`${plain(tag)} is tagged.`);
  setOutput("tag", tag);
}
