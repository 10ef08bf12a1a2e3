// Takes releases out of a package index and waits until the index says so. PyPI has no interface for it: there, people get the
// links in the rollback's issue, and this waits for what they do.
import { fail, input, optional, summary } from "./lib/actions.mjs";
import { upsertComment } from "./lib/github.mjs";
import { managePage, removals } from "./lib/index-removal.mjs";
import { plain } from "./lib/markdown.mjs";
import { indexUrl, releasesOf } from "./lib/python-index.mjs";

const PYPI = "https://pypi.org";

const project = input("PROJECT", /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/, "the name of a project");
const versions = JSON.parse(input("VERSIONS", /^\["[\w.!+-]+"(,"[\w.!+-]+")*\]$/, "a list of versions"));
const action = input("ACTION", /^(yank|delete)$/, "yank or delete");
const kind = input("INDEX_KIND", /^(pypi|pypiserver|devpi|gitlab|artifactory)$/, "a kind of index");
const minutes = Number(input("WAIT_MINUTES", /^\d+(\.\d+)?$/, "a number of minutes"));

if (kind === "pypi") await ask();
else await remove();
const left = await waitedFor();
if (left.length > 0) fail(`${project} ${left.join(", ")}: still not ${done()} after ${minutes} minutes; ${kind === "pypi" ? "do it on the pages above, then run the failed jobs again" : "see what the index says"}`);
summary(`${plain(versions.join(", "))} of ${plain(project)}: ${done()}.`);

function done() {
  return { yank: "yanked", delete: "deleted" }[action];
}

async function ask() {
  const pages = versions.map((version) => `- [ ] [${action} ${plain(version)}](${managePage(PYPI, project, version)})`).join("\n");
  const body = `PyPI lets only its maintainers ${action} a release, in a browser. An owner of ${plain(project)} does this now; the rollback goes on by itself within ${minutes} minutes, later when its failed jobs are run again:\n\n${pages}`;
  console.log(versions.map((version) => managePage(PYPI, project, version)).join("\n"));
  await upsertComment({ number: input("ISSUE", /^[1-9]\d*$/, "the number of an issue"), marker: "rollback-index", body });
}

async function remove() {
  if (action !== "delete") fail(`${kind} cannot yank; choose delete`);
  const settings = { url: input("INDEX_API", /^https?:\/\/\S+$/, "an address"), index: optional("INDEX_NAME"), username: optional("INDEX_USERNAME"), password: optional("INDEX_PASSWORD") };
  const present = await releasesOf(indexUrl(), project);
  for (const release of present.filter(({ version }) => versions.includes(version))) {
    await removals[kind](settings, project, release).catch((error) => fail(`${project} ${release.version} was not deleted: ${error.message}; see whether the account may delete releases`));
    console.log(`Deleted ${release.version}.`);
  }
}

async function waitedFor() {
  const end = Date.now() + minutes * 60_000;
  const pause = Number(optional("PAUSE_SECONDS") || 20) * 1000;
  for (;;) {
    const left = await pending().catch((error) => (console.log(error.message), versions));
    if (left.length === 0 || Date.now() + pause > end) return left;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function pending() {
  const releases = await releasesOf(indexUrl(), project);
  return versions.filter((version) => {
    const release = releases.find((each) => each.version === version);
    return release !== undefined && !(action === "yank" && release.yanked);
  });
}
