import type { WorkflowInputs } from "./types.ts";

/** Actions that an action runs in turn: the list of what may run holds for them too. */
const within: Readonly<Record<string, readonly string[]>> = { "aquasecurity/trivy-action": ["aquasecurity/setup-trivy"] };

/** The actions that a workflow uses, as `owner/name`, without what lies in the repository itself. */
export function actionsOf({ jobs }: WorkflowInputs): string[] {
  const uses = Object.values(jobs).flatMap((job) => ("steps" in job ? job.steps.flatMap((step) => ("uses" in step ? [step.uses] : [])) : [job.uses]));
  const actions = uses.filter((use) => !use.startsWith("./")).map((use) => use.replace(/@.*$/, "").split("/").slice(0, 2).join("/"));
  return [...new Set(actions.flatMap((action) => [action, ...(within[action] ?? [])]))];
}
