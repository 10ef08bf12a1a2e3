import type { GeneratedWorkflowTypes as GitHub } from "@github-actions-workflow-ts/lib";

/** A workflow as GitHub reads it. */
export type WorkflowDocument = GitHub.Workflow;
/** What starts a workflow; `{}` for an event without filters. */
export type Triggers = Exclude<WorkflowDocument["on"], string | readonly unknown[]>;
type Event = Exclude<GitHub.PermissionsEvent, undefined>;

/** What a job's token may be allowed, such as `contents` or `id-token`. */
export type Scope = keyof Event;
export type Level = "read" | "write";

/**
 * What a step needs of the job's token and why: `{ issues: ["write", "open the incident"] }`.
 * A job's permissions are what its steps need together, so no job has more; the reasons stand beside them in the file.
 */
export type Grants = Partial<Record<Scope, readonly [Level, string]>>;

export type Environment = Record<string, string | number | boolean>;

interface StepBase {
  name: string;
  id?: string;
  if?: string;
  env?: Environment;
  workingDirectory?: string;
  continueOnError?: boolean | string;
  timeoutMinutes?: number;
  grants?: Grants;
}

/** A step that runs shell. No `${{ }}` in `run`: values go through `env`. */
export interface RunStep extends StepBase {
  run: string;
  shell?: "bash" | "pwsh";
}

/** A step that runs an action: `uses` comes from `pinned()` or is a path of this repository. */
export interface ActionStep extends StepBase {
  uses: string;
  with?: Environment;
}

export type Step = RunStep | ActionStep;

/** A container beside the steps, such as a database. */
export interface ServiceContainer {
  image: string;
  env?: Environment;
  ports?: string[];
  options?: string;
}

export interface Strategy {
  matrix: Record<string, readonly unknown[] | string> | string;
  /** @default false: one failing platform does not hide the others */
  failFast?: boolean;
  maxParallel?: number;
}

interface JobBase {
  /** What people see in the list of checks. */
  name: string;
  needs?: readonly string[];
  if?: string;
  strategy?: Strategy;
  concurrency?: { group: string; cancelInProgress: boolean };
}

export interface StepsJob extends JobBase {
  /** @default ubuntu-24.04 */
  runsOn?: string;
  /** After so many minutes GitHub ends the job. */
  timeoutMinutes: number;
  environment?: string | { name: string; url?: string };
  outputs?: Record<string, string>;
  env?: Environment;
  services?: Record<string, ServiceContainer>;
  steps: readonly Step[];
}

/** A job that is another workflow of the same repository. */
export interface CallJob extends JobBase {
  /** `./.github/workflows/<file>` */
  uses: string;
  with?: Environment;
  /** Name in the called workflow → expression, such as `${{ secrets.NPM_TOKEN }}`. */
  secrets?: Record<string, string>;
  /** What the called jobs need; GitHub gives them no more than this job has. */
  grants: Grants;
}

export type Job = StepsJob | CallJob;

/** What happens to a run when a newer one of its group starts. */
export type Concurrency =
  /** Only the newest matters: tests, checks. */
  | "cancel"
  /** Both run, one after the other: whatever publishes, deploys or writes. */
  | "queue"
  /** As `cancel` on pull requests and as `queue` elsewhere. */
  | "cancel-on-pull-request";

export interface WorkflowInputs {
  name: string;
  /** As GitHub shows a run; with inputs, say which version or environment. */
  runName?: string;
  on: Triggers;
  concurrency: Concurrency | { group: string; cancel: boolean };
  env?: Environment;
  jobs: Record<string, Job>;
}

/** One workflow file. */
export interface WorkflowFile {
  /** Such as `release.yml`. */
  file: string;
  /** One to three lines at its top: what it does, and who or what starts it. */
  about: string;
  /** Who writes the file, for those who come to edit it. @default a stack, which undoes edits */
  by?: string;
  document: WorkflowInputs;
}
