import { security } from "../containers/security.ts";
import { renderWorkflow, scriptFiles } from "../kit/index.ts";
import type { Repository, WorkflowFile } from "../kit/index.ts";
import { ciWorkflow } from "./ci.ts";
import { deployWorkflow } from "./deploy.ts";
import { driftWorkflow } from "./drift.ts";
import type { StacksOptions } from "./options.ts";
import { previewWorkflow } from "./preview.ts";
import { releaseWorkflow } from "./release.ts";

export type { StacksOptions } from "./options.ts";

const BY = "Written by components/workflows/stacks/generate.ts; a test fails where it was changed by hand.";

/** The pipelines of a repository that holds a program of Slipway with its stacks. */
function stacksWorkflows(options: StacksOptions): WorkflowFile[] {
  return [ciWorkflow(options), previewWorkflow(options), deployWorkflow(options), driftWorkflow(options), releaseWorkflow(), ...securityWorkflows(options)];
}

/** The same as files, by path in the repository. */
export function stacksFiles(options: StacksOptions): Record<string, string> {
  const workflows = stacksWorkflows(options);
  return Object.assign(
    Object.fromEntries(workflows.map((workflow) => [`.github/workflows/${workflow.file}`, renderWorkflow({ ...workflow, by: BY })])),
    ...workflows.map(({ document }) => scriptFiles(document)),
  );
}

function securityWorkflows({ defaultBranch }: StacksOptions): WorkflowFile[] {
  const repository: Repository = { owner: "", name: "slipway", defaultBranch, visibility: "public", codeScanning: true, environments: {}, services: {}, labels: [], teams: [] };
  const none = "there is no Python to read";
  return security({
    schedule: "23 4 * * *",
    branches: [defaultBranch],
    languages: ["actions", "javascript-typescript"],
    sources: [],
    pythonVersion: "3.12",
    semgrepRules: [],
    failOnSeverity: "moderate",
    deniedLicences: [],
    without: {
      bandit: none,
      "pip-audit": none,
      semgrep: "CodeQL reads the same languages",
      trivy: "no image is built here",
      licences: "dependency-review judges what a change brings",
      sbom: "package-lock.json is the list",
    },
  }, repository).workflows;
}
