import type { Platform } from "../containers/docker.ts";
import { imageName } from "../containers/image-name.ts";
import { some } from "../kit/index.ts";
import type { Family, Job, Repository, StepsJob } from "../kit/index.ts";
import { toolchain } from "../languages/index.ts";
import type { Project } from "../languages/index.ts";
import type { Notify } from "../notify.ts";
import { announceJob } from "../rollout/announce.ts";
import type { Databases } from "../service-containers.ts";
import { imageJob, PUBLISH } from "./cd-image.ts";
import { existingImageJob, packageJob, pypiJob, releaseJob, testJob, validateJob } from "./cd-jobs.ts";
import { deployJob } from "./deploy-job.ts";
import type { Target } from "./target.ts";

/** Takes a tag to the people who use it: package, image, one environment after the other, release notes. */
export interface CdOptions {
  project: Project;
  /** Tags that are released. */
  tags: [string, ...string[]];
  /** Databases of the tests. */
  databases: Databases;
  /** Absent: no package is published. */
  pypi?: Pypi | undefined;
  /** Service whose image it is. @default the only one of the repository */
  service?: string | undefined;
  /** Path of the Dockerfile. */
  dockerfile: string;
  /** Folder that the build may read. */
  context: string;
  platforms: Platform[];
  /** In the order in which a release goes through them. */
  targets: [CdTarget, ...CdTarget[]];
  notify: Notify;
}

/** Trusted publishing: PyPI knows this workflow and its environment, so there is no token to lose. */
export interface Pypi {
  environment: string;
  /** Environment that publishes to TestPyPI first. @default absent: not there */
  testEnvironment?: string | undefined;
}

export interface CdTarget extends Target {
  /** Whether prereleases go there too. */
  prereleases: boolean;
}

export const cd: Family<CdOptions> = (options, repository) => ({
  workflows: [
    {
      file: "cd.yml",
      about: "Releases a tag: package, image, one environment after the other, release notes.\nA tag and its release both start it; the second run sees that there is nothing left to do.\nBy hand it deploys a version that was released before.",
      document: {
        name: "CD",
        runName: "${{ inputs.environment && format('Deploy {0} to {1}', inputs.version || 'the newest release', inputs.environment) || format('Release {0}', github.ref_name) }}",
        on: {
          push: { tags: options.tags },
          release: { types: ["published"] },
          workflow_dispatch: {
            inputs: {
              environment: { description: "Where it is deployed", required: true, type: "choice", options: names(options), default: options.targets[0].environment },
              version: { description: "Version such as 1.2.3; the newest release where it is empty", required: false, type: "string" },
            },
          },
        },
        concurrency: "queue",
        jobs: jobs(options, repository),
      },
    },
  ],
});

function names({ targets }: CdOptions): [string, ...string[]] {
  return some(targets.map(({ environment }) => environment));
}

function jobs(options: CdOptions, repository: Repository): Record<string, Job> {
  const { project, databases, pypi, targets, notify } = options;
  const tools = toolchain(project);
  const image = imageName(repository, options.service);
  const made: Record<string, Job> = {
    validate: validateJob(project),
    tests: testJob(tools, databases),
    ...(pypi && { package: packageJob(tools) }),
    ...(pypi?.testEnvironment !== undefined && { "test-pypi": pypiJob({ environment: pypi.testEnvironment, test: true, needs: ["tests", "package"] }, repository) }),
    ...(pypi && { pypi: pypiJob({ environment: pypi.environment, test: false, needs: pypi.testEnvironment === undefined ? ["tests", "package"] : ["test-pypi"] }, repository) }),
    image: imageJob(options, image, repository),
    "existing-image": existingImageJob(image),
  };
  const deployments = Object.fromEntries(targets.map((target, at) => [idOf(target), deploymentJob(target, targets.slice(0, at), pypi !== undefined, repository)]));
  const before = [...Object.keys(made), ...Object.keys(deployments)];
  const release = releaseJob(["validate", "image", ...Object.keys(deployments)], ["needs.image.result == 'success'", ...targets.map(passed)]);
  const announcement = {
    what: "Release",
    version: "${{ needs.validate.outputs.tag || github.ref_name }}",
    environment: "${{ inputs.environment }}",
  };
  const announce = announceJob(notify, announcement, { needs: [...before, "release"] });
  return { ...made, ...deployments, release, announce: { ...announce, if: "${{ always() && needs.validate.outputs.deploy != 'false' }}" } };
}

function idOf({ environment }: Target): string {
  return `deploy-${environment.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
}

/** A release goes through the environments in their order; by hand it goes to the one that was chosen. */
function deploymentJob(target: CdTarget, before: readonly CdTarget[], packaged: boolean, repository: Repository): StepsJob {
  const released = [
    `${PUBLISH} && needs.image.result == 'success'`,
    ...(packaged ? ["needs.pypi.result == 'success'"] : []),
    ...before.map(passed),
    ...(target.prereleases ? [] : ["needs.validate.outputs.prerelease == 'false'"]),
  ].join(" && ");
  const chosen = `inputs.environment == '${target.environment}' && needs.existing-image.result == 'success'`;
  const reference = "${{ needs.image.outputs.reference || needs.existing-image.outputs.reference }}";
  return deployJob(target, { reference, tag: "${{ needs.validate.outputs.tag }}" }, {
    needs: ["validate", "image", "existing-image", ...(packaged ? ["pypi"] : []), ...before.map(idOf)],
    if: `\${{ !cancelled() && ((${released}) || (${chosen})) }}`,
  }, repository);
}

/** Says it of each job by name: one that was ended by its time counts as cancelled, not as failed. */
function passed(target: CdTarget): string {
  const success = `needs.${idOf(target)}.result == 'success'`;
  return target.prereleases ? success : `(${success} || needs.validate.outputs.prerelease == 'true')`;
}
