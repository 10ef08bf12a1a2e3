import { pinned } from "../kit/index.ts";
import type { Family } from "../kit/index.ts";
import { configFile } from "./config-file.ts";

/** Pull requests get labels for the folders that they change. */
export interface LabelerOptions {
  /** By label: paths as globs, such as `docs/**`; any of them in any changed file is enough. */
  paths: Record<string, string[]>;
  /** A label goes again when its files are no longer changed. */
  removeLabels: boolean;
}

/**
 * It runs on `pull_request_target`, so that forks are labelled too. That event's token may write: the only step reads names of
 * files from GitHub's API and its rules from the default branch, and no code of the pull request comes near it.
 */
export const labeler: Family<LabelerOptions> = ({ paths, removeLabels }) => ({
  workflows: [
    {
      file: "labeler.yml",
      about: "Labels pull requests by the files that they change, from forks too.\nIts token may write, so it must never check out or run code of the pull request.",
      document: {
        name: "Labeler",
        on: { pull_request_target: { types: ["opened", "reopened", "synchronize"] } },
        concurrency: { group: "${{ github.workflow }}-${{ github.event.pull_request.number }}", cancel: true },
        jobs: {
          label: {
            name: "Label by path",
            timeoutMinutes: 5,
            steps: [
              {
                name: "Label",
                uses: pinned("actions/labeler"),
                with: { "sync-labels": removeLabels },
                grants: { contents: ["read", "read the rules"], "pull-requests": ["write", "add labels"] },
              },
            ],
          },
        },
      },
    },
  ],
  files: { ".github/labeler.yml": configFile("Labels by changed files.", rules(paths)) },
});

function rules(paths: LabelerOptions["paths"]): object {
  return Object.fromEntries(Object.entries(paths).map(([label, globs]) => [label, [{ "changed-files": [{ "any-glob-to-any-file": globs }] }]]));
}
