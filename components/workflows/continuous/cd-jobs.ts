import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { newest } from "../languages/index.ts";
import type { Project, Toolchain } from "../languages/index.ts";
import { deployment } from "../rollout/deployment.ts";
import { databaseParts } from "../service-containers.ts";
import type { Databases } from "../service-containers.ts";
import { PUBLISH, PUBLISHES, SBOM } from "./cd-image.ts";

const VERSION_FILE = { python: "pyproject.toml", node: "package.json", go: "" } as const;

export function validateJob({ language }: Project): StepsJob {
  return {
    name: "Validate",
    timeoutMinutes: 5,
    outputs: Object.fromEntries(["tag", "prerelease", "publish", "deploy"].map((name) => [name, `\${{ steps.validate.outputs.${name} }}`])),
    steps: [
      checkout(),
      runScript("validate-release.mjs", {
        name: "Read the version",
        id: "validate",
        env: { VERSION: "${{ inputs.version }}", VERSION_FILE: VERSION_FILE[language], GITHUB_TOKEN: "${{ github.token }}" },
        grants: { actions: ["read", "look for an earlier run"], contents: ["read", "read the newest release"] },
      }),
    ],
  };
}

/** Nothing from a cache: what is tested here is what is published. */
export function testJob(tools: Toolchain, databases: Databases): StepsJob {
  return {
    name: `Tests (${tools.label} \${{ matrix.version }})`,
    needs: ["validate"],
    if: PUBLISHES,
    timeoutMinutes: 15,
    strategy: { matrix: { version: tools.versions }, failFast: true },
    ...databaseParts(databases),
    steps: [checkout(), ...tools.setUp("${{ matrix.version }}", false), ...tools.tests],
  };
}

/** Builds apart from the job that may publish: no build script runs beside PyPI's trust. */
export function packageJob(tools: Toolchain): StepsJob {
  return {
    name: "Package",
    needs: ["validate"],
    if: PUBLISHES,
    timeoutMinutes: 10,
    steps: [
      checkout(),
      ...tools.setUpBuild(newest(tools), false),
      ...tools.build,
      { name: "Keep the package", uses: pinned("actions/upload-artifact"), with: { name: "package", path: "dist/", "if-no-files-found": "error" } },
    ],
  };
}

interface PypiPlace {
  environment: string;
  /** TestPyPI instead of PyPI. */
  test: boolean;
  needs: readonly string[];
}

export function pypiJob({ environment, test, needs }: PypiPlace, repository: Repository): StepsJob {
  return {
    name: test ? "Publish to TestPyPI" : "Publish to PyPI",
    needs,
    timeoutMinutes: 10,
    environment: deployment(environment, repository),
    steps: [
      { name: "Fetch the package", uses: pinned("actions/download-artifact"), with: { name: "package", path: "dist/" } },
      {
        name: "Publish",
        uses: pinned("pypa/gh-action-pypi-publish"),
        with: { "skip-existing": true, ...(test && { "repository-url": "https://test.pypi.org/legacy/" }) },
        grants: { "id-token": ["write", "prove to PyPI who publishes"] },
      },
    ],
  };
}

/** By hand nothing is built: the version that was released is deployed again, by digest. */
export function existingImageJob(image: string): StepsJob {
  return {
    name: "Find the image",
    needs: ["validate"],
    if: "${{ needs.validate.outputs.publish != 'true' && needs.validate.outputs.deploy == 'true' }}",
    timeoutMinutes: 5,
    outputs: { reference: "${{ steps.image.outputs.reference }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("find-image.mjs", {
        name: "Find the image",
        id: "image",
        env: { IMAGE: image, TAG: "${{ needs.validate.outputs.tag }}", WAIT_MINUTES: 0, GITHUB_TOKEN: "${{ github.token }}" },
        grants: { packages: ["read", "resolve the image"] },
      }),
    ],
  };
}

/** After everything else: what the notes announce is there. */
export function releaseJob(needs: readonly string[], conditions: readonly string[]): StepsJob {
  return {
    name: "Release notes",
    needs,
    if: `\${{ !cancelled() && ${[PUBLISH, ...conditions].join(" && ")} }}`,
    timeoutMinutes: 10,
    steps: [
      checkout({ scriptsOnly: true }),
      { name: "Fetch the list of the image", uses: pinned("actions/download-artifact"), with: { name: "sbom" } },
      runScript("finish-release.mjs", {
        name: "Publish the release",
        env: { TAG: "${{ needs.validate.outputs.tag }}", PRERELEASE: "${{ needs.validate.outputs.prerelease }}", GITHUB_TOKEN: "${{ github.token }}" },
        grants: { contents: ["write", "publish the release"] },
      }, SBOM),
    ],
  };
}
