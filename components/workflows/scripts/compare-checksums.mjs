// Checks that programs built anew, without a cache, are those of the GitHub release.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fail, input, summary } from "./lib/actions.mjs";
import { releaseSums } from "./lib/release-assets.mjs";
import { sumOf } from "./lib/sums.mjs";

const tag = input("TAG", /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "the tag of a version, such as v1.2.3");
const folder = input("FOLDER", /^[^-\p{Cc}][^\p{Cc}]*$/u, "a folder");

const sums = await releaseSums(tag);
const files = readdirSync(folder).sort();
const other = files.filter((name) => sums.get(name) !== sumOf(join(folder, name)));
if (files.length === 0) fail(`${folder}: is empty; see the builds above`);
if (other.length > 0) fail(`${other.join(", ")}: built anew from ${tag}, it is not what the release has; name the exact Go in go.mod (toolchain), and publish neither before you know why`);
summary(`${files.length} programs, built anew from ${tag}, are byte for byte those of the release.`);
