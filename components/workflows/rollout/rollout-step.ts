import { runScript } from "../kit/index.ts";
import type { Environment, RunStep } from "../kit/index.ts";
import { stackEnvironment } from "./stack-access.ts";
import type { StackAccess } from "./stack-access.ts";

/** A call of the stack's rollout commands; values may be expressions. */
export interface RolloutCall {
  command: "rollout" | "promote" | "rollback";
  name: string;
  id?: string;
  if?: string;
  service: string;
  environment: string;
  version: string;
  /** Label of the tracking issue. */
  label: string;
  /** What only this command takes: FIRST_STAGE, DURATION_HOURS, AUTO_PROMOTE, NOW, STRATEGY, REASON, IMAGE. */
  values: Environment;
}

/** A hosted runner ends a job after six hours; the driver leaves before that and says how to go on. */
export const LONGEST_MINUTES = 355;

/** Calls the stack's command, follows it, and keeps the tracking issue; see docs/rollout-contract.md. */
export function rolloutStep(stack: StackAccess, { command, name, id, if: condition, service, environment, version, label, values }: RolloutCall): RunStep {
  return runScript("rollout.mjs", {
    name,
    ...(id !== undefined && { id }),
    ...(condition !== undefined && { if: condition }),
    env: {
      COMMAND: command,
      SERVICE: service,
      VERSION: version,
      ENVIRONMENT: environment,
      ...values,
      ISSUE_LABEL: label,
      ...stackEnvironment(stack),
      GITHUB_TOKEN: "${{ github.token }}",
    },
    grants: { issues: ["write", "keep the rollout's issue"] },
  });
}

/** One rollout of a service at a time, whichever workflow walks it; a second one waits and is never cancelled. */
export function rolloutGroup(service: string): { group: string; cancel: boolean } {
  return { group: `rollout-${service}`, cancel: false };
}
