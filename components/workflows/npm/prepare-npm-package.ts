import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, Repository, StepsJob } from "../kit/index.ts";
import { SCRIPTS } from "../kit/scripts.ts";
import { buildJob, getBinaries } from "./build-job.ts";
import { programOf } from "./tool.ts";
import type { GoTool } from "./tool.ts";

/** Bundles the programs of all platforms into the npm package, so that nothing is fetched when it is installed or run. */
export interface PrepareNpmPackageOptions extends GoTool {
  /** Folder of package.json. */
  directory: string;
  /** Version of Node.js that packs. */
  node: string;
}

/** Artifact with the packed package and its checksum. */
export const PACKAGE = "npm-package";
const PROGRAMS = "binaries";

const inputs = {
  version: { description: "Version of the package, such as 1.2.3", required: true, type: "string" },
  ref: { description: "What to build: a branch, tag or commit; what the run is for, if empty", required: false, type: "string", default: "" },
} as const;

export const prepareNpmPackage: Family<PrepareNpmPackageOptions> = (options, repository) => ({
  workflows: [
    {
      file: "prepare-npm-package.yml",
      about: "Builds the programs of all platforms without a cache and packs them into the npm package: nothing is fetched at installation.\nPublishing workflows call it; people start it to see the package before there is a release.",
      document: {
        name: "Prepare npm package",
        runName: "Prepare npm package ${{ inputs.version }}",
        on: {
          workflow_call: { inputs, outputs: { version: { description: "Version of the package", value: "${{ jobs.package.outputs.version }}" } } },
          workflow_dispatch: { inputs },
        },
        // A called workflow shares its caller's group, so it has a group of its own.
        concurrency: { group: "prepare-npm-package-${{ github.run_id }}", cancel: false },
        jobs: {
          build: buildJob(options, repository, { version: "${{ inputs.version }}", ref: "${{ inputs.ref }}", cached: false }),
          package: packageJob(options, repository),
        },
      },
    },
  ],
});

function packageJob(options: PrepareNpmPackageOptions, repository: Repository): StepsJob {
  const program = programOf(options, repository);
  return {
    name: "Package",
    needs: ["build"],
    timeoutMinutes: 10,
    outputs: { version: "${{ steps.pack.outputs.version }}" },
    steps: [
      checkout({ ref: "${{ inputs.ref }}" }),
      { name: "Set up Node.js", uses: pinned("actions/setup-node"), with: { "node-version": options.node, "package-manager-cache": false } },
      getBinaries(PROGRAMS),
      runScript("prepare-npm-package.mjs", {
        name: "Pack the programs",
        id: "pack",
        env: {
          DIRECTORY: options.directory,
          BINARIES: PROGRAMS,
          OUT: PACKAGE,
          PROGRAM: program,
          PLATFORMS: options.platforms.join(","),
          VERSION: "${{ inputs.version }}",
          WRAPPER: `${SCRIPTS}/npm-wrapper.mjs`,
        },
      }),
      runScript("try-npm-package.mjs", {
        name: "Install it and run it",
        env: { TARBALL: "${{ steps.pack.outputs.tarball }}", PROGRAM: program, VERSION: "${{ steps.pack.outputs.version }}" },
      }),
      { name: "Keep the package", uses: pinned("actions/upload-artifact"), with: { name: PACKAGE, path: PACKAGE, "if-no-files-found": "error", "retention-days": 7 } },
    ],
  };
}
