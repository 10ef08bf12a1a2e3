// Says of a release which tags its image may have; a run that is for no tag is no release.
import { fail, input, optional, setOutput } from "./lib/actions.mjs";
import { paginate, repo } from "./lib/github.mjs";
import { versionFacts } from "./lib/image-version.mjs";

const prefix = input("TAG_PREFIX", /^([a-z0-9-]+-)?v$/, "the beginning of a version's tag, such as v");
const start = `refs/tags/${prefix}`;
const given = optional("VERSION") || versionOf(optional("GITHUB_REF"));
const facts = given === "" ? { version: "", stable: false, family: false, newest: false } : versionFacts(given, await tagged());
if (!facts) fail(`version: is not a semantic version that can be a tag, got ${JSON.stringify(given.slice(0, 80))}; use one such as 1.2.3`);
for (const [name, value] of Object.entries(facts)) setOutput(name, String(value));

function versionOf(ref) {
  if (!ref.startsWith("refs/tags/")) return "";
  if (!ref.startsWith(start)) fail(`tag: does not begin with ${prefix}, got ${JSON.stringify(ref.slice(0, 80))}; run it on the tag of a release`);
  return ref.slice(start.length);
}

async function tagged() {
  const versions = [];
  for await (const { ref } of paginate(`${repo()}/git/matching-refs/tags/${prefix}?per_page=100`)) versions.push(ref.slice(start.length));
  return versions;
}
