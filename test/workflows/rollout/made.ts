import { parse } from "yaml";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import type { Family, Pipeline, Repository } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";

interface Parsing<Options> {
  parse(value: unknown): Options;
}

/** A step as it stands in the document. */
export interface Step {
  name: string;
  if?: string;
  env?: Record<string, unknown>;
  with?: Record<string, unknown>;
}

/** What a family makes of settings, as GitHub reads it. */
export function made<Options>(family: Family<Options>, schema: Parsing<Options>, settings: object = {}, of: Repository = repository()): { document: ReturnType<typeof parse>; pipeline: Pipeline } {
  const pipeline = family(schema.parse(settings), of);
  const [workflow] = pipeline.workflows;
  if (!workflow) throw new Error("no workflow");
  return { document: parse(renderWorkflow(workflow)), pipeline };
}

/** The step of that name; an empty one where there is none. */
export const step = (job: { steps: Step[] }, name: string): Step => job.steps.find((each) => each.name === name) ?? { name: "" };
