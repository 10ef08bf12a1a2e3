import { stringsOf } from "./strings.ts";
import type { Job, StepsJob, WorkflowFile, WorkflowInputs } from "./types.ts";

/** Something of the repository that a job cannot do without. */
export interface Need {
  kind: "secret" | "variable" | "environment";
  name: string;
  /** Environments in which the job may run; none: it runs in no environment. */
  environments: readonly string[];
  /** Name of the workflow's file. */
  file: string;
  job: string;
}

const SECRETS = /\bsecrets\.([A-Za-z_][A-Za-z0-9_]*)/g;
const VARIABLES = /\bvars\.([A-Za-z_][A-Za-z0-9_]*)/g;

/** The secrets, variables and environments that a workflow names, read from the workflow itself. `GITHUB_TOKEN` is always there. */
export function needsOf({ file, document }: WorkflowFile): Need[] {
  return Object.entries(document.jobs).flatMap(([job, settings]) => {
    const environments = environmentsOf(settings, document);
    const text = [...stringsOf(settings), ...stringsOf(document.env ?? {})].join("\n");
    const named = (pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
    return [
      ...environments.map((name): Need => ({ kind: "environment", name, environments, file, job })),
      ...named(SECRETS).filter((name) => name !== "GITHUB_TOKEN").map((name): Need => ({ kind: "secret", name, environments, file, job })),
      ...named(VARIABLES).map((name): Need => ({ kind: "variable", name, environments, file, job })),
    ];
  });
}

function environmentsOf(job: Job, { on }: WorkflowInputs): string[] {
  if (!("steps" in job) || job.environment === undefined) return [];
  const name = nameOf(job.environment);
  const [, input, otherwise] = /^\$\{\{ inputs\.([A-Za-z_][\w-]*)(?: \|\| '([^']+)')? \}\}$/.exec(name) ?? [];
  const matrix = /^\$\{\{ matrix\.([A-Za-z_][\w-]*) \}\}$/.exec(name)?.[1];
  if (input !== undefined) return [...new Set([...(otherwise === undefined ? [] : [otherwise]), ...choicesOf(on, input)])];
  if (matrix !== undefined) return valuesOf(job, matrix);
  return [name];
}

function nameOf(environment: NonNullable<StepsJob["environment"]>): string {
  return typeof environment === "string" ? environment : environment.name;
}

/** What people may choose; an input without choices would name environments that nobody declared. */
function choicesOf({ workflow_dispatch: dispatch }: WorkflowInputs["on"], input: string): string[] {
  const options = dispatch?.inputs?.[input]?.options;
  if (options === undefined) throw new Error(`input ${input} names an environment and has no choices`);
  return [...options];
}

function valuesOf({ strategy }: StepsJob, key: string): string[] {
  const values = typeof strategy?.matrix === "object" ? strategy.matrix[key] : undefined;
  if (values === undefined || typeof values === "string") throw new Error(`matrix.${key} names an environment and has no values`);
  return values.map(String);
}
