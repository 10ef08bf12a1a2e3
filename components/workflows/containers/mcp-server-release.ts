import { checkout, pinned, runScript, serviceOf } from "../kit/index.ts";
import type { Family, Repository, Step, StepsJob } from "../kit/index.ts";
import type { Platform } from "./docker.ts";
import { publishJob, SBOM, VERSION } from "./mcp-server-publish.ts";
import { versionStep } from "./tag-rules.ts";
import { commandLine } from "./words.ts";

/** Releases an MCP server as a signed image with its list of contents and notes that say how to use it. */
export interface McpServerReleaseOptions {
  /** Service of the stack whose image it is. */
  service: string;
  /** Folder of its package; changes of it go into the notes. */
  package: string;
  /** @default Dockerfile in the package's folder */
  dockerfile?: string | undefined;
  /** Folder that the build may read. */
  context: string;
  platforms: Platform[];
  /** What stands before the version in its git tags: `mcp-server-v`. */
  tagPrefix: string;
  /** Major version of Node.js. */
  nodeVersion: string;
  /** Must all pass before anything is built: programs with their arguments. */
  validate: string[][];
  /** Whether the image must talk to a strict MCP client before it gets its tags. */
  compliance: boolean;
  /** Environment that guards the publication. */
  environment: string;
  /** Name of the release in words. */
  title: string;
  /** Name of the server in the examples. @default the service's */
  serverName?: string | undefined;
  /** Where more is written. */
  documentation?: string | undefined;
}

export const mcpServerRelease: Family<McpServerReleaseOptions> = (options, repository) => ({
  workflows: [
    {
      file: "mcp-server-release.yml",
      about: `Releases the MCP server: checks it, builds and signs its image, and publishes notes that say how to use it.\nStarted by a tag such as ${options.tagPrefix}1.2.3, or by hand with a version, which makes the tag.`,
      document: {
        name: "MCP server release",
        runName: `MCP server \${{ inputs.version || github.ref_name }}`,
        on: {
          push: { tags: [`${options.tagPrefix}*`] },
          workflow_dispatch: { inputs: { version: { description: "Version such as 1.2.3", type: "string", required: true } } },
        },
        concurrency: "queue",
        jobs: { validate: validateJob(options), publish: publishJob(options, repository), release: releaseJob(options, repository) },
      },
    },
  ],
});

function validateJob({ tagPrefix, nodeVersion, validate }: McpServerReleaseOptions): StepsJob {
  return {
    name: "Validate",
    timeoutMinutes: 30,
    outputs: Object.fromEntries(["version", "stable", "family", "newest"].map((fact) => [fact, `\${{ steps.version.outputs.${fact} }}`])),
    steps: [
      checkout(),
      versionStep({ prefix: tagPrefix, version: "${{ inputs.version }}" }),
      { name: "Set up Node.js", uses: pinned("actions/setup-node"), with: { "node-version": nodeVersion, "package-manager-cache": false } },
      ...validate.map((words): Step => ({ name: `Run ${words.join(" ")}`, run: commandLine(words) })),
    ],
  };
}

function releaseJob(options: McpServerReleaseOptions, repository: Repository): StepsJob {
  const { image, name } = serviceOf(repository, options.service);
  return {
    name: "Release",
    needs: ["validate", "publish"],
    timeoutMinutes: 10,
    steps: [
      checkout({ fetchDepth: 0 }),
      { name: "Get the list", uses: pinned("actions/download-artifact"), with: { name: "sbom" } },
      runScript(
        "release-mcp-server.mjs",
        {
          name: "Publish the release",
          env: {
            GH_TOKEN: "${{ github.token }}",
            VERSION,
            NEWEST: "${{ needs.validate.outputs.newest }}",
            TAG_PREFIX: options.tagPrefix,
            PACKAGE: options.package,
            TITLE: options.title,
            SERVER: options.serverName ?? name,
            IMAGE: image,
            DIGEST: "${{ needs.publish.outputs.digest }}",
            PLATFORMS: options.platforms.join(","),
            IDENTITY: "${{ github.server_url }}/${{ github.workflow_ref }}",
            ...(options.documentation !== undefined && { DOCUMENTATION: options.documentation }),
          },
          grants: { contents: ["write", "publish the release"] },
        },
        SBOM,
      ),
    ],
  };
}
