import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, Repository, Step, StepsJob } from "../kit/index.ts";
import { channelEnvironment, hasProvenance, npmToken, packageEnvironment } from "./npm-package.ts";
import type { NpmPackage } from "./npm-package.ts";

/** Every commit of the default branch is published for those who ask for it; people may publish one as a beta. */
export interface PublishCanaryOptions extends NpmPackage {
  /** Folder of package.json, from the repository's root. */
  directory: string;
  /** Version of Node.js that builds and publishes. */
  node: string;
  /** Version of Go for what `build` compiles. Absent: no Go. */
  go?: string | undefined;
  /** Commands at the root that complete the package, in order; VERSION is in their environment. */
  build: string[];
}

const ARTIFACT = "package";
const CHANNEL = "${{ inputs.channel || 'canary' }}";

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
        jobs: { build: build(options), publish: publish(options, repository) },
      },
    },
  ],
});

/** Code and its dependencies run here, without a secret in reach. */
function build(options: PublishCanaryOptions): StepsJob {
  const version = { VERSION: "${{ steps.version.outputs.version }}" };
  return {
    name: "Build",
    timeoutMinutes: 30,
    outputs: { version: "${{ steps.version.outputs.version }}" },
    steps: [
      checkout({ fetchDepth: 0 }),
      ...(options.go === undefined ? [] : [{ name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version": options.go, cache: false } }]),
      node(options),
      runScript("canary-version.mjs", { name: "Name the version", id: "version", env: { DIRECTORY: options.directory } }),
      { name: "Set the version", workingDirectory: options.directory, env: version, run: 'npm version "$VERSION" --no-git-tag-version --ignore-scripts' },
      ...options.build.map((run, at): Step => ({ name: options.build.length === 1 ? "Build" : `Build, part ${at + 1}`, env: version, run })),
      { name: "Pack", workingDirectory: options.directory, run: 'npm pack --pack-destination "$RUNNER_TEMP"' },
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
  const version = "${{ needs.build.outputs.version }}";
  return {
    name: "Publish",
    needs: ["build"],
    timeoutMinutes: 10,
    environment: channelEnvironment(options, CHANNEL, version),
    steps: [
      checkout({ scriptsOnly: true }),
      node(options),
      { name: "Get the package", uses: pinned("actions/download-artifact"), with: { name: ARTIFACT, path: "${{ runner.temp }}/package" } },
      runScript("publish-canary.mjs", {
        name: "Publish to the channel",
        env: {
          ...npmToken(options),
          VERSION: version,
          FOLDER: "${{ runner.temp }}/package",
          ...(repository.visibility === "public" && { NPM_CONFIG_ACCESS: "public" }),
          ...(provenance && { NPM_CONFIG_PROVENANCE: true }),
        },
        ...(provenance && { grants: { "id-token": ["write", "sign the provenance"] } }),
      }),
    ],
  };
}

/** Without a cache: what is published comes from this commit and the registry alone. */
function node({ node: version }: PublishCanaryOptions): Step {
  return { name: "Set up Node.js", uses: pinned("actions/setup-node"), with: { "node-version": version, "package-manager-cache": false } };
}
