import { checkout } from "../kit/index.ts";
import type { Family, Job, Repository, StepsJob } from "../kit/index.ts";
import { buildJob, lintJob, publishJob } from "./docker-ci-images.ts";
import type { Platform } from "./docker.ts";
import { imageAreas } from "./docker-ci-services.ts";
import { gate, selectChanged } from "./gate.ts";
import type { Severity } from "./trivy.ts";

export interface DockerCiService {
  /** Service of the stack; its image is published under the name that the stack deploys. */
  name: string;
  dockerfile: string;
  /** Folder that the build may read. */
  context: string;
  /** A change to one of them builds the image. @default the Dockerfile's folder, and what the root has for all */
  paths?: string[] | undefined;
}

/** Lints, builds, scans and tests the images that a change touches; a run by hand may publish them. */
export interface DockerCiOptions {
  services: DockerCiService[];
  /** Pushes and pull requests to them are checked. */
  branches: [string, ...string[]];
  platforms: Platform[];
  /** Vulnerabilities that are reported. */
  severities: Severity[];
  /** Whether a vulnerability fails the check; without it findings only show under Security. */
  failOnFindings: boolean;
  /** Compose files that must be valid and whose services must become healthy. */
  composeFiles: string[];
  /** Seconds in which all services of a compose file must become healthy. */
  composeWaitSeconds: number;
  /** Name of the job that a ruleset asks for. */
  check: string;
}

const FILE = "docker-ci.yml";

export const dockerCi: Family<DockerCiOptions> = (options, repository) => {
  const { branches, check, composeFiles } = options;
  const compose = composeFiles.length > 0;
  const jobs: Record<string, Job> = {
    "detect-changes": detectJob(options, repository),
    lint: lintJob(repository),
    build: buildJob(options, repository),
    ...(compose && { compose: composeJob(options) }),
    publish: publishJob(options, repository, ["lint", "build", ...(compose ? ["compose"] : [])]),
    "docker-ci": gate(check, ["detect-changes", "lint", "build", ...(compose ? ["compose"] : [])]),
  };
  return {
    workflows: [
      {
        file: FILE,
        about: "Lints, builds, scans and tests the images that a change touches.\nA run by hand builds all of them and may publish them.",
        document: {
          name: "Docker CI",
          on: {
            push: { branches },
            pull_request: { branches },
            merge_group: {},
            workflow_dispatch: { inputs: { publish: { description: "Publish the images of the default branch", type: "boolean", default: false } } },
          },
          concurrency: "cancel-on-pull-request",
          jobs,
        },
      },
    ],
  };
};

function detectJob(options: DockerCiOptions, repository: Repository): StepsJob {
  const images = imageAreas(options, repository, `.github/workflows/${FILE}`);
  const compose = { name: "compose", paths: options.composeFiles };
  return {
    name: "Detect changes",
    timeoutMinutes: 5,
    outputs: { services: "${{ steps.services.outputs.selected }}", compose: "${{ steps.services.outputs.any == 'true' || steps.compose.outputs.any == 'true' }}" },
    steps: [checkout({ fetchDepth: 0 }), selectChanged("services", "Select the services", images), selectChanged("compose", "Look at the compose files", [compose])],
  };
}

function composeJob({ composeFiles, composeWaitSeconds }: DockerCiOptions): StepsJob {
  const env = { COMPOSE_FILE: "${{ matrix.compose-file }}" };
  return {
    name: "Compose ${{ matrix.compose-file }}",
    needs: ["detect-changes"],
    if: "${{ needs.detect-changes.outputs.compose == 'true' }}",
    timeoutMinutes: 30,
    strategy: { matrix: { "compose-file": composeFiles } },
    env,
    steps: [
      checkout(),
      { name: "Validate", run: "docker compose config --quiet" },
      { name: "Start and wait for health", run: `docker compose up --detach --wait --wait-timeout ${composeWaitSeconds}` },
      { name: "Show what runs", if: "${{ !cancelled() }}", run: "docker compose ps --all" },
      { name: "Show the logs", if: "${{ failure() }}", run: "docker compose logs --no-color --tail 200" },
      { name: "Stop", if: "${{ always() }}", run: "docker compose down --volumes" },
    ],
  };
}
