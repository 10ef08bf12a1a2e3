import type { CodeOwner } from "./codeowners.ts";
import type { DependabotSettings } from "./dependabot.ts";
import type { IssueFormsSettings } from "./issue-forms.ts";
import type { PullRequestTemplateSettings } from "./pull-request-template.ts";
import type { SecurityPolicySettings } from "./security-policy.ts";

/** `repositories.<name>.community`: files that GitHub itself reads, beside the workflows. An absent one is not made. */
export interface CommunitySettings {
  dependabot?: DependabotSettings | undefined;
  /** Whom GitHub asks for a review; the last line that takes a file decides. */
  codeowners?: CodeOwner[] | undefined;
  securityPolicy?: SecurityPolicySettings | undefined;
  issueForms?: IssueFormsSettings | undefined;
  pullRequestTemplate?: PullRequestTemplateSettings | undefined;
  /** Tells of the workflows in `.github/workflows/README.md`. */
  workflowsReadme: boolean;
}
