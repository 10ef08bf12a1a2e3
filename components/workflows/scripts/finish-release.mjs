// finish-release.mjs <files…>: gives the release of a tag its files. One that people published gets them added; a draft is published
// with them; without either it is made, with notes that GitHub writes. A second run replaces what the first one attached.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fail, input, summary } from "./lib/actions.mjs";
import { api, paginate, repo } from "./lib/github.mjs";
import { draftFor } from "./lib/release-draft.mjs";

const tag = input("TAG", /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "the tag of a version, such as v1.2.3");
const prerelease = input("PRERELEASE", /^(true|false)$/, "true or false") === "true";
const files = process.argv.slice(2);

const releases = [];
for await (const release of paginate(`${repo()}/releases?per_page=100`)) releases.push(release);
const release = releases.find(({ draft, tag_name: name }) => !draft && name === tag) ?? draftFor(releases, tag, prerelease) ?? (await made());
for (const file of files) await attach(file);
const { html_url: page } = release.draft ? await published() : release;
summary(`[Release ${tag}](${page}) with ${files.map((file) => `\`${basename(file)}\``).join(", ")}`);

/** As a draft: a published release may be immutable, so the files come first. */
async function made() {
  return await api("POST", `${repo()}/releases`, { tag_name: tag, name: tag, draft: true, prerelease, generate_release_notes: true });
}

async function published() {
  return await api("PATCH", `${repo()}/releases/${release.id}`, { tag_name: tag, name: tag, draft: false, prerelease, make_latest: prerelease ? "false" : "legacy" });
}

async function attach(file) {
  const name = basename(file);
  const old = release.assets?.find((asset) => asset.name === name);
  if (old) await api("DELETE", `${repo()}/releases/assets/${old.id}`);
  const address = `${release.upload_url.replace(/\{.*$/, "")}?name=${encodeURIComponent(name)}`;
  await api("POST", address, readFileSync(file)).catch((error) => fail(`${name} could not be attached to ${tag}: ${error.message}; run this again`));
}
