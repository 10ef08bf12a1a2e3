import { readFileSync } from "node:fs";
import { checkout, runScript } from "../kit/index.ts";
import type { Family, Job, Repository, StepsJob } from "../kit/index.ts";
import { nextJob } from "./next-job.ts";

/** Makes the next version out of the commits since the last one: package.json, commit, tag. */
export interface SemanticVersionOptions {
  /** Folder of package.json. */
  directory: string;
  deliver: VersionDelivery;
}

export type VersionDelivery =
  /** Its merge makes the tag and starts the release. `checks`: workflows that run on its branch, for GITHUB_TOKEN's pull requests start none. */
  | { kind: "pull-request"; checks: string[] }
  /** On the default branch at once, with the tag; `token` is a secret whose owner may pass by the branch's rules, and its tag starts the release. */
  | { kind: "commit"; token: string };

export const semanticVersion: Family<SemanticVersionOptions> = (options, repository) => ({
  workflows: [
    {
      file: "semantic-version.yml",
      about: about(options, repository),
      document: {
        name: "Semantic version",
        on: {
          workflow_dispatch: {
            inputs: { bump_type: { description: "auto reads it from the commits since the last version", type: "choice", options: ["auto", "major", "minor", "patch"], default: "auto", required: true } },
          },
          ...(options.deliver.kind === "pull-request" && { push: { branches: [repository.defaultBranch], paths: [manifest(options)] } }),
        },
        concurrency: "queue",
        jobs: jobs(options, repository),
      },
    },
  ],
  files: { "scripts/version-bump.sh": localScript(options) },
  ...(options.deliver.kind === "pull-request" && { requires: ["release"] }),
});

function about({ deliver }: SemanticVersionOptions, { defaultBranch }: Repository): string {
  const start = "Finds the version that the commits since the last one ask for, or takes the bump that somebody chose.";
  switch (deliver.kind) {
    case "pull-request":
      return `${start}\nA pull request sets it in package.json; its merge makes the tag and starts the release.`;
    case "commit":
      return `${start}\nSets it in package.json on ${defaultBranch} and tags it; the tag starts the release.`;
    default:
      return deliver satisfies never;
  }
}

function jobs(options: SemanticVersionOptions, repository: Repository): Record<string, Job> {
  const { deliver } = options;
  switch (deliver.kind) {
    case "pull-request":
      return {
        propose: { ...versionJob(options, repository), if: "github.event_name == 'workflow_dispatch'" },
        ...(deliver.checks.length > 0 && {
          checks: nextJob(deliver.checks, { name: "Start its checks", needs: ["propose"], condition: "needs.propose.outputs.branch != ''", ref: "${{ needs.propose.outputs.branch }}" }),
        }),
        tag: tagJob(options),
        release: nextJob(["release.yml"], { name: "Start the release", needs: ["tag"], condition: "needs.tag.outputs.tag != ''", ref: "${{ needs.tag.outputs.tag }}" }),
      };
    case "commit":
      return { version: versionJob(options, repository) };
    default:
      return deliver satisfies never;
  }
}

function versionJob({ directory, deliver }: SemanticVersionOptions, { defaultBranch }: Repository): StepsJob {
  const asked = deliver.kind === "pull-request";
  return {
    name: asked ? "Propose the version" : "Make the version",
    timeoutMinutes: 10,
    ...(asked && { outputs: { branch: "${{ steps.publish.outputs.branch }}" } }),
    steps: [
      checkout({ ref: defaultBranch, fetchDepth: 0 }),
      runScript("next-version.mjs", { name: "Find the next version", id: "next", env: { BUMP_TYPE: "${{ inputs.bump_type }}", DIRECTORY: directory } }),
      runScript("publish-version.mjs", {
        name: asked ? "Open the pull request" : "Commit and tag it",
        id: "publish",
        if: "steps.next.outputs.version != ''",
        env: {
          GITHUB_TOKEN: deliver.kind === "commit" ? `\${{ secrets.${deliver.token} }}` : "${{ github.token }}",
          VERSION: "${{ steps.next.outputs.version }}",
          FILES: "${{ steps.next.outputs.files }}",
          BRANCH: defaultBranch,
          DELIVER: deliver.kind,
        },
        ...(asked && { grants: { contents: ["write", "push the branch"], "pull-requests": ["write", "open the pull request"] } }),
      }),
    ],
  };
}

function tagJob({ directory }: SemanticVersionOptions): StepsJob {
  return {
    name: "Tag the version",
    if: "github.event_name == 'push'",
    timeoutMinutes: 5,
    outputs: { tag: "${{ steps.tag.outputs.tag }}" },
    steps: [
      checkout(),
      runScript("tag-version.mjs", {
        name: "Tag a version that is new",
        id: "tag",
        env: { GITHUB_TOKEN: "${{ github.token }}", DIRECTORY: directory, COMMIT: "${{ github.sha }}" },
        grants: { contents: ["write", "make the tag"] },
      }),
    ],
  };
}

function manifest({ directory }: SemanticVersionOptions): string {
  return directory === "." ? "package.json" : `${directory}/package.json`;
}

function localScript({ directory }: SemanticVersionOptions): string {
  return readFileSync(new URL("../scripts/version-bump.sh", import.meta.url), "utf8").replaceAll('"${PACKAGE_DIRECTORY:-.}"', `"${directory}"`).replaceAll("${PACKAGE_DIRECTORY:-.}", directory);
}
