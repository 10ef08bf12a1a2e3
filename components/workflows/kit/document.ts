import { mapValues } from "../../map-values.ts";
import { permissionsOf } from "./grants.ts";
import { some } from "./some.ts";
import type { CallJob, Concurrency, Environment, Job, ServiceContainer, Step, StepsJob, Strategy, WorkflowDocument, WorkflowInputs } from "./types.ts";

const RUNNER = "ubuntu-24.04";

/** The document that GitHub reads, its keys in the order in which people write them. */
export function documentOf({ name, runName, on, concurrency, env, jobs }: WorkflowInputs): WorkflowDocument {
  return {
    name,
    ...(runName !== undefined && { "run-name": runName }),
    on,
    permissions: {},
    concurrency: concurrencyOf(concurrency),
    ...(env && { env }),
    jobs: mapValues(jobs, jobOf),
  };
}

const GROUP = "${{ github.workflow }}-${{ github.ref }}";

function concurrencyOf(concurrency: Concurrency | { group: string; cancel: boolean }): { group: string; "cancel-in-progress": boolean | string } {
  switch (concurrency) {
    case "cancel":
      return { group: GROUP, "cancel-in-progress": true };
    case "queue":
      return { group: GROUP, "cancel-in-progress": false };
    case "cancel-on-pull-request":
      return { group: GROUP, "cancel-in-progress": "${{ github.event_name == 'pull_request' }}" };
    default:
      return { group: concurrency.group, "cancel-in-progress": concurrency.cancel };
  }
}

function jobOf(job: Job): WorkflowDocument["jobs"][string] {
  return "steps" in job ? stepsJobOf(job) : callJobOf(job);
}

function stepsJobOf(job: StepsJob): WorkflowDocument["jobs"][string] {
  return {
    ...headOf(job),
    "runs-on": job.runsOn ?? RUNNER,
    "timeout-minutes": job.timeoutMinutes,
    ...(job.environment !== undefined && { environment: job.environment }),
    permissions: grantedTo(job),
    ...restOf(job),
    ...(job.services && { services: mapValues(job.services, serviceOf) }),
    ...(job.outputs && { outputs: job.outputs }),
    ...(job.env && { env: job.env }),
    steps: some(job.steps.map(stepOf)),
  };
}

function callJobOf(job: CallJob): WorkflowDocument["jobs"][string] {
  return {
    ...headOf(job),
    permissions: grantedTo(job),
    ...restOf(job),
    uses: job.uses,
    ...(job.with && { with: job.with }),
    ...(job.secrets && { secrets: job.secrets }),
  };
}

function headOf({ name, needs, if: condition }: Job): object {
  return { name, ...(needs && needs.length > 0 && { needs: [...needs] }), ...(condition !== undefined && { if: condition }) };
}

function restOf({ concurrency, strategy }: Job): object {
  return {
    ...(concurrency && { concurrency: { group: concurrency.group, "cancel-in-progress": concurrency.cancelInProgress } }),
    ...(strategy && { strategy: strategyOf(strategy) }),
  };
}

function strategyOf({ matrix, failFast, maxParallel }: Strategy): object {
  return { "fail-fast": failFast ?? false, ...(maxParallel !== undefined && { "max-parallel": maxParallel }), matrix };
}

function serviceOf({ image, env, ports, options }: ServiceContainer): { image: string; env?: Environment; ports?: [string, ...string[]]; options?: string } {
  return { image, ...(env && { env }), ...(ports && { ports: some(ports) }), ...(options !== undefined && { options }) };
}

function grantedTo(job: Job): Record<string, "read" | "write"> {
  return Object.fromEntries(permissionsOf(job).map(({ scope, level }) => [scope, level]));
}

type StepDocument = Record<string, unknown>;

function stepOf(step: Step): StepDocument {
  return {
    name: step.name,
    ...(step.id !== undefined && { id: step.id }),
    ...(step.if !== undefined && { if: step.if }),
    ...(step.continueOnError !== undefined && { "continue-on-error": step.continueOnError }),
    ...(step.timeoutMinutes !== undefined && { "timeout-minutes": step.timeoutMinutes }),
    ...("uses" in step ? { uses: step.uses, ...(step.with && { with: step.with }) } : {}),
    ...(step.workingDirectory !== undefined && { "working-directory": step.workingDirectory }),
    ...("run" in step && step.shell !== undefined && { shell: step.shell }),
    ...(step.env && { env: step.env }),
    ...("run" in step && { run: step.run }),
  };
}
