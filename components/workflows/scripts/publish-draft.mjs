// Publishes the release of a tag with its files: the draft that release-drafter keeps, or a new one with generated notes.
// Files go to the draft, so people see the release with all of them or not at all.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, input, summary } from "./lib/actions.mjs";
import { api, paginate, repo } from "./lib/github.mjs";
import { plain } from "./lib/markdown.mjs";
import { draftFor } from "./lib/release-draft.mjs";
import { sumOf } from "./lib/sums.mjs";
import { parseVersion } from "./lib/version.mjs";

const tag = input("TAG", /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "the tag of a version, such as v1.2.3");
const folder = input("FOLDER", /^[\w./-]+$/, "the path of a folder");
const prerelease = parseVersion(tag)?.prerelease !== undefined;
const files = readdirSync(folder).sort();
if (files.length === 0) fail(`${folder}: is empty; a release has files`);

const releases = [];
for await (const release of paginate(`${repo()}/releases?per_page=100`)) releases.push(release);
const published = releases.find((release) => !release.draft && release.tag_name === tag);
if (published) same(published);
else await publish(draftFor(releases, tag, prerelease) ?? (await api("POST", `${repo()}/releases`, { tag_name: tag, name: tag, draft: true, prerelease, generate_release_notes: true })));

/** A second run finds its own release; anything else under that tag is somebody's, and files of a release never change. */
function same({ assets, html_url: page }) {
  const there = new Map(assets.map(({ name, digest }) => [name, digest]));
  const other = files.filter((name) => there.get(name) !== `sha256:${sumOf(join(folder, name))}`);
  if (other.length > 0) fail(`${tag} is published already and has other files than ${other.slice(0, 5).join(", ")}; release a new version`);
  console.log(`${page} is published already, with the same files`);
}

async function publish(draft) {
  const uploads = draft.upload_url.replace(/\{.*$/, "");
  for (const name of files) {
    const old = draft.assets?.find((asset) => asset.name === name);
    if (old) await api("DELETE", `${repo()}/releases/assets/${old.id}`);
    await api("POST", `${uploads}?name=${encodeURIComponent(name)}`, readFileSync(join(folder, name)));
  }
  const release = await api("PATCH", `${repo()}/releases/${draft.id}`, { tag_name: tag, name: tag, draft: false, prerelease, make_latest: prerelease ? "false" : "legacy" });
  summary(`Published [${plain(tag)}](${release.html_url}) with ${files.length} files.`);
}
