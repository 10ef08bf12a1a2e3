import { some } from "../kit/index.ts";
import type { StepsJob, WorkflowFile } from "../kit/index.ts";
import { APP_TOKEN, appTokenStep, programSteps, signInStep, stackEnvironment } from "./access.ts";
import type { Stack, StacksOptions } from "./options.ts";

/** Looks for what somebody changed behind the stacks' backs, and keeps an issue about it. */
export function driftWorkflow({ stacks }: StacksOptions): WorkflowFile {
  const schedules = [...new Set(stacks.map((stack) => stack.driftSchedule))];
  return {
    file: "drift.yml",
    about: "Looks for what was changed by hand, and keeps one issue a stack that says what to do; the issue is closed when nothing is left.\nBy hand it looks at every stack at once.",
    document: {
      name: "Drift",
      on: { schedule: some(schedules.map((cron) => ({ cron }))), workflow_dispatch: {} },
      concurrency: "queue",
      jobs: Object.fromEntries(stacks.map((stack) => [stack.name, driftJob(stack, schedules.length > 1)])),
    },
  };
}

function driftJob({ driftSchedule, name }: Stack, own: boolean): StepsJob {
  return {
    name: `Drift of ${name}`,
    ...(own && { if: `\${{ github.event_name != 'schedule' || github.event.schedule == '${driftSchedule}' }}` }),
    timeoutMinutes: 60,
    environment: `${name}-drift`,
    steps: [
      ...programSteps(),
      signInStep(),
      appTokenStep(),
      {
        name: "Look for drift",
        // 2 says that there is some, which the issue tells; a run that is red says that nobody looked.
        run: 'npm run --silent slipway -- drift --stack "$STACK" --issue "$GITHUB_REPOSITORY" || [ "$?" -eq 2 ]',
        env: { ...stackEnvironment(name), GITHUB_TOKEN: APP_TOKEN },
      },
    ],
  };
}
