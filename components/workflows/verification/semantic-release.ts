import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, Repository, StepsJob } from "../kit/index.ts";
import { some } from "../kit/some.ts";
import { PUBLISHED, pypiJobs } from "./semantic-release-pypi.ts";
import type { ReleasedPackage } from "./semantic-release-pypi.ts";
import { TOOLS, releaseConfig, releaseTools } from "./semantic-release-config.ts";
import type { ReleaseRules } from "./semantic-release-config.ts";

/** Versions, changelog, tag and GitHub release out of the commits' messages. */
export interface SemanticReleaseOptions extends ReleaseRules {
  /** Name of the workflow's file. */
  file: "semantic-release.yml" | "release.yml";
  /** Secret with the token that releases. @default GITHUB_TOKEN */
  token?: string | undefined;
  /** Builds the release's Python package and publishes it by trusted publishing, with the approvals of an environment. @default not published */
  pypi?: ReleasedPackage | undefined;
  /** Workflows that start after a release, which the release itself cannot start. */
  next: NextWorkflow[];
}

export interface NextWorkflow {
  /** Name of its file. */
  workflow: string;
  /** Where it runs: on the tag of the release, or on the default branch. */
  on: "tag" | "default-branch";
  /** Input that gets the version. @default none */
  versionInput?: string | undefined;
}

export const semanticRelease: Family<SemanticReleaseOptions> = (options, repository) => ({
  workflows: [
    {
      file: options.file,
      about: "Reads the commits since the last release and, where they ask for one, makes the next: version, changelog, tag, GitHub release.",
      document: {
        name: "Semantic release",
        on: { push: { branches: some(options.branches.map(({ name }) => name)) }, workflow_dispatch: {} },
        concurrency: "queue",
        jobs: {
          release: releaseJob(options),
          ...(options.pypi && pypiJobs(options.pypi, repository)),
          ...(options.next.length > 0 && { next: nextJob(options, repository) }),
        },
      },
    },
  ],
  files: { ...releaseTools(), ".releaserc.json": `${JSON.stringify(releaseConfig(options), undefined, 2)}\n` },
});

function releaseJob({ token }: SemanticReleaseOptions): StepsJob {
  return {
    name: "Release",
    timeoutMinutes: 20,
    outputs: {
      new_release_published: "${{ steps.release.outputs.version != '' }}",
      new_release_version: "${{ steps.release.outputs.version }}",
      new_release_tag: "${{ steps.release.outputs.tag }}",
    },
    steps: [
      checkout({ fetchDepth: 0 }),
      { name: "Set up Node", uses: pinned("actions/setup-node"), with: { "node-version": 24, "package-manager-cache": false } },
      { name: "Install semantic-release", run: "npm ci --ignore-scripts --no-audit --no-fund", workingDirectory: TOOLS },
      {
        name: "Release",
        id: "release",
        run: `${TOOLS}/node_modules/.bin/semantic-release`,
        env: { GITHUB_TOKEN: token === undefined ? "${{ github.token }}" : `\${{ secrets.${token} }}` },
        ...(token === undefined && {
          grants: {
            contents: ["write", "push the tag and the release"],
            issues: ["write", "comment on what was released"],
            "pull-requests": ["write", "comment on what was released"],
          },
        }),
      },
    ],
  };
}

function nextJob({ next, pypi }: SemanticReleaseOptions, { defaultBranch }: Repository): StepsJob {
  return {
    name: "Start what follows",
    needs: pypi ? ["release", "publish"] : ["release"],
    if: pypi ? "!cancelled() && needs.publish.result == 'success'" : PUBLISHED,
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      ...next.map(({ workflow, on, versionInput }) =>
        runScript("start-workflow.mjs", {
          name: `Start ${workflow}`,
          env: {
            GITHUB_TOKEN: "${{ github.token }}",
            WORKFLOW: workflow,
            REF: on === "tag" ? "${{ needs.release.outputs.new_release_tag }}" : defaultBranch,
            ...(versionInput !== undefined && { INPUT: versionInput, VALUE: "${{ needs.release.outputs.new_release_version }}" }),
          },
          grants: { actions: ["write", "start the next workflow"] },
        }),
      ),
    ],
  };
}
