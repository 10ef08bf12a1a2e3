import { signImage, installCosign } from "../supply-chain.ts";
import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Family, StepsJob } from "../kit/index.ts";
import { buildx, emulation, login } from "./docker.ts";
import type { Platform } from "./docker.ts";
import { imageName } from "./image-name.ts";
import { metadataStep, versionStep } from "./tag-rules.ts";
import { commandLine } from "./words.ts";

/** Builds an image, runs it on each platform, and only then names and signs it. */
export interface DockerBuildOptions {
  /** Each push to one of them makes an image; pull requests to them too. */
  branches: [string, ...string[]];
  /** Service of the stack whose image it is. @default the only one, or the repository's name */
  service?: string | undefined;
  /** Path of the Dockerfile. */
  dockerfile: string;
  /** Folder that the build may read. */
  context: string;
  platforms: Platform[];
  /** Runs in the image on each platform and must end with 0: program and arguments. */
  testCommand: string[];
}

/** A pull request from a fork, or of Dependabot, has a token that may not push. */
const MAY_PUSH = "github.event_name != 'pull_request' || (github.event.pull_request.head.repo.full_name == github.repository && github.event.pull_request.user.login != 'dependabot[bot]')";
const PUSHED = "${{ needs.build.outputs.pushed == 'true' }}";
const DIGEST = "${{ needs.build.outputs.digest }}";
/** What a release ships is built from its commit alone. */
const uncachedRelease = (cache: string): string => `\${{ !startsWith(github.ref, 'refs/tags/') && '${cache}' || '' }}`;

export const dockerBuild: Family<DockerBuildOptions> = (options, repository) => {
  const image = imageName(repository, options.service);
  return {
    workflows: [
      {
        file: "docker-build.yml",
        about: "Builds the image and runs it on each platform; what runs is signed and gets its tags.\nA release that made its tag with GITHUB_TOKEN starts it by hand on that tag: such a tag starts nothing by itself.",
        document: {
          name: "Docker build",
          on: {
            push: { branches: options.branches, tags: ["v*"] },
            pull_request: { branches: options.branches },
            workflow_dispatch: {},
          },
          concurrency: "cancel-on-pull-request",
          jobs: { build: buildJob(options, image), test: testJob(options, image), publish: publishJob(image) },
        },
      },
    ],
  };
};

function buildJob({ context, dockerfile, platforms }: DockerBuildOptions, image: string): StepsJob {
  return {
    name: "Build",
    timeoutMinutes: 60,
    outputs: { digest: "${{ steps.build.outputs.digest }}", pushed: "${{ env.PUSH }}", tags: "${{ steps.names.outputs.tags }}" },
    env: { PUSH: `\${{ ${MAY_PUSH} }}` },
    steps: [
      checkout(),
      versionStep({ prefix: "v" }),
      metadataStep(image),
      emulation(platforms.join(",")),
      buildx(),
      login("write", "${{ env.PUSH == 'true' }}"),
      {
        name: "Build and push without a tag",
        id: "build",
        uses: pinned("docker/build-push-action"),
        with: {
          context,
          file: dockerfile,
          platforms: platforms.join(","),
          labels: "${{ steps.names.outputs.labels }}",
          outputs: `type=image,name=${image},push-by-digest=true,name-canonical=true,push=\${{ env.PUSH }}`,
          provenance: "mode=max",
          sbom: true,
          "cache-from": uncachedRelease("type=gha"),
          "cache-to": uncachedRelease("type=gha,mode=max"),
        },
      },
    ],
  };
}

function testJob({ platforms, testCommand }: DockerBuildOptions, image: string): StepsJob {
  return {
    name: "Run on ${{ matrix.platform }}",
    needs: ["build"],
    if: PUSHED,
    timeoutMinutes: 15,
    strategy: { matrix: { platform: platforms } },
    steps: [
      emulation("${{ matrix.platform }}"),
      login("read"),
      {
        name: "Run the image",
        env: { IMAGE: `${image}@${DIGEST}`, PLATFORM: "${{ matrix.platform }}" },
        run: `docker run --rm --platform "$PLATFORM" "$IMAGE" ${commandLine(testCommand)}`,
      },
    ],
  };
}

function publishJob(image: string): StepsJob {
  return {
    name: "Sign and tag",
    needs: ["build", "test"],
    if: PUSHED,
    timeoutMinutes: 15,
    steps: [
      checkout({ scriptsOnly: true }),
      login("write"),
      installCosign(),
      ...signImage({ name: image, digest: DIGEST }),
      runScript("tag-image.mjs", { name: "Give it its tags", env: { IMAGE: `${image}@${DIGEST}`, TAGS: "${{ needs.build.outputs.tags }}" } }),
    ],
  };
}
