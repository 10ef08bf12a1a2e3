import { channelEnvironment, hasProvenance, npmToken, packageEnvironment } from "../channels/npm-package.ts";
import type { NpmPackage } from "../channels/npm-package.ts";
import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, Job, Repository, StepsJob } from "../kit/index.ts";
import { getBinaries } from "./build-job.ts";
import { PACKAGE } from "./prepare-npm-package.ts";
import { programOf } from "./tool.ts";

/** Publishes the npm package of a release, once everything that can be checked before has been. */
export interface NpmPublishOptions extends NpmPackage {
  /** Name of the program. @default the repository's name */
  program?: string | undefined;
  /** Environment of the publishing job, and the channel that gets the version. */
  environment: string;
  /** Version of Node.js that publishes. */
  node: string;
  /** Arguments with which the program is an MCP server on stdin and stdout. @default absent: it is none */
  mcpServer?: string[] | undefined;
  /** Whether programs built anew must be those of the GitHub release, byte for byte; programs with C code may differ. */
  reproducible: boolean;
}

const TAG = "${{ github.ref_name }}";
const PROGRAMS = "binaries";

export const npmPublish: Family<NpmPublishOptions> = (options, repository) => ({
  workflows: [
    {
      file: "npm-publish.yml",
      about: `Publishes the npm package of a release to channel ${options.environment}: tests, races, benchmarks, programs and protocol are checked before.\nA published release starts it; so does the release workflow, or people, on the tag.`,
      document: {
        name: "Publish to npm",
        runName: `Publish ${TAG} to npm`,
        on: { release: { types: ["published"] }, workflow_dispatch: {} },
        concurrency: "queue",
        jobs: jobs(options, repository),
      },
    },
  ],
  requires: ["prepareNpmPackage"],
});

/** Prereleases go to the channels canary and beta by workflows of their own. */
const STABLE = "startsWith(github.ref, 'refs/tags/v') && !contains(github.ref_name, '-')";

function jobs(options: NpmPublishOptions, repository: Repository): Record<string, Job> {
  const checked = options.reproducible || options.mcpServer !== undefined;
  return {
    test: testJob(),
    package: {
      name: "Package",
      if: STABLE,
      uses: "./.github/workflows/prepare-npm-package.yml",
      with: { version: TAG },
      grants: { contents: ["read", "check out"] },
    },
    ...(checked && { validate: validateJob(options, repository) }),
    publish: publishJob(options, repository, ["test", "package", ...(checked ? ["validate"] : [])]),
  };
}

function testJob(): StepsJob {
  return {
    name: "Test",
    if: STABLE,
    timeoutMinutes: 30,
    steps: [
      checkout(),
      { name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version-file": "go.mod", cache: false } },
      { name: "Run the tests", run: "go test -shuffle=on ./..." },
      { name: "Run them under the race detector", run: "go test -race -shuffle=on ./..." },
      { name: "Run the benchmarks", run: "go test -run='^$' -bench=. -benchmem ./..." },
    ],
  };
}

function validateJob({ reproducible, mcpServer, program }: NpmPublishOptions, repository: Repository): StepsJob {
  const file = `${PROGRAMS}/${programOf({ program }, repository)}-linux-amd64`;
  return {
    name: "Validate",
    needs: ["package"],
    timeoutMinutes: 10,
    steps: [
      checkout({ scriptsOnly: true }),
      getBinaries(PROGRAMS),
      ...(reproducible
        ? [
            runScript("compare-checksums.mjs", {
              name: "Compare them with the release",
              env: { GITHUB_TOKEN: "${{ github.token }}", TAG, FOLDER: PROGRAMS },
              grants: { contents: ["read", "read the release's checksums"] },
            }),
          ]
        : []),
      ...(mcpServer
        ? [
            { name: "Make the program executable", run: `chmod +x ${file}` },
            runScript("mcp-compliance.mjs", { name: "Check the MCP protocol", env: { SERVER: JSON.stringify([`./${file}`, ...mcpServer]) } }),
          ]
        : []),
    ],
  };
}

function publishJob(options: NpmPublishOptions, repository: Repository, needs: readonly string[]): StepsJob {
  const provenance = hasProvenance(options, repository);
  return {
    name: "Publish",
    needs,
    timeoutMinutes: 10,
    environment: channelEnvironment(options, options.environment, "${{ needs.package.outputs.version }}"),
    steps: [
      checkout({ scriptsOnly: true }),
      { name: "Set up Node.js", uses: pinned("actions/setup-node"), with: { "node-version": options.node, "package-manager-cache": false } },
      { name: "Get the package", uses: pinned("actions/download-artifact"), with: { name: PACKAGE, path: PACKAGE } },
      runScript("publish-npm.mjs", {
        name: "Publish the package",
        env: {
          ...npmToken(options),
          ...packageEnvironment(options),
          VERSION: "${{ needs.package.outputs.version }}",
          CHANNEL: options.environment,
          FOLDER: PACKAGE,
          ...(repository.visibility === "public" && { NPM_CONFIG_ACCESS: "public" }),
          ...(provenance && { NPM_CONFIG_PROVENANCE: true }),
        },
        ...(provenance && { grants: { "id-token": ["write", "sign the provenance"] } }),
      }),
    ],
  };
}
