// Before anything moves: the release and its image exist, and so does a version to go back to. Outputs name images by digest,
// so that what was looked at is what is rolled out.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { code, table } from "./lib/markdown.mjs";
import { digestOf } from "./lib/registry.mjs";
import { publishedVersions, wayBack } from "./lib/releases.mjs";
import { parseVersion } from "./lib/version.mjs";

const version = versionFrom("VERSION");
const image = input("IMAGE", /^[a-z0-9][a-z0-9.:-]*(\/[a-z0-9][a-z0-9._-]*)+$/, "an image without a tag");
const prefix = input("TAG_PREFIX", /^[\w.-]{0,40}$/, "the part before the version in a tag");
const service = input("SERVICE", /^[a-z][a-z0-9-]*$/, "the name of a service");
const stack = input("STACK", /^[A-Za-z0-9][A-Za-z0-9._/-]*$/, "the name of a stack");

const { previous, problem } = wayBack(version, await publishedVersions(prefix), optional("BASELINE") && versionFrom("BASELINE"), prefix);
if (problem) fail(problem);
const [candidate, baseline] = await Promise.all([resolved(version), resolved(previous)]);
const restore = `npm run --silent slipway -- rollout ${service} --stack ${stack} --image ${baseline} --strategy direct --json`;
console.log(`To go back while the rollout is in flight: npm run --silent slipway -- rollback ${service} --stack ${stack} --json`);
console.log(`To go back to ${previous} afterwards: ${restore}`);
summary([`## ${service} ${version} can be rolled out and taken back`, "", table(["", "Version", "Image"], [["Release", version, candidate], ["Way back", previous, baseline]]), "", "After the rollout, this goes back:", "", code(restore)].join("\n"));
setOutput("image", candidate);
setOutput("previous", previous);
setOutput("restore_command", restore);

function versionFrom(name) {
  const value = input(name, /^v?\d+\.\d+\.\d+/, "a version").replace(/^v/, "");
  if (!parseVersion(value)) fail(`${name}: is not a semantic version, got ${JSON.stringify(value.slice(0, 80))}; correct it and run again`);
  return value;
}

async function resolved(of) {
  const digest = await digestOf(image, `${prefix}${of}`, { user: optional("GITHUB_ACTOR"), password: optional("GITHUB_TOKEN") }).catch((error) => fail(error.message));
  if (digest === undefined) fail(`${image}:${prefix}${of} is not in its registry; publish the image first`);
  return `${image}@${digest}`;
}
