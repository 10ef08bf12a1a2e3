// What a Python package index offers, over the simple API (PEP 503, 592, 691) that PyPI and all others have.
import { input, optional } from "./actions.mjs";
import { request } from "./http.mjs";
import { comparePython, isPrerelease, normalVersion, parsePython } from "./pep440.mjs";

const ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

/** The index that INDEX_URL names; PyPI where it names none. */
export function indexUrl() {
  return optional("INDEX_URL") === "" ? "https://pypi.org/simple/" : input("INDEX_URL", /^https?:\/\/\S+$/, "the address of a package index");
}

/** @typedef {{ version: string, yanked: boolean, files: string[] }} Release A release is yanked when each of its files is. */

/**
 * Releases of a project, the newest first.
 * @returns {Promise<Release[]>}
 */
export async function releasesOf(index, project) {
  const { status, headers, text } = await request(`${index.replace(/\/*$/, "/")}${normalName(project)}/`, { headers: { accept: ACCEPT, "cache-control": "no-cache" } }, "the package index");
  if (status === 404) return [];
  if (status !== 200) throw new Error(`the package index answered ${status} for ${project}`);
  const files = (headers.get("content-type") ?? "").includes("json") ? filesOfJson(text) : filesOfHtml(text);
  return grouped(files, project);
}

/**
 * Releases that installers choose from on their own, the newest first.
 * @param {readonly Release[]} releases
 */
export function stable(releases) {
  return releases.filter(({ version, yanked }) => !yanked && !isPrerelease(version));
}

/** A project's name as addresses have it (PEP 503). */
export function normalName(project) {
  return project.toLowerCase().replace(/[-_.]+/g, "-");
}

/** The version in the name of a wheel or source archive; undefined where it is neither. */
export function versionOfFile(file, project) {
  return partsOfFile(file, project)?.version;
}

/** The project's name as the file has it. */
export function nameOfFile(file, project) {
  return partsOfFile(file, project)?.name;
}

function partsOfFile(file, project) {
  const [wheel, version] = file.endsWith(".whl") ? file.split("-") : [];
  if (version !== undefined) return { name: wheel, version };
  const stem = /^(.*)\.(?:tar\.gz|tar\.bz2|zip|tgz)$/.exec(file)?.[1];
  const dashes = [...(stem ?? "").matchAll(/-/g)].map(({ index }) => index);
  const end = dashes.find((at) => normalName(stem.slice(0, at)) === normalName(project));
  return end === undefined ? undefined : { name: stem.slice(0, end), version: stem.slice(end + 1) };
}

function grouped(files, project) {
  const releases = new Map();
  for (const { name, yanked } of files) {
    const version = versionOfFile(name, project);
    if (version === undefined || !parsePython(version)) continue;
    const key = normalVersion(version);
    const release = releases.get(key) ?? { version: key, yanked: true, files: [] };
    release.files.push(name);
    release.yanked &&= yanked;
    releases.set(key, release);
  }
  return [...releases.values()].sort((a, b) => comparePython(b.version, a.version));
}

function filesOfJson(text) {
  const { files } = JSON.parse(text);
  return files.map(({ filename, yanked }) => ({ name: filename, yanked: yanked !== undefined && yanked !== false }));
}

function filesOfHtml(text) {
  return [...text.matchAll(/<a\s([^>]*)>\s*([^<]*?)\s*<\/a>/gi)].map(([, attributes, name]) => ({ name, yanked: /\bdata-yanked\b/i.test(attributes) }));
}
