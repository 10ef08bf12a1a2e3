import type { Found } from "../../documents.ts";
import { sha1 } from "../../identity.ts";
import { fillPath } from "../../template.ts";
import type { Properties } from "../../values.ts";
import { created, notFound, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { object } from "../case.ts";
import { pushRefusal } from "../../github/protection.ts";
import { commitOf } from "../commits.ts";

interface Place {
  folder: string;
  owner: string;
  repo: string;
  branch: string;
  file: string;
}

function placeOf(asked: Asked): Place {
  const home = asked.cloud.repository(asked.params);
  const ref = asked.query["ref"] ?? asked.body["branch"];
  return { ...home, branch: typeof ref === "string" ? ref.replace(/^refs\/heads\//, "") : asked.cloud.branches(home).default(), file: (asked.params["path"] ?? "").replace(/^\/+|\/+$|^\.$/g, "") };
}

function pathOf({ branch, file, folder }: Place): string {
  return `${folder}/${fillPath("files/{branch}/{file}", { branch, file })}`;
}

function blob(found: Found): string {
  const content = String(found.body["content"] ?? "");
  return sha1(`blob ${Buffer.byteLength(content)}\0${content}`);
}

function told({ branch, owner, repo }: Place, found: Found, whole: boolean): Properties {
  const file = String(found.body["file"]);
  const content = Buffer.from(String(found.body["content"] ?? ""));
  const url = `https://api.github.com/repos/${owner}/${repo}/contents/${file}?ref=${branch}`;
  const [git, html] = [`https://api.github.com/repos/${owner}/${repo}/git/blobs/${blob(found)}`, `https://github.com/${owner}/${repo}/blob/${branch}/${file}`];
  return {
    type: "file", name: file.split("/").at(-1) ?? file, path: file, sha: blob(found), size: content.length, url, git_url: git, html_url: html,
    download_url: `https://raw.githubusercontent.com/${owner}/${repo}/${branch}/${file}`,
    _links: { self: url, git, html }, ...(whole ? { encoding: "base64", content: content.toString("base64") } : {}),
  };
}

/** What lies in a folder itself: its files, and the folders below it. */
function listing(asked: Asked, place: Place): Properties[] {
  const all = asked.cloud.documents.list(`${place.folder}/${fillPath("files/{branch}", { branch: place.branch })}`);
  const prefix = place.file === "" ? "" : `${place.file}/`;
  const inside = all.filter(({ body }) => String(body["file"]).startsWith(prefix));
  const files = inside.filter(({ body }) => !String(body["file"]).slice(prefix.length).includes("/")).map((found) => told(place, found, false));
  const folders = [...new Set(inside.map(({ body }) => String(body["file"]).slice(prefix.length)).filter((rest) => rest.includes("/")).map((rest) => rest.split("/")[0] ?? ""))];
  const api = `https://api.github.com/repos/${place.owner}/${place.repo}/contents/${prefix}`;
  return [
    ...files,
    ...folders.map((name) => ({
      type: "dir", name, path: `${prefix}${name}`, sha: sha1(`${prefix}${name}`), size: 0, url: `${api}${name}`, git_url: null, html_url: null, download_url: null,
      _links: { self: `${api}${name}`, git: null, html: null },
    })),
  ];
}

function commit(asked: Asked, { branch, folder }: Place): Properties {
  const person = { name: asked.actor, email: `${asked.actor}@users.noreply.github.com`, date: asked.cloud.now() };
  return { sha: commitOf(asked.cloud, { folder }, branch), author: person, committer: person, message: String(asked.body["message"]), parents: [] };
}

/** @throws Refusal 404, 409 where the branch is protected or `sha` is another file's */
function writable(asked: Asked): { place: Place; existing: Found | undefined } {
  asked.cloud.writable(asked.params);
  const place = placeOf(asked);
  if (!asked.cloud.branches(place).has(place.branch)) throw new Refusal(404, `Branch ${place.branch} not found`);
  const authored = object(asked.body["author"])["email"];
  const inputs = { branch: place.branch, file: place.file, ...(authored === undefined ? {} : { commitEmail: authored }) };
  const refusal = pushRefusal(asked.cloud.documents, place.folder, inputs, asked.cloud.branches(place).default());
  if (refusal !== undefined) throw new Refusal(409, refusal.replace(/^.*?: 409 /, "").replace(/ \[\]$/, ""));
  const existing = asked.cloud.read(pathOf(place));
  if (existing !== undefined && asked.body["sha"] === undefined) throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (existing !== undefined && asked.body["sha"] !== blob(existing)) throw new Refusal(409, `${place.file} does not match ${String(asked.body["sha"])}`);
  return { place, existing };
}

export const contents: Handlers = {
  "repos/get-content": (asked) => {
    const place = placeOf(asked);
    const found = place.file === "" ? undefined : asked.cloud.read(pathOf(place));
    if (found !== undefined) return ok(told(place, found, true));
    const all = listing(asked, place);
    if (all.length === 0) throw notFound();
    return ok(all);
  },
  "repos/create-or-update-file-contents": (asked) => {
    const { existing, place } = writable(asked);
    const content = Buffer.from(String(asked.body["content"]), "base64").toString("utf8");
    const found = asked.cloud.put(pathOf(place), { ...existing?.body, branch: place.branch, commitMessage: String(asked.body["message"]), content, file: place.file, repository: place.repo });
    const body = { content: told(place, found, false), commit: commit(asked, place) };
    return existing === undefined ? created(body) : ok(body);
  },
  "repos/delete-file": (asked) => {
    const { existing, place } = writable(asked);
    if (existing === undefined) throw notFound();
    asked.cloud.remove(existing.path);
    return ok({ content: null, commit: commit(asked, place) });
  },
};
