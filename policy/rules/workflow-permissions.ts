import { actionsFile } from "../repository-files.ts";
import type { Complaint, ResourcePolicy } from "../types.ts";
import { fields } from "../values.ts";

const ADVICE = "write {} for the workflow, and for each job the permissions that it uses";

export const workflowPermissions: ResourcePolicy = {
  name: "workflow-permissions",
  about: "resource",
  severity: "mandatory",
  description: "A workflow's token can do what the workflow needs, and nothing else",
  reason: "Every step, and every dependency that a step installs, holds the token",
  judge(resource) {
    if (resource.type === "github:index/workflowRepositoryPermissions:WorkflowRepositoryPermissions") return standard(resource.properties["defaultWorkflowPermissions"]);
    const file = actionsFile(resource);
    if (file?.kind !== "workflow") return [];
    const { permissions, jobs } = fields(file.document);
    const all = Object.entries(fields(jobs)).map(([name, job]) => [`jobs.${name}.permissions`, fields(job)["permissions"]] as const);
    return [
      ...(permissions === undefined && all.some(([, given]) => given === undefined) ? [{ path: "permissions", wrong: "are missing, so that a job has the repository's default", todo: ADVICE }] : []),
      ...[["permissions", permissions] as const, ...all].flatMap(([path, given]) => wide(path, given)),
    ];
  },
};

function standard(given: unknown): Complaint[] {
  return given === "write" ? [{ path: "defaultWorkflowPermissions", wrong: "lets every workflow write everything", got: given, todo: "set it to read" }] : [];
}

function wide(path: string, given: unknown): Complaint[] {
  return given === "write-all" || given === "read-all" ? [{ path, wrong: "are wildcards", got: given, todo: ADVICE }] : [];
}
