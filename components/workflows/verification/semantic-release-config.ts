import { readFileSync } from "node:fs";

/** What decides a version and what a release consists of. */
export interface ReleaseRules {
  /** Each push to one of them may release; at least one without `prerelease`. */
  branches: ReleaseBranch[];
  /** Type of a commit → part of the version that it raises. A breaking change is always major. */
  bumps: Record<string, "major" | "minor" | "patch">;
  /** Files that the release's commit takes along; none: there is no commit and no file with the changelog. */
  commit: string[];
  /** Shell before the commit; `${nextRelease.version}` is the version. @default nothing runs */
  prepare?: string | undefined;
  /** Files at the GitHub release. */
  assets: { path: string; label: string }[];
}

export interface ReleaseBranch {
  name: string;
  /** Versions of this branch end in -<prerelease>.1. @default versions without an end */
  prerelease?: string | undefined;
}

/** Folder of the tools in a repository: their versions, and the checksums of all that they bring. */
export const TOOLS = ".github/release-tools";

/** The files of that folder, by path. */
export function releaseTools(): Record<string, string> {
  const files = ["package.json", "package-lock.json"];
  return Object.fromEntries(files.map((name) => [`${TOOLS}/${name}`, readFileSync(new URL(`./release-tools/${name}`, import.meta.url), "utf8")]));
}

const PRESET = "conventionalcommits";
const CHANGELOG = "CHANGELOG.md";

/** `.releaserc.json`; the plugins in the order in which they prepare the release. */
export function releaseConfig({ branches, bumps, commit, prepare, assets }: ReleaseRules): object {
  return {
    branches: branches.map(({ name, prerelease }) => (prerelease === undefined ? name : { name, prerelease })),
    tagFormat: "v${version}",
    plugins: [
      ["@semantic-release/commit-analyzer", { preset: PRESET, releaseRules: rulesOf(bumps) }],
      ["@semantic-release/release-notes-generator", { preset: PRESET }],
      ...(commit.length > 0 ? [["@semantic-release/changelog", { changelogFile: CHANGELOG, changelogTitle: TITLE }]] : []),
      ["@semantic-release/exec", { ...(prepare !== undefined && { prepareCmd: prepare }), successCmd: OUTPUTS }],
      ...(commit.length > 0 ? [["@semantic-release/git", { assets: commit, message: MESSAGE }]] : []),
      ["@semantic-release/github", { assets, releasedLabels: [LABEL] }],
    ],
  };
}

const TITLE = "# Changelog\n\nAll notable changes to this project will be documented in this file.";
const MESSAGE = "chore(release): ${nextRelease.version} [skip ci]\n\n${nextRelease.notes}";
const LABEL = 'released<%= nextRelease.channel ? `-on-${nextRelease.channel}` : "" %>';
const OUTPUTS = 'printf "version=%s\\ntag=%s\\n" "${nextRelease.version}" "${nextRelease.gitTag}" >> "$GITHUB_OUTPUT"';

/** Types without a rule fall back to the analyser's own, so those that it knows and the settings leave out are named too. */
function rulesOf(bumps: ReleaseRules["bumps"]): object[] {
  const known = ["feat", "fix", "perf"].filter((type) => !Object.hasOwn(bumps, type));
  return [
    { breaking: true, release: "major" },
    ...Object.entries(bumps).map(([type, release]) => ({ type, release })),
    ...known.map((type) => ({ type, release: false })),
  ];
}
