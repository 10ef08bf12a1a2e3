import { attestSbom, imageSbom, installCosign, signImage } from "../supply-chain.ts";
import { checkout, pinned, runScript, serviceOf } from "../kit/index.ts";
import type { Repository, Step, StepsJob } from "../kit/index.ts";
import { buildx, emulation, login } from "./docker.ts";
import type { McpServerReleaseOptions } from "./mcp-server-release.ts";
import { metadataStep } from "./tag-rules.ts";

const FACTS = "needs.validate.outputs";
export const VERSION = `\${{ ${FACTS}.version }}`;
/** What is in the image, as the jobs hand it on. */
export const SBOM = "sbom.spdx.json";

/** Nothing has a name that people use before it was tried, signed and listed. */
export function publishJob(options: McpServerReleaseOptions, repository: Repository): StepsJob {
  const { image: name } = serviceOf(repository, options.service);
  const image = { name, digest: "${{ steps.build.outputs.digest }}" };
  const reference = `${name}@${image.digest}`;
  return {
    name: "Publish",
    needs: ["validate"],
    timeoutMinutes: 60,
    environment: { name: options.environment, url: `https://github.com/${repository.owner}/${repository.name}/pkgs/container/${name.split("/").at(-1)}` },
    outputs: { digest: image.digest },
    steps: [
      checkout(),
      metadataStep(name, { version: `v${VERSION}`, facts: FACTS }),
      emulation(options.platforms.join(",")),
      buildx(),
      login("write"),
      {
        name: "Build and push without a tag",
        id: "build",
        uses: pinned("docker/build-push-action"),
        with: {
          context: options.context,
          file: options.dockerfile ?? `${options.package}/Dockerfile`,
          platforms: options.platforms.join(","),
          labels: "${{ steps.names.outputs.labels }}",
          outputs: `type=image,name=${name},push-by-digest=true,name-canonical=true,push=true`,
          provenance: "mode=max",
          sbom: true,
        },
      },
      ...(options.compliance ? [talkStep(reference)] : []),
      installCosign(),
      ...signImage(image),
      imageSbom(reference, SBOM),
      attestSbom(image, SBOM, repository),
      runScript("tag-image.mjs", { name: "Give it its tags", env: { IMAGE: reference, TAGS: "${{ steps.names.outputs.tags }}" } }),
      { name: "Keep the list", uses: pinned("actions/upload-artifact"), with: { name: "sbom", path: SBOM, "if-no-files-found": "error" } },
    ],
  };
}

function talkStep(reference: string): Step {
  return runScript("mcp-compliance.mjs", { name: "Talk to the server", env: { SERVER: JSON.stringify(["docker", "run", "--rm", "-i", reference]), TIMEOUT_MS: 60_000 } });
}
