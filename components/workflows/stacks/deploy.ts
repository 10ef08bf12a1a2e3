import type { StepsJob, WorkflowFile } from "../kit/index.ts";
import { APP_TOKEN, appTokenStep, ownScript, programSteps, signInStep, stackEnvironment } from "./access.ts";
import type { StacksOptions } from "./options.ts";

const PREVIEW = "${{ runner.temp }}/preview.json";

/** Brings what was merged to the stacks, one after the other; each update applies exactly the plan that its approvers saw. */
export function deployWorkflow({ defaultBranch, stacks }: StacksOptions): WorkflowFile {
  const jobs = stacks.flatMap(({ name }, at): [string, StepsJob][] => {
    const before = stacks[at - 1];
    return [
      [`plan-${name}`, { ...planJob(name), ...(before === undefined ? { if: `\${{ github.ref == 'refs/heads/${defaultBranch}' }}` } : { needs: [`deploy-${before.name}`] }) }],
      [`deploy-${name}`, deployJob(name)],
    ];
  });
  return {
    file: "deploy.yml",
    about: [
      `Brings what is merged to ${stacks.map(({ name }) => name).join(", then to ")}. A plan comes first and says whether it is what the pull request showed;`,
      "who approves the environment sees it, and the update refuses any other.",
    ].join("\n"),
    document: {
      name: "Deploy",
      on: { push: { branches: [defaultBranch] }, workflow_dispatch: {} },
      concurrency: "queue",
      jobs: Object.fromEntries(jobs),
    },
  };
}

function planJob(stack: string): StepsJob {
  return {
    name: `Plan ${stack}`,
    timeoutMinutes: 30,
    environment: `${stack}-preview`,
    outputs: { digest: "${{ steps.plan.outputs.digest }}" },
    steps: [
      ...programSteps(),
      signInStep(),
      {
        name: "Preview",
        run: 'npm run --silent slipway -- preview --stack "$STACK" --policy-pack policy --check --json > "$PREVIEW"',
        env: { ...stackEnvironment(stack), PREVIEW, GITHUB_TOKEN: "${{ github.token }}" },
        grants: { checks: ["write", "show the plan to those who approve"] },
      },
      {
        name: "Compare with what was reviewed",
        id: "plan",
        run: ownScript("reviewed-plan.mjs"),
        env: { STACK: stack, PREVIEW, GITHUB_TOKEN: "${{ github.token }}" },
        grants: { "pull-requests": ["read", "find what the pull request showed"] },
      },
    ],
  };
}

function deployJob(stack: string): StepsJob {
  return {
    name: `Deploy to ${stack}`,
    needs: [`plan-${stack}`],
    timeoutMinutes: 60,
    environment: stack,
    // The backend refuses a second update; of runs that wait, GitHub keeps the last, which has the commits of the others.
    concurrency: { group: `stack-${stack}`, cancelInProgress: false },
    steps: [
      ...programSteps(),
      signInStep(),
      appTokenStep(),
      {
        name: "Apply the plan and nothing else",
        run: 'npm run --silent slipway -- up --stack "$STACK" --policy-pack policy --expect "$DIGEST"',
        env: { ...stackEnvironment(stack), DIGEST: `\${{ needs.plan-${stack}.outputs.digest }}`, GITHUB_TOKEN: APP_TOKEN },
      },
    ],
  };
}
