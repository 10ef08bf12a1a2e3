import { checkout, runScript } from "../kit/index.ts";
import type { Family, Repository, StepsJob } from "../kit/index.ts";
import { formula } from "../scripts/lib/homebrew.mjs";
import { programOf, sourceOf } from "./tool.ts";

/** A Homebrew formula of the program, and its update at each stable release. */
export interface UpdateHomebrewOptions {
  /** Name of the program and of its formula. @default the repository's name */
  program?: string | undefined;
  /** Go package of its `main`, for those who build the newest code. @default ./cmd/<program> */
  source?: string | undefined;
  /** Go variable that gets the version. */
  versionVariable: string;
  /** What the program is, in a few words. */
  description: string;
  /** @default the repository's page */
  homepage?: string | undefined;
  /** SPDX name of the licence. */
  licence: string;
  tap: Tap;
}

export type Tap =
  /** Folder Formula of this repository: each release opens a pull request. */
  | { kind: "own" }
  /** Another repository: each release commits to it with the token of that secret. */
  | { kind: "repository"; owner: string; name: string; branch: string; token: string };

const TAG = "${{ github.ref_name }}";

export const updateHomebrew: Family<UpdateHomebrewOptions> = (options, repository) => {
  const program = programOf(options, repository);
  const file = `homebrew/${program}.rb`;
  return {
    workflows: [
      {
        file: "update-homebrew.yml",
        about: `Brings a stable release into the Homebrew formula of ${program}, with the checksums of its files.\nA published release starts it; so does the release workflow, or people, on the tag.`,
        document: {
          name: "Update Homebrew",
          runName: `Update Homebrew to ${TAG}`,
          on: { release: { types: ["published"] }, workflow_dispatch: {} },
          concurrency: "queue",
          jobs: { formula: formulaJob(program, file, options.tap, repository) },
        },
      },
    ],
    files: { [file]: firstFormula(options, repository) },
  };
};

function formulaJob(program: string, file: string, tap: Tap, repository: Repository): StepsJob {
  return {
    name: "Update the formula",
    if: "startsWith(github.ref, 'refs/tags/v') && !contains(github.ref_name, '-')",
    timeoutMinutes: 10,
    steps: [
      checkout(),
      runScript("write-formula.mjs", {
        name: "Write the formula",
        env: { GITHUB_TOKEN: "${{ github.token }}", TAG, PROGRAM: program, FORMULA: file },
        grants: { contents: ["read", "read the release's checksums"] },
      }),
      runScript("commit-formula.mjs", {
        name: tap.kind === "own" ? "Open a pull request" : "Commit it to the tap",
        env: { ...places(tap, repository), TAG, FORMULA: file },
        ...(tap.kind === "own" && { grants: { contents: ["write", "push the formula's branch"], "pull-requests": ["write", "open the pull request"] } }),
      }),
    ],
  };
}

function places(tap: Tap, { owner, name, defaultBranch }: Repository): Record<string, string> {
  switch (tap.kind) {
    case "own":
      return { GITHUB_TOKEN: "${{ github.token }}", TAP: `${owner}/${name}`, BRANCH: defaultBranch, DELIVER: "pull-request" };
    case "repository":
      return { GITHUB_TOKEN: `\${{ secrets.${tap.token} }}`, TAP: `${tap.owner}/${tap.name}`, BRANCH: tap.branch, DELIVER: "commit" };
    default:
      return tap satisfies never;
  }
}

/** What this repository has: the newest code without a release. Each release is written on top of it, into the tap. */
function firstFormula(options: UpdateHomebrewOptions, repository: Repository): string {
  const page = `https://github.com/${repository.owner}/${repository.name}`;
  return formula({
    program: programOf(options, repository),
    description: options.description,
    homepage: options.homepage ?? page,
    licence: options.licence,
    repository: page,
    branch: repository.defaultBranch,
    source: sourceOf(options, repository),
    versionVariable: options.versionVariable,
  });
}
