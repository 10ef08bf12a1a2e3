// Publishes a packed npm package once: a second run finds it there, and another package under its version is an error.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, summary } from "./lib/actions.mjs";
import { plain } from "./lib/markdown.mjs";
import { PACKAGE, packageOf, publish, VERSION } from "./lib/npm.mjs";
import { parseSums, sumOf } from "./lib/sums.mjs";

const name = input("PACKAGE", PACKAGE, "the name of an npm package");
const version = input("VERSION", VERSION, "a version");
const channel = input("CHANNEL", /^[a-z][a-z0-9-]*$/, "a channel");
const folder = input("FOLDER", /^[^-\p{Cc}][^\p{Cc}]*$/u, "a folder");

const tarball = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
if (!readdirSync(folder).includes(tarball)) fail(`${tarball}: was not packed; package.json has to name the package ${name}`);
const file = join(folder, tarball);
const wanted = parseSums(readFileSync(join(folder, "SHA256SUMS"), "utf8")).get(tarball);
if (wanted !== sumOf(file)) fail(`${tarball}: is not what was packed; run the whole workflow again`);

const { versions } = await packageOf(name);
const there = versions[version]?.dist?.integrity;
if (!Object.hasOwn(versions, version)) publish(file, channel);
else if (there !== `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`) fail(`${name}@${version}: is published already, and is another package; release a new version`);
summary(`${plain(`${name}@${version}`)} is published. Install it with \`npm install ${name}@${channel}\`.`);
