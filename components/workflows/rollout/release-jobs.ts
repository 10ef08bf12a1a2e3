import { checkout, runScript } from "../kit/index.ts";
import type { RepositoryService, StepsJob } from "../kit/index.ts";

/** What is known of a release before anything moves. */
export interface ReleaseCheck {
  service: RepositoryService & { name: string };
  /** Before the version in the image's tag. */
  tagPrefix: string;
  /** The version, as an expression. */
  version: string;
  /** The version that people go back to, as an expression. @default the release before it */
  baseline?: string;
  /** Name of the stack, for the command that goes back. */
  stack: string;
}

/** Looks whether the release and its image exist, and whether there is a version to go back to; its outputs name images by digest. */
export function readinessJob({ service, tagPrefix, version, baseline, stack }: ReleaseCheck, name: string): StepsJob {
  return {
    name,
    timeoutMinutes: 10,
    outputs: {
      image: "${{ steps.check.outputs.image }}",
      previous: "${{ steps.check.outputs.previous }}",
      "restore-command": "${{ steps.check.outputs.restore_command }}",
    },
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("release-readiness.mjs", {
        name: "Look for the image and the way back",
        id: "check",
        env: {
          VERSION: version,
          ...(baseline !== undefined && { BASELINE: baseline }),
          IMAGE: service.image,
          TAG_PREFIX: tagPrefix,
          SERVICE: service.name,
          STACK: stack,
          GITHUB_TOKEN: "${{ github.token }}",
        },
        grants: { contents: ["read", "list the releases"], packages: ["read", "resolve the image"] },
      }),
    ],
  };
}
