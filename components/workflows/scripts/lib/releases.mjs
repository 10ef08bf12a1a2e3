// The published releases of a repository, by version.
import { paginate, repo } from "./github.mjs";
import { compareVersions, parseVersion } from "./version.mjs";

/** Versions of all published releases whose tag is the prefix and a version. */
export async function publishedVersions(prefix) {
  const versions = [];
  for await (const { draft, tag_name: tag } of paginate(`${repo()}/releases?per_page=100`)) {
    const version = tag.startsWith(prefix) ? tag.slice(prefix.length) : "";
    if (!draft && parseVersion(version)) versions.push(version);
  }
  return versions;
}

/** `{ previous }`, or `{ problem }` that says why there is no version to go back to. */
export function wayBack(version, versions, asked, prefix) {
  if (!versions.includes(version)) return { problem: `there is no published release ${prefix}${version}; publish it first` };
  const older = versions.filter((other) => parseVersion(other).prerelease === undefined && compareVersions(other, version) < 0).sort(compareVersions);
  const previous = asked === "" ? older.at(-1) : asked;
  if (previous === undefined) return { problem: `no stable release is older than ${version}: there is nothing to go back to; name one as the baseline` };
  if (!versions.includes(previous)) return { problem: `there is no published release ${prefix}${previous} to go back to; name one that exists` };
  if (compareVersions(previous, version) >= 0) return { problem: `the baseline ${previous} is not older than ${version}; name an older one` };
  return { previous };
}
