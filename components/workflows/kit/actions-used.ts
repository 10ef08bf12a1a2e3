import type { WorkflowInputs } from "./types.ts";

/** The actions that a workflow uses, as `owner/name`, without what lies in the repository itself. */
export function actionsOf({ jobs }: WorkflowInputs): string[] {
  const uses = Object.values(jobs).flatMap((job) => ("steps" in job ? job.steps.flatMap((step) => ("uses" in step ? [step.uses] : [])) : [job.uses]));
  return [...new Set(uses.filter((use) => !use.startsWith("./")).map((use) => use.replace(/@.*$/, "").split("/").slice(0, 2).join("/")))];
}
