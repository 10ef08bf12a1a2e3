// Checks that a program is what its platform runs, and asks it for its version where it runs here.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fail, input } from "./lib/actions.mjs";
import { kindOf, PLATFORM, targetOf } from "./lib/platforms.mjs";
import { output } from "./lib/process.mjs";

const file = input("FILE", /^[^-\p{Cc}][^\p{Cc}]*$/u, "the path of a program");
const platform = input("PLATFORM", PLATFORM, "a platform such as linux-amd64");
const version = input("VERSION", /^v?[0-9A-Za-z][0-9A-Za-z.+-]{0,99}$/, "a version").replace(/^v(?=\d)/, "");

const wanted = targetOf(platform);
const kind = kindOf(readFileSync(file));
if (kind?.os !== wanted.os || kind.arch !== wanted.arch) fail(`${file}: is ${kind ? `for ${kind.os}/${kind.arch ?? "another processor"}` : "no program"}, not for ${wanted.os}/${wanted.arch}; see the build's messages above`);

if (wanted.node === `${process.platform}-${process.arch}`) {
  const said = output(resolve(file), "--version");
  if (!said.includes(version)) fail(`${file}: says its version is ${JSON.stringify(said.slice(0, 200))}, not ${version}; name the variable that holds it in versionVariable`);
  console.log(`${file} runs here and says that it is ${version}`);
} else console.log(`${file} is for ${wanted.os}/${wanted.arch}`);
