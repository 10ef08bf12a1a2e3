import type { Pipeline, Repository } from "../kit/index.ts";
import { codeownersFile } from "./codeowners.ts";
import { dependabotFile } from "./dependabot.ts";
import { issueFormFiles } from "./issue-forms.ts";
import { pullRequestTemplateFile } from "./pull-request-template.ts";
import { securityPolicyFile } from "./security-policy.ts";
import type { CommunitySettings } from "./settings.ts";
import { workflowsReadmeFile } from "./workflows-readme.ts";

/** The files that GitHub and newcomers read, by path; they tell of the pipelines that the repository has. */
export function communityFiles(settings: CommunitySettings, repository: Repository, pipelines: readonly Pipeline[]): Record<string, string> {
  const { dependabot, codeowners, securityPolicy, issueForms, pullRequestTemplate, workflowsReadme } = settings;
  const workflows = pipelines.flatMap((pipeline) => pipeline.workflows);
  return {
    ...(dependabot && { ".github/dependabot.yml": dependabotFile(dependabot) }),
    ...(codeowners && { ".github/CODEOWNERS": codeownersFile(codeowners, repository.owner) }),
    ...(securityPolicy && { "SECURITY.md": securityPolicyFile(securityPolicy, repository) }),
    ...(issueForms && issueFormFiles(issueForms)),
    ...(pullRequestTemplate && { ".github/PULL_REQUEST_TEMPLATE.md": pullRequestTemplateFile(pullRequestTemplate) }),
    ...(workflowsReadme && workflows.length > 0 && { ".github/workflows/README.md": workflowsReadmeFile(workflows, repository) }),
  };
}
