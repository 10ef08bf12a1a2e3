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

/** The tools, each at one version. */
export const releasePackages = [
  "semantic-release@25.0.9",
  "@semantic-release/commit-analyzer@13.0.1",
  "@semantic-release/release-notes-generator@14.1.1",
  "@semantic-release/changelog@7.0.0",
  "@semantic-release/exec@7.1.0",
  "@semantic-release/git@11.0.1",
  "@semantic-release/github@12.0.10",
  "conventional-changelog-conventionalcommits@9.3.1",
];

/** What these depend on is resolved as the registry was on this day. */
export const resolvedBefore = "2026-11-20";

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
      ["@semantic-release/github", { assets }],
    ],
  };
}

const TITLE = "# Changelog\n\nAll notable changes to this project will be documented in this file.";
const MESSAGE = "chore(release): ${nextRelease.version} [skip ci]\n\n${nextRelease.notes}";
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
