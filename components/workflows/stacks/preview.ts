import type { StepsJob, WorkflowFile } from "../kit/index.ts";
import { programSteps, signInStep, stackEnvironment } from "./access.ts";
import type { Stack, StacksOptions } from "./options.ts";

/** A fork's run gets no secret and no token of its own, and neither does Dependabot's: there is nothing that it could preview with. */
const TRUSTED = "${{ github.event.pull_request.head.repo.full_name == github.repository && github.event.pull_request.user.login != 'dependabot[bot]' }}";

/** What each pull request would do to each stack, as a comment and as a check. */
export function previewWorkflow({ defaultBranch, stacks }: StacksOptions): WorkflowFile {
  return {
    file: "preview.yml",
    about: "Shows on each pull request what it would do to each stack, judged by the policies.\nPull requests from forks and of Dependabot are not previewed: they get no secrets, whatever they change.",
    document: {
      name: "Preview",
      on: { pull_request: { branches: [defaultBranch] } },
      concurrency: "cancel",
      jobs: Object.fromEntries(stacks.map((stack) => [stack.name, previewJob(stack)])),
    },
  };
}

function previewJob({ name }: Stack): StepsJob {
  return {
    name: `Preview ${name}`,
    if: TRUSTED,
    timeoutMinutes: 30,
    environment: `${name}-preview`,
    steps: [
      ...programSteps(),
      signInStep(),
      {
        name: "Preview",
        run: 'npm run --silent slipway -- preview --stack "$STACK" --policy-pack policy --comment --check',
        env: { ...stackEnvironment(name), GITHUB_TOKEN: "${{ github.token }}" },
        grants: { "pull-requests": ["write", "keep the comment"], checks: ["write", "tell the check"] },
      },
    ],
  };
}
