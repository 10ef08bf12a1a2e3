// Waits until a version can be installed from the package index, and finds the version before it and its tag.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { normalVersion, parsePython } from "./lib/pep440.mjs";
import { indexUrl, releasesOf, stable } from "./lib/python-index.mjs";
import { findTag } from "./lib/release-tags.mjs";

const LONGEST_PAUSE = 30;

const project = input("PROJECT", /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/, "the name of a project");
const index = indexUrl();
const prefix = optional("TAG_PREFIX");
const minutes = Number(input("WAIT_MINUTES", /^\d+(\.\d+)?$/, "a number of minutes"));
const wanted = versionWanted();

const releases = await available();
const version = wanted ?? stable(releases)[0]?.version;
if (version === undefined) fail(`${project} has no release in the index; publish one, or name a version`);
const older = stable(releases).filter((release) => releases.indexOf(release) > releases.findIndex((found) => found.version === version));
setOutput("version", version);
setOutput("previous", older[0]?.version ?? "");
setOutput("tag", (await findTag(version, prefix)) ?? fail(`${project} ${version} has no tag in this repository; push the tag that it was built from`));
summary(`${project} ${version} is in the index.`);

// A tag or a version; where nobody named one, the newest stable release is meant.
function versionWanted() {
  const text = optional("VERSION").trim();
  if (text === "") return undefined;
  const named = prefix !== "" && text.startsWith(prefix) ? text.slice(prefix.length) : text;
  if (!parsePython(named)) fail(`VERSION: is not a version of a Python package, got ${JSON.stringify(text.slice(0, 80))}; write one such as 1.2.3`);
  return normalVersion(named);
}

async function available() {
  const end = Date.now() + minutes * 60_000;
  for (let pause = Number(optional("PAUSE_SECONDS") || 5); ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const { releases = [], problem } = await releasesOf(index, project).then((releases) => ({ releases }), (error) => ({ problem: error.message }));
    const found = releases.find(({ version }) => version === wanted);
    if (found?.yanked) fail(`${project} ${wanted} is yanked; verify a version that people can install`);
    if (found || (wanted === undefined && releases.length > 0)) return releases;
    if (Date.now() + pause * 1000 > end) fail(`${project} ${wanted ?? ""} was not in the index after ${minutes} minutes${problem ? `, which last said: ${problem}` : ""}; see whether it was published, and run again`);
    console.log(`Not there yet; asking again in ${pause} s.`);
    await new Promise((resolve) => setTimeout(resolve, pause * 1000));
  }
}
