import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, StepsJob } from "../kit/index.ts";
import { some } from "../kit/some.ts";
import { TOOLS, releaseConfig, releaseTools } from "./semantic-release-config.ts";
import type { ReleaseRules } from "./semantic-release-config.ts";

/** Versions, changelog, tag and GitHub release out of the commits' messages. */
export interface SemanticReleaseOptions extends ReleaseRules {
  /** Name of the workflow's file. */
  file: "semantic-release.yml" | "release.yml";
  /** Secret with the token that releases. @default GITHUB_TOKEN */
  token?: string | undefined;
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

export const semanticRelease: Family<SemanticReleaseOptions> = (options, { defaultBranch }) => ({
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
          ...(options.next.length > 0 && { next: nextJob(options.next, defaultBranch) }),
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

function nextJob(next: readonly NextWorkflow[], defaultBranch: string): StepsJob {
  return {
    name: "Start what follows",
    needs: ["release"],
    // Also where the release is out and only a comment on an issue failed.
    if: "!cancelled() && needs.release.outputs.new_release_published == 'true'",
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
