import { parse } from "yaml";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import type { Pipeline, Repository } from "../../../components/workflows/kit/index.ts";
import { containers } from "../../../settings/schema/workflows/containers.ts";
import { containers as families } from "../../../components/workflows/containers/index.ts";
import { repository } from "../repository.ts";

export interface StepDocument {
  name: string;
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  "continue-on-error"?: boolean;
}

export interface JobDocument {
  name: string;
  needs?: string[];
  if?: string;
  environment?: { name: string; url?: string };
  permissions: Record<string, string>;
  outputs?: Record<string, string>;
  env?: Record<string, string>;
  strategy?: { matrix: Record<string, unknown> };
  steps: StepDocument[];
}

export interface Document {
  on: Record<string, unknown>;
  permissions: object;
  concurrency: Record<string, unknown>;
  jobs: Record<string, JobDocument>;
}

export type Key = keyof typeof families;

/** What the family makes of options as a stack writes them, read back from the file. */
export function documentOf(key: Key, options: object = {}, changes: Partial<Repository> = {}): Document {
  const [workflow] = pipelineOf(key, options, changes).workflows;
  if (!workflow) throw new Error(`${key} makes no workflow`);
  return parse(renderWorkflow(workflow)) as Document;
}

export function pipelineOf(key: Key, options: object, changes: Partial<Repository> = {}): Pipeline {
  const make = families[key] as (options: unknown, repository: Repository) => Pipeline;
  return make(containers[key].parse(options), repository(changes));
}

export function job({ jobs }: Document, id: string): JobDocument {
  const found = jobs[id];
  if (!found) throw new Error(`no job ${id}, only ${Object.keys(jobs).join(", ")}`);
  return found;
}

export function step(document: Document, id: string, name: string): StepDocument {
  const { steps } = job(document, id);
  const found = steps.find((each) => each.name === name);
  if (!found) throw new Error(`no step ${name}, only ${steps.map((each) => each.name).join(", ")}`);
  return found;
}

export function stepNames(document: Document, id: string): string[] {
  return job(document, id).steps.map(({ name }) => name);
}
