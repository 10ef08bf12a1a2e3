// The next version of a repository, from its tags and commits.
import { output } from "./process.mjs";
import { bumped, bumpOf, compareVersions, parseVersion } from "./version.mjs";

/** `{ previous, version, bump }`: `bump` is auto, major, minor or patch; the version is "" where nothing asks for one. */
export function nextVersion(bump) {
  const previous = lastVersion();
  const range = previous === "" ? ["HEAD"] : [`v${previous}..HEAD`];
  const found = bump === "auto" ? bumpOf(output("git", "log", "-z", "--format=%B", ...range).split("\0")) : bump;
  return { previous, bump: found, version: found === "none" ? "" : bumped(previous || "0.0.0", found) };
}

/** The newest stable version whose tag is in the history; prereleases lead up to a version and are none themselves. */
function lastVersion() {
  const tags = output("git", "tag", "--list", "v*", "--merged", "HEAD").split("\n").map((tag) => tag.slice(1));
  return tags.filter((version) => parseVersion(version) && parseVersion(version).prerelease === undefined && !version.includes("+")).sort(compareVersions).at(-1) ?? "";
}

/** The text of package.json or package-lock.json with another version, indented as it was. */
export function withVersion(text, version) {
  const content = JSON.parse(text);
  const [, indent = "  "] = /^\{\r?\n([ \t]+)/.exec(text) ?? [];
  const root = content.packages?.[""];
  const packages = root && { packages: { ...content.packages, "": { ...root, version } } };
  return `${JSON.stringify({ ...content, version, ...packages }, undefined, indent)}\n`;
}
