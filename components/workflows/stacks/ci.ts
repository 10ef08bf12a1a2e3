import { checkout, pinned } from "../kit/index.ts";
import type { WorkflowFile } from "../kit/index.ts";
import type { StacksOptions } from "./options.ts";

/** Every test of the program. */
export function ciWorkflow({ defaultBranch }: StacksOptions): WorkflowFile {
  return {
    file: "ci.yml",
    about: "Runs every suite of .ci/run on each pull request and on what is merged.",
    document: {
      name: "CI",
      on: { push: { branches: [defaultBranch] }, pull_request: { branches: [defaultBranch] } },
      concurrency: "cancel-on-pull-request",
      jobs: {
        test: {
          name: "test",
          timeoutMinutes: 180,
          steps: [
            checkout(),
            { name: "Set up Node", uses: pinned("actions/setup-node"), with: { "node-version": 24, "package-manager-cache": false } },
            { name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version": "1.26", cache: false } },
            { name: "Run every suite", run: ".ci/run" },
          ],
        },
      },
    },
  };
}
