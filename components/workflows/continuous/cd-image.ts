import { buildAndPush, buildx, emulation, login } from "../containers/docker.ts";
import { metadataStep, versionStep } from "../containers/tag-rules.ts";
import { checkout, pinned } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { attestSbom, imageSbom, installCosign, signImage } from "../supply-chain.ts";
import type { CdOptions } from "./cd.ts";

/** Jobs of a release that nobody has made yet. */
export const PUBLISH = "needs.validate.outputs.publish == 'true'";
export const PUBLISHES = `\${{ ${PUBLISH} }}`;

/** What is in the image, as the release shows it. */
export const SBOM = "sbom.spdx.json";

/** Builds from the commit alone, signs by digest, and lists what is inside. */
export function imageJob({ dockerfile, context, platforms }: CdOptions, image: string, repository: Repository): StepsJob {
  const pushed = { name: image, digest: "${{ steps.build.outputs.digest }}" };
  return {
    name: "Image",
    needs: ["validate", "tests"],
    if: PUBLISHES,
    timeoutMinutes: 45,
    outputs: { reference: `${pushed.name}@${pushed.digest}` },
    steps: [
      checkout(),
      versionStep({ prefix: "v" }),
      metadataStep(image),
      emulation(platforms.join(",")),
      buildx(),
      login("write"),
      buildAndPush({ context, file: dockerfile }, platforms),
      installCosign(),
      ...signImage(pushed),
      imageSbom(`${pushed.name}@${pushed.digest}`, SBOM),
      attestSbom(pushed, SBOM, repository),
      { name: "Keep the list", uses: pinned("actions/upload-artifact"), with: { name: "sbom", path: SBOM, "if-no-files-found": "error" } },
    ],
  };
}
