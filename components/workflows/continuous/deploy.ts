import { imageName } from "../containers/image-name.ts";
import { checkout, runScript, some } from "../kit/index.ts";
import type { Family, Repository, StepsJob, Triggers, WorkflowFile } from "../kit/index.ts";
import type { Notify } from "../notify.ts";
import { announceJob } from "../rollout/announce.ts";
import { deployJob } from "./deploy-job.ts";
import { performanceJob, securityJob } from "./deploy-gates.ts";
import type { LoadTest, SecurityGate } from "./deploy-gates.ts";
import type { Target } from "./target.ts";

/** Brings what another workflow built to the environments, each by its own workflow and on its own occasion. */
export interface DeployOptions {
  /** Service whose image it is. @default the only one of the repository */
  service?: string | undefined;
  targets: [ReleaseTarget, ...ReleaseTarget[]];
  /** Minutes to wait for the image's own build. */
  imageWaitMinutes: number;
  notify: Notify;
}

export interface ReleaseTarget extends Target {
  trigger: Trigger;
  /** Known vulnerabilities of the image that keep it away. @default absent: none is looked for */
  security?: SecurityGate | undefined;
  /** How fast it has to be. @default absent: nobody asks */
  performance?: LoadTest | undefined;
}

export type Trigger =
  /** Every push to a branch; the image is that of the commit. */
  | { kind: "push"; branch: string }
  /** Every prerelease that is published; the image is that of the tag. */
  | { kind: "prereleased" }
  /** Every release that is published as stable, or made so; the image is that of the tag. */
  | { kind: "released" };

export const deploy: Family<DeployOptions> = (options, repository) => ({
  workflows: options.targets.map((target) => workflow(target, options, repository)),
});

const IMAGE = "${{ needs.image.outputs.reference }}";

function workflow(target: ReleaseTarget, options: DeployOptions, repository: Repository): WorkflowFile {
  const { environment, trigger, security, performance } = target;
  const gates: Record<string, StepsJob> = {
    ...(security && { "security-checks": securityJob(security, IMAGE, repository) }),
    ...(performance && { "performance-tests": performanceJob(performance, IMAGE) }),
  };
  const what = { reference: IMAGE, tag: "${{ needs.image.outputs.tag }}" };
  const url = repository.environments[environment]?.url;
  const announcement = { what: "Deployment", version: "${{ github.ref_name }}", environment, ...(url !== undefined && { url }) };
  return {
    file: `deploy-${environment.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.yml`,
    about: `Deploys to ${environment} ${occasion(trigger)}; a deployment that is not well goes back by itself.\n${byHand(trigger)}`,
    document: {
      name: `Deploy to ${environment}`,
      runName: `Deploy \${{ github.ref_name }} to ${environment}`,
      on: triggers(trigger),
      concurrency: "queue",
      jobs: {
        image: imageJob(imageName(repository, options.service), options.imageWaitMinutes, trigger),
        ...gates,
        deploy: deployJob(target, what, { needs: ["image", ...Object.keys(gates)] }, repository),
        announce: {
          ...announceJob(options.notify, announcement, { needs: some(["image", ...Object.keys(gates), "deploy"]) }),
          if: "${{ always() && needs.image.result != 'skipped' }}",
        },
      },
    },
  };
}

function occasion(trigger: Trigger): string {
  switch (trigger.kind) {
    case "push":
      return `what is pushed to ${trigger.branch}`;
    case "prereleased":
      return "every prerelease";
    case "released":
      return "every release";
    default:
      return trigger satisfies never;
  }
}

function byHand({ kind }: Trigger): string {
  if (kind === "push") return "By hand it deploys a branch's image again.";
  return "By hand on a tag it deploys that one's image: a release made with GITHUB_TOKEN starts nothing by itself.";
}

function triggers(trigger: Trigger): Triggers {
  if (trigger.kind === "push") return { push: { branches: [trigger.branch] }, workflow_dispatch: {} };
  return { release: { types: [trigger.kind] }, workflow_dispatch: {} };
}

/** Where only releases go, a prerelease does not get by another workflow that starts this one on its tag. */
const STABLE = "${{ github.event_name == 'release' || !contains(github.ref_name, '-') }}";

function imageJob(image: string, minutes: number, { kind }: Trigger): StepsJob {
  return {
    name: "Find the image",
    ...(kind === "released" && { if: STABLE }),
    timeoutMinutes: minutes + 5,
    outputs: { reference: "${{ steps.image.outputs.reference }}", tag: "${{ steps.image.outputs.tag }}" },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("find-image.mjs", {
        name: "Find the image",
        id: "image",
        env: { IMAGE: image, WAIT_MINUTES: minutes, GITHUB_TOKEN: "${{ github.token }}" },
        grants: { packages: ["read", "resolve the image"] },
      }),
    ],
  };
}
