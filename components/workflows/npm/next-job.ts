import { checkout, runScript } from "../kit/index.ts";
import type { StepsJob } from "../kit/index.ts";

/** `npm-publish.yml` → `npmPublish`: the family that makes a workflow's file. */
export function familyOf(workflow: string): string {
  return workflow.replace(/\.ya?ml$/, "").replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

interface Next {
  name: string;
  needs: readonly string[];
  condition?: string;
  /** Expression of the branch or tag that they run on. */
  ref: string;
}

/** Starts workflows on a branch or tag: what GITHUB_TOKEN pushes, tags or publishes starts nothing by itself. */
export function nextJob(workflows: readonly string[], { name, needs, condition, ref }: Next): StepsJob {
  return {
    name,
    needs,
    ...(condition !== undefined && { if: condition }),
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      ...workflows.map((workflow) =>
        runScript("start-workflow.mjs", {
          name: `Start ${workflow}`,
          env: { GITHUB_TOKEN: "${{ github.token }}", WORKFLOW: workflow, REF: ref },
          grants: { actions: ["write", "start the next workflow"] },
        }),
      ),
    ],
  };
}
