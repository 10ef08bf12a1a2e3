// Says of a release which tags its image may have; a run that is for no tag and no version is no release.
import { fail, input, optional, setOutput } from "./lib/actions.mjs";
import { paginate, repo } from "./lib/github.mjs";
import { versionFacts } from "./lib/image-version.mjs";

const prefix = input("TAG_PREFIX", /^([a-z0-9-]+-)?v$/, "the beginning of a version's tag, such as v");
const start = `refs/tags/${prefix}`;
const asked = optional("VERSION").replace(/^v/, "");
const tagged = versionOf(optional("GITHUB_REF"));
if (asked !== "" && tagged !== "" && asked !== tagged) fail(`VERSION: is not the version of the tag that this runs on, got ${shown(asked)} on ${prefix}${tagged}; run it on a branch, or leave the version out`);

const given = asked || tagged;
const known = given === "" ? [] : await versions();
const facts = given === "" ? { version: "", stable: false, family: false, newest: false } : versionFacts(given, known);
if (!facts) fail(`version: is not a semantic version that can be a tag, got ${shown(given)}; use one such as 1.2.3`);
if (tagged === "" && known.includes(given)) fail(`VERSION: is released already, got ${shown(given)}; run it on the tag ${prefix}${given}, or choose another version`);
for (const [name, value] of Object.entries(facts)) setOutput(name, String(value));

function versionOf(ref) {
  if (!ref.startsWith("refs/tags/")) return "";
  if (!ref.startsWith(start)) fail(`tag: does not begin with ${prefix}, got ${shown(ref)}; run it on the tag of a release`);
  return ref.slice(start.length);
}

async function versions() {
  const found = [];
  for await (const { ref } of paginate(`${repo()}/git/matching-refs/tags/${prefix}?per_page=100`)) found.push(ref.slice(start.length));
  return found;
}

function shown(text) {
  return JSON.stringify(text.slice(0, 80));
}
