import { checkout, pinned } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { imageSbom, installCosign, signImage } from "../supply-chain.ts";
import { imageJobs } from "./docker-ci-services.ts";
import type { DockerCiOptions } from "./docker-ci.ts";
import { buildAndPush, buildx, emulation, login } from "./docker.ts";
import { uploadSarif } from "./sarif.ts";
import { trivy } from "./trivy.ts";

const TOUCHED = "${{ needs.detect-changes.outputs.services != '[]' }}";
const CHANGED = { service: "${{ fromJSON(needs.detect-changes.outputs.services) }}" };
const SERVICE = "${{ matrix.service.name }}";
const IMAGE = "${{ matrix.service.image }}";
const SCANNED = `${IMAGE}:scanned`;
const source = { context: "${{ matrix.service.context }}", file: "${{ matrix.service.dockerfile }}" };
const cached = `type=gha,scope=${SERVICE}`;

export function lintJob(repository: Repository): StepsJob {
  return {
    name: `Lint ${SERVICE}`,
    needs: ["detect-changes"],
    if: TOUCHED,
    timeoutMinutes: 10,
    strategy: { matrix: CHANGED },
    steps: [
      checkout(),
      {
        name: "Lint the Dockerfile",
        uses: pinned("hadolint/hadolint-action"),
        with: { dockerfile: source.file, "failure-threshold": "warning", format: "sarif", "output-file": "hadolint.sarif" },
      },
      uploadSarif("hadolint.sarif", `hadolint-${SERVICE}`, repository),
    ],
  };
}

export function buildJob({ platforms, severities, failOnFindings }: DockerCiOptions, repository: Repository): StepsJob {
  return {
    name: `Build ${SERVICE}`,
    needs: ["detect-changes"],
    if: TOUCHED,
    timeoutMinutes: 60,
    strategy: { matrix: CHANGED },
    steps: [
      checkout(),
      emulation(platforms.join(",")),
      buildx(),
      {
        name: "Build for this machine",
        uses: pinned("docker/build-push-action"),
        with: { ...source, load: true, tags: SCANNED, "cache-from": cached },
      },
      ...trivy({ kind: "image", reference: SCANNED }, `trivy-${SERVICE}`, { severities, failOnFindings, ignoreUnfixed: true }, repository),
      imageSbom(SCANNED, "sbom.spdx.json"),
      { name: "Keep the list", uses: pinned("actions/upload-artifact"), with: { name: `sbom-${SERVICE}`, path: "sbom.spdx.json", "if-no-files-found": "error" } },
      {
        name: "Build for all platforms",
        uses: pinned("docker/build-push-action"),
        with: { ...source, platforms: platforms.join(","), outputs: "type=cacheonly", "cache-from": cached, "cache-to": `${cached},mode=max` },
      },
    ],
  };
}

/** Built again without a cache, so that nothing of a pull request gets into what is published. */
export function publishJob(options: DockerCiOptions, repository: Repository, needs: readonly string[]): StepsJob {
  const image = { name: IMAGE, digest: "${{ steps.build.outputs.digest }}" };
  return {
    name: `Publish ${SERVICE}`,
    needs,
    if: `\${{ github.event_name == 'workflow_dispatch' && inputs.publish && github.ref == 'refs/heads/${repository.defaultBranch}' }}`,
    timeoutMinutes: 60,
    strategy: { matrix: { service: imageJobs(options, repository) } },
    steps: [
      checkout(),
      emulation(options.platforms.join(",")),
      buildx(),
      login("write"),
      {
        name: "Name the image",
        id: "names",
        uses: pinned("docker/metadata-action"),
        with: { images: IMAGE, flavor: "latest=false", tags: "type=ref,event=branch\ntype=sha" },
      },
      buildAndPush(source, options.platforms),
      installCosign(),
      ...signImage(image),
    ],
  };
}
