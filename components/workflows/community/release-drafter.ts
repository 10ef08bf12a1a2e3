import { pinned } from "../kit/index.ts";
import type { Family, WorkflowFile } from "../kit/index.ts";
import { configFile } from "./config-file.ts";
import { SAME_REPOSITORY } from "./forks.ts";

/** A draft of the next release that grows with every merge, its version from conventional titles and labels. */
export interface ReleaseDrafterOptions {
  /** Before the version in a tag: `v` gives `v1.2.3`. */
  tagPrefix: string;
  /** Label of a change after which users have to do something: a major version. */
  breakingLabel: string;
  /** Sections of the notes after the breaking changes; a change stands in the first that takes it. */
  categories: ReleaseCategory[];
  /** Pull requests with it are not in the notes. Absent: all are. */
  skipLabel?: string | undefined;
}

export interface ReleaseCategory {
  title: string;
  /** A pull request of one of `types` gets it; one that has it belongs here whatever its title. */
  label: string;
  /** Types of conventional commits, such as `feat`. */
  types: string[];
  bump: "minor" | "patch";
}

export const releaseDrafter: Family<ReleaseDrafterOptions> = (options, { defaultBranch }) => ({
  workflows: [workflow(defaultBranch)],
  files: { ".github/release-drafter.yml": configFile("Sections, version and labels of the drafted release notes.", config(options)) },
});

function workflow(branch: string): WorkflowFile {
  return {
    file: "release-drafter.yml",
    about: "Keeps a draft of the next release up to date with what is merged, and labels pull requests by their titles.\nThe draft is published by whoever releases.",
    document: {
      name: "Release drafter",
      on: { push: { branches: [branch] }, pull_request: { types: ["opened", "reopened", "synchronize", "edited"] }, workflow_dispatch: {} },
      concurrency: "queue",
      jobs: {
        draft: {
          name: "Draft",
          if: "github.event_name != 'pull_request'",
          timeoutMinutes: 10,
          steps: [
            {
              name: "Bring the draft up to date",
              uses: pinned("release-drafter/release-drafter"),
              grants: { contents: ["write", "write the draft"], "pull-requests": ["read", "see what was merged"] },
            },
          ],
        },
        label: {
          name: "Label",
          if: `github.event_name == 'pull_request' && ${SAME_REPOSITORY}`,
          timeoutMinutes: 5,
          steps: [
            {
              name: "Label by title",
              uses: pinned("release-drafter/release-drafter", "autolabeler"),
              grants: { contents: ["read", "read its configuration"], "pull-requests": ["write", "add labels"] },
            },
          ],
        },
      },
    },
  };
}

function config({ tagPrefix, breakingLabel, categories, skipLabel }: ReleaseDrafterOptions): object {
  return {
    "name-template": `${tagPrefix}$RESOLVED_VERSION`,
    "tag-template": `${tagPrefix}$RESOLVED_VERSION`,
    categories: [
      ...(skipLabel === undefined ? [] : [{ type: "pre-exclude", when: { label: skipLabel } }]),
      { title: "Breaking changes", "semver-increment": "major", exclusive: true, when: [{ label: breakingLabel }, { conventional: { breaking: true } }] },
      ...categories.map(({ title, label, types, bump }) => ({
        title,
        "semver-increment": bump,
        exclusive: true,
        when: [{ label }, ...(types.length > 0 ? [{ conventional: { types } }] : [])],
      })),
      { type: "version-resolver", "semver-increment": "patch" },
    ],
    autolabeler: [
      ...categories.filter(({ types }) => types.length > 0).map(({ label, types }) => ({ label, title: [`/^(?:${types.join("|")})(?:\\(.+\\))?!?: /i`] })),
      { label: breakingLabel, title: ["/^[a-z]+(?:\\(.+\\))?!: /i"], body: ["/^BREAKING[ -]CHANGE: /m"] },
    ],
    "change-template": "- $TITLE (#$NUMBER) $AUTHORS",
    "change-title-escapes": "\\<*_&#@",
    template: "$CHANGES\n",
  };
}
