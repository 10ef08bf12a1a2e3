// Before anything is published: which version a run is for, whether the tag and the project's own file agree about it, and
// whether another run has done the work already, for a tag and its release both start one.
import { readFileSync } from "node:fs";
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { api, paginate, repo } from "./lib/github.mjs";
import { sameVersion, versionIn } from "./lib/project-version.mjs";
import { parseVersion } from "./lib/version.mjs";

const manual = input("GITHUB_EVENT_NAME", /^(push|release|workflow_dispatch)$/, "an event that releases") === "workflow_dispatch";
const tag = await tagOf();
const version = parseVersion(tag);
if (!version || !tag.startsWith("v")) fail(`the tag is not v and a semantic version, got ${JSON.stringify(tag.slice(0, 80))}; use one such as v1.2.3`);
if (!manual) compareWithFile(optional("VERSION_FILE"));
const earlier = manual ? undefined : await earlierRun();

if (earlier) summary(`${tag} was released by [an earlier run](${earlier.html_url}); this one has nothing to do.`);
setOutput("tag", tag);
setOutput("prerelease", String(version.prerelease !== undefined));
setOutput("publish", String(!manual && !earlier));
setOutput("deploy", String(!earlier));

async function tagOf() {
  if (!manual) return optional("GITHUB_REF_TYPE") === "tag" ? optional("GITHUB_REF_NAME") : fail("the run is for no tag; release a tag");
  if (optional("VERSION") !== "") return `v${optional("VERSION").replace(/^v/, "")}`;
  const { tag_name: newest } = await api("GET", `${repo()}/releases/latest`).catch((error) => fail(`the newest release could not be read: ${error.message}; name a version`));
  return newest;
}

function compareWithFile(file) {
  if (file === "") return;
  const declared = versionIn(file, readFileSync(file, "utf8"));
  if (declared === undefined) fail(`${file}: has no version; write one, or declare it dynamic`);
  if (declared !== "dynamic" && !sameVersion(declared, tag)) fail(`${file}: says ${JSON.stringify(declared.slice(0, 80))} and the tag says ${tag}; make them the same version`);
}

/** A run of this workflow for the same tag and commit that has ended well. */
async function earlierRun() {
  const workflow = /\/\.github\/workflows\/([\w.-]+\.ya?ml)@/.exec(optional("GITHUB_WORKFLOW_REF"))?.[1] ?? fail("GITHUB_WORKFLOW_REF: names no workflow");
  for await (const run of paginate(`${repo()}/actions/workflows/${workflow}/runs?head_sha=${optional("GITHUB_SHA")}&status=success&per_page=100`)) {
    if (String(run.id) !== optional("GITHUB_RUN_ID") && run.event !== "workflow_dispatch" && run.head_branch === tag) return run;
  }
  return undefined;
}
