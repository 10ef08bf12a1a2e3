// Says on GitHub's release pages what was rolled back: the bad ones are marked, and the restored one is the latest.
import { input, setOutput, summary } from "./lib/actions.mjs";
import { api, repo } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";

const NOTE = "<!-- rolled-back -->";
const tag = input("TAG", /^(?!-)[\w./+!-]{1,200}$/, "the name of a tag");
const bad = JSON.parse(input("BAD_TAGS", /^\[("[\w./+!-]+"(,"[\w./+!-]+")*)?\]$/, "a list of tags"));
const reason = input("REASON", /^(?=.*\S)[\s\S]{1,1000}$/, "a reason of 1 to 1000 characters");
const issue = input("ISSUE", /^[1-9]\d*$/, "the number of an issue");

const restored = await releaseOf(tag);
const latest = restored ? await api("PATCH", `${repo()}/releases/${restored.id}`, { prerelease: false, make_latest: "true" }) : await api("POST", `${repo()}/releases`, { tag_name: tag, name: tag, body: `Restored by the rollback in #${issue}.`, make_latest: "true" });
for (const name of bad) await mark(name);
setOutput("url", latest.html_url);
summary(`${plain(tag)} is the latest release again.`);

async function mark(name) {
  const release = await releaseOf(name);
  if (!release || release.body?.includes(NOTE)) return;
  const note = `${NOTE}\n> [!CAUTION]\n> Rolled back: use ${plain(tag)}. ${plain(reason)} (#${issue})\n\n${release.body ?? ""}`;
  await api("PATCH", `${repo()}/releases/${release.id}`, { name: `${release.name || name} (rolled back)`, body: note, prerelease: true, make_latest: "false" });
}

async function releaseOf(name) {
  return await api("GET", `${repo()}/releases/tags/${encodeURIComponent(name)}`).catch((error) => {
    if (error.status !== 404) throw error;
  });
}
