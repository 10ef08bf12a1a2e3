// Puts the release of a tag into the Homebrew formula of this repository: addresses and checksums of its files.
import { readFileSync, writeFileSync } from "node:fs";
import { input } from "./lib/actions.mjs";
import { withRelease } from "./lib/homebrew.mjs";
import { PROGRAM } from "./lib/platforms.mjs";
import { releaseSums } from "./lib/release-assets.mjs";

const tag = input("TAG", /^v\d+\.\d+\.\d+$/, "the tag of a stable version, such as v1.2.3");
const program = input("PROGRAM", PROGRAM, "the name of a program");
const file = input("FORMULA", /^[\w./-]+\.rb$/, "the path of a formula");

const downloads = `${process.env.GITHUB_SERVER_URL}/${process.env.GITHUB_REPOSITORY}/releases/download/${tag}`;
const text = withRelease(readFileSync(file, "utf8"), { program, version: tag.slice(1), downloads, sums: await releaseSums(tag) });
writeFileSync(file, text);
console.log(text);
