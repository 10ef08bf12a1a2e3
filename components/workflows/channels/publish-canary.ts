import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, Job, Repository, Step, StepsJob } from "../kit/index.ts";
import { PACKAGE as ARTIFACT } from "../npm/prepare-npm-package.ts";
import { channelEnvironment, hasProvenance, npmToken, packageEnvironment } from "./npm-package.ts";
import type { NpmPackage } from "./npm-package.ts";

/** Every commit of the default branch is published for those who ask for it; people may publish one as a beta. */
export interface PublishCanaryOptions extends NpmPackage {
  /** Folder of package.json, from the repository's root. */
  directory: string;
  /** Version of Node.js that publishes. */
  node: string;
  build: CanaryBuild;
}

export type CanaryBuild =
  /** prepare-npm-package.yml makes the package, with the programs of all platforms in it. */
  | { kind: "bundled" }
  /** Commands at the root complete the package, in order; VERSION is in their environment. */
  | { kind: "commands"; run: string[] };

const CHANNEL = "${{ inputs.channel || 'canary' }}";
const VERSION = "${{ needs.version.outputs.version }}";

export const publishCanary: Family<PublishCanaryOptions> = (options, repository) => ({
  workflows: [
    {
      file: "publish-canary.yml",
      about: `Publishes every commit of ${repository.defaultBranch} to channel canary, and to beta when somebody asks for it.\nThe version is the coming one with the channel, the run and the commit: 1.3.0-canary.57.1a2b3c4.`,
      document: {
        name: "Publish canary",
        on: {
          push: { branches: [repository.defaultBranch] },
          workflow_dispatch: { inputs: { channel: { description: "Channel that gets this commit", type: "choice", options: ["canary", "beta"], default: "canary", required: true } } },
        },
        // By channel: a beta that waits for its approval does not hold up the canaries.
        concurrency: { group: `\${{ github.workflow }}-${CHANNEL}`, cancel: false },
        env: { ...packageEnvironment(options), CHANNEL },
        jobs: { version: version(options), package: build(options), publish: publish(options, repository) },
      },
    },
  ],
});

function version({ directory }: PublishCanaryOptions): StepsJob {
  return {
    name: "Version",
    timeoutMinutes: 5,
    outputs: { version: "${{ steps.version.outputs.version }}" },
    steps: [checkout({ fetchDepth: 0 }), runScript("canary-version.mjs", { name: "Name the version", id: "version", env: { DIRECTORY: directory } })],
  };
}

/** Code and its dependencies run here, without a secret in reach. */
function build(options: PublishCanaryOptions): Job {
  const { build: how } = options;
  switch (how.kind) {
    case "bundled":
      return { name: "Package", needs: ["version"], uses: "./.github/workflows/prepare-npm-package.yml", with: { version: VERSION }, grants: { contents: ["read", "check out"] } };
    case "commands":
      return commands(options, how.run);
    default:
      return how satisfies never;
  }
}

function commands(options: PublishCanaryOptions, run: readonly string[]): StepsJob {
  const { directory } = options;
  return {
    name: "Package",
    needs: ["version"],
    timeoutMinutes: 30,
    steps: [
      checkout(),
      node(options),
      { name: "Set the version", workingDirectory: directory, env: { VERSION }, run: 'npm version "$VERSION" --no-git-tag-version --ignore-scripts' },
      ...run.map((command, at): Step => ({ name: run.length === 1 ? "Build" : `Build, part ${at + 1}`, env: { VERSION }, run: command })),
      { name: "Pack", workingDirectory: directory, run: 'npm pack --pack-destination "$RUNNER_TEMP"' },
      {
        name: "Keep the package",
        uses: pinned("actions/upload-artifact"),
        with: { name: ARTIFACT, path: "${{ runner.temp }}/*.tgz", "if-no-files-found": "error", "retention-days": 7 },
      },
    ],
  };
}

function publish(options: PublishCanaryOptions, repository: Repository): StepsJob {
  const provenance = hasProvenance(options, repository);
  return {
    name: "Publish",
    needs: ["version", "package"],
    timeoutMinutes: 10,
    environment: channelEnvironment(options, CHANNEL, VERSION),
    steps: [
      checkout({ scriptsOnly: true }),
      node(options),
      { name: "Get the package", uses: pinned("actions/download-artifact"), with: { name: ARTIFACT, path: ARTIFACT } },
      runScript("publish-canary.mjs", {
        name: "Publish to the channel",
        env: {
          ...npmToken(options),
          VERSION,
          FOLDER: ARTIFACT,
          ...(repository.visibility === "public" && { NPM_CONFIG_ACCESS: "public" }),
          ...(provenance && { NPM_CONFIG_PROVENANCE: true }),
        },
        ...(provenance && { grants: { "id-token": ["write", "sign the provenance"] } }),
      }),
    ],
  };
}

/** Without a cache: what is published comes from this commit and the registry alone. */
function node({ node: wanted }: PublishCanaryOptions): Step {
  return { name: "Set up Node.js", uses: pinned("actions/setup-node"), with: { "node-version": wanted, "package-manager-cache": false } };
}
