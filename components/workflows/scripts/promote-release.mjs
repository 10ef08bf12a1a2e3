// Promotes a version from one channel to the next: the same package under another tag.
// `check` says what would move; `promote` moves the version that was checked and approved.
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { planPromotion } from "./lib/channels.mjs";
import { table } from "./lib/markdown.mjs";
import { npm, PACKAGE, packageOf, VERSION } from "./lib/npm.mjs";

const moves = process.argv[2] === "promote";
const name = input("PACKAGE", PACKAGE, "the name of an npm package");
const from = input("FROM_CHANNEL", /^(canary|beta|latest)$/, "canary, beta or latest");
const to = input("TO_CHANNEL", /^(canary|beta|latest)$/, "canary, beta or latest");
const approved = moves ? input("VERSION", VERSION, "a version") : undefined;

const { problem, version, previous, unchanged } = planPromotion(await packageOf(name), { from, to, approved, allowPrerelease: optional("ALLOW_PRERELEASE") === "true" });
if (problem) fail(problem);
if (moves) move();
else tell();

function tell() {
  setOutput("version", version);
  setOutput("previous", previous ?? "");
  summary(table(["Package", "From", "To", "Version", "Instead of"], [[name, from, to, version, unchanged ? "the same: nothing moves" : (previous ?? "nothing")]]));
}

function move() {
  if (unchanged) return console.log(`${to} has ${version} already`);
  npm("dist-tag", "add", `${name}@${version}`, to);
}
