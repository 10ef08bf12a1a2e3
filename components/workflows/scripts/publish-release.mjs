// publish-release.mjs <files…>: gives the release of a tag its files and publishes it. A draft is taken over with its text; without
// one GitHub writes the notes. Files go in while it is a draft: a published release may be immutable. A second run mends the first.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fail, input, optional, summary } from "./lib/actions.mjs";
import { api, paginate, repo } from "./lib/github.mjs";

const tag = input("TAG", /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "a tag such as v1.2.3");
const prerelease = input("PRERELEASE", /^(true|false)$/, "true or false") === "true";
const files = process.argv.slice(2);

try {
  const release = (await found()) ?? (await api("POST", `${repo()}/releases`, { tag_name: tag, name: tag, draft: true, prerelease, generate_release_notes: true }));
  for (const file of files) await attach(release, file);
  const published = release.draft ? await api("PATCH", `${repo()}/releases/${release.id}`, { draft: false, prerelease, tag_name: tag }) : release;
  summary(`[Release ${tag}](${published.html_url}) with ${files.map((file) => `\`${basename(file)}\``).join(", ")}`);
} catch (error) {
  fail(error.message);
}

/** The list shows drafts too, which the release of a tag does not. */
async function found() {
  for await (const release of paginate(`${repo()}/releases?per_page=100`)) if (release.tag_name === tag) return release;
  return undefined;
}

async function attach({ id, assets = [], upload_url: url }, file) {
  const name = basename(file);
  const old = assets.find((asset) => asset.name === name);
  if (old) await api("DELETE", `${repo()}/releases/assets/${old.id}`);
  const address = `${url.replace(/\{.*$/, "")}?name=${encodeURIComponent(name)}`;
  const headers = { authorization: `Bearer ${optional("GITHUB_TOKEN")}`, "content-type": "application/octet-stream" };
  const response = await fetch(address, { method: "POST", headers, body: readFileSync(file) });
  if (!response.ok) throw new Error(`${name} could not be attached to release ${id}: GitHub answered ${response.status}; run this again`);
}
