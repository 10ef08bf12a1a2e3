// Gives an image that the registry has its tags; the digest stays what was tested and signed.
import { fail, input } from "./lib/actions.mjs";
import { run } from "./lib/process.mjs";

const image = input("IMAGE", /^[a-z0-9.-]+(\/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}$/, "an image by its digest");
const name = image.replace(/@.*$/, "");
const tags = input("TAGS", /\S/, "a list of tags, one a line").trim().split("\n").map((line) => line.trim());
const foreign = tags.find((tag) => !tag.startsWith(`${name}:`) || !/^\w[\w.-]{0,127}$/.test(tag.slice(name.length + 1)));
if (foreign !== undefined) fail(`TAGS: names something else than a tag of ${name}, got ${JSON.stringify(foreign.slice(0, 200))}; correct the rules that name the image`);
run("docker", "buildx", "imagetools", "create", ...tags.flatMap((tag) => ["--tag", tag]), image);
