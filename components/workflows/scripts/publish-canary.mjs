// Publishes a built package to its channel. A second run of the same commit changes nothing, an old one takes nothing back.
import { existsSync } from "node:fs";
import { fail, input, summary } from "./lib/actions.mjs";
import { compareBuilds } from "./lib/channels.mjs";
import { plain } from "./lib/markdown.mjs";
import { npm, PACKAGE, packageOf, publish, VERSION } from "./lib/npm.mjs";

const channel = input("CHANNEL", /^(canary|beta)$/, "canary or beta");
const name = input("PACKAGE", PACKAGE, "the name of an npm package");
const version = input("VERSION", VERSION, "a version");
const tarball = `${input("FOLDER", /\S/, "a folder")}/${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
if (!existsSync(tarball)) fail(`${tarball}: is not there; the build has to make it`);

const { tags, versions } = await packageOf(name);
const current = Object.hasOwn(tags, channel) ? tags[channel] : undefined;
const isOld = current !== undefined && compareBuilds(version, current) < 0;
if (Object.hasOwn(versions, version)) putBack();
else if (isOld) fail(`${version} is older than ${current}, which ${channel} has; run the workflow for the newest commit`);
else publish(tarball, channel);
summary(`${plain(`${name}@${version}`)} is published. Install it with \`npm install ${name}@${channel}\`.`);

/** The version may be there and its channel not moved: the run before ended in between. */
function putBack() {
  console.log(`${name}@${version} is already published`);
  if (!isOld && current !== version) npm("dist-tag", "add", `${name}@${version}`, channel);
}
