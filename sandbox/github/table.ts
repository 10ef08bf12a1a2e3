/** What a reference of a row needs to exist before the service accepts it. */
export type Need = "repository" | "environment" | "team" | "teams" | "user" | "users" | "reviewers" | "branch" | "source" | "head" | "secret room" | "writable branch" | "sources";

/**
 * Where one resource type lives and what it needs. `{name}` is an input, `{name|other}` has a fallback, `{#}` is the number
 * that GitHub gave the object. Paths are below `github/<owner>/`.
 */
export interface Row {
  path: string;
  id: string;
  /** The form that `pulumi import` takes. @default the id */
  importId?: string;
  needs?: readonly Need[];
  /** GitHub overwrites what exists already. @default false: it refuses */
  upsert?: true;
  /** GitHub's words for an object that exists already. */
  exists?: string;
}

const repository = ["repository"] as const;
const organization = "_organization";
const one = (name: string, more: readonly Need[] = []): Row => ({ path: `{repository}/${name}`, id: "{repository}", needs: ["repository", ...more], upsert: true });
const named = (folder: string, key: string, more: Partial<Row> = {}): Row => ({ path: `{repository}/${folder}/{${key}}`, id: `{repository}:{${key}}`, needs: repository, ...more });
const numbered = (folder: string, key: string, importId: string, more: Partial<Row> = {}): Row => ({ path: `{repository}/${folder}/{${key}}`, id: "{#}", importId, needs: repository, ...more });
const ofOrganization = (folder: string, key: string, more: Partial<Row> = {}): Row => ({ path: `${organization}/${folder}/{${key}}`, id: `{${key}}`, ...more });

/** The types that Slipway uses, and their neighbours. Every other type has the row that `genericRow` derives from the schema. */
export const ROWS: Record<string, Row> = {
  Repository: { path: "{name}/repository", id: "{name}", needs: ["sources"], exists: "422 Repository creation failed. [{Resource:Repository Field:name Code:custom Message:name already exists on this account}]" },
  RepositoryTopics: one("topics"),
  RepositoryPages: one("pages"),
  RepositoryCollaborators: one("collaborators", ["users", "teams"]),
  RepositoryDependabotSecurityUpdates: one("dependabot-security-updates"),
  RepositoryVulnerabilityAlerts: one("vulnerability-alerts"),
  ActionsRepositoryPermissions: one("actions-permissions"),
  ActionsRepositoryAccessLevel: one("actions-access-level"),
  ActionsRepositoryOidcSubjectClaimCustomizationTemplate: one("oidc-subject-claim"),
  WorkflowRepositoryPermissions: one("workflow-permissions"),
  BranchDefault: one("default-branch", ["branch"]),
  IssueLabels: one("labels"),
  IssueLabel: named("labels", "name", { upsert: true }),
  Branch: named("branches", "branch", { needs: ["repository", "source"], exists: "422 Reference already exists []" }),
  RepositoryRuleset: numbered("rulesets", "name", "{repository}:{#}", { exists: "422 Validation Failed [{Resource:Ruleset Field:name Code:already_exists Message:Name must be unique}]" }),
  RepositoryEnvironment: named("environments", "environment", { upsert: true, needs: ["repository", "reviewers"] }),
  RepositoryEnvironmentDeploymentPolicy: {
    path: "{repository}/environments/{environment}/deployment-policies/{policy}", id: "{repository}:{environment}:{#}", needs: ["repository", "environment"], upsert: true,
  },
  RepositoryDeploymentBranchPolicy: {
    path: "{repository}/environments/{environmentName}/branch-policies/{name}", id: "{#}", importId: "{repository}:{environmentName}:{#}", needs: ["repository", "environment"], upsert: true,
  },
  ActionsSecret: named("secrets", "secretName", { upsert: true, needs: ["repository", "secret room"] }),
  ActionsVariable: named("variables", "variableName", { exists: "409 Already exists - Variable already exists []" }),
  ActionsEnvironmentSecret: {
    path: "{repository}/environments/{environment}/secrets/{secretName}", id: "{repository}:{environment}:{secretName}", needs: ["repository", "environment", "secret room"], upsert: true,
  },
  ActionsEnvironmentVariable: {
    path: "{repository}/environments/{environment}/variables/{variableName}", id: "{repository}:{environment}:{variableName}", needs: ["repository", "environment"],
    exists: "409 Already exists - Variable already exists []",
  },
  DependabotSecret: named("dependabot-secrets", "secretName", { upsert: true, needs: ["repository", "secret room"] }),
  CodespacesSecret: named("codespaces-secrets", "secretName", { upsert: true, needs: ["repository", "secret room"] }),
  RepositoryFile: { path: "{repository}/files/{branch|default-branch}/{file}", id: "{repository}/{file}", importId: "{repository}/{file}:{branch|default-branch}", needs: ["repository", "branch", "writable branch"] },
  RepositoryPullRequest: {
    path: "{baseRepository}/pull-requests/{headRef}", id: "{owner|@owner}:{baseRepository}:{#}", needs: ["repository", "branch", "head"],
    exists: "422 Validation Failed [{Resource:PullRequest Field: Code:custom Message:A pull request already exists for this head}]",
  },
  RepositoryWebhook: numbered("webhooks", "configuration.url", "{repository}/{#}", { exists: "422 Validation Failed [{Resource:Hook Field: Code:custom Message:Hook already exists on this repository}]" }),
  RepositoryAutolinkReference: numbered("autolinks", "keyPrefix", "{repository}/{#}", { exists: "422 Validation Failed [{Resource:KeyLink Field:key_prefix Code:already_exists Message:}]" }),
  RepositoryDeployKey: { ...numbered("deploy-keys", "title", "{repository}:{#}", { exists: "422 Validation Failed [{Resource:PublicKey Field:key Code:custom Message:key is already in use}]" }), id: "{repository}:{#}" },
  RepositoryCustomProperty: named("custom-properties", "propertyName", { upsert: true }),
  RepositoryCollaborator: named("collaborator", "username", { needs: ["repository", "user"], upsert: true }),
  RepositoryMilestone: { ...numbered("milestones", "title", "{owner}/{repository}/{#}"), id: "{owner}/{repository}/{#}" },
  Release: numbered("releases", "tagName", "{repository}:{#}", { exists: "422 Validation Failed [{Resource:Release Field:tag_name Code:already_exists Message:}]" }),
  Issue: { ...numbered("issues", "title", "{repository}:{#}"), id: "{repository}:{#}" },
  TeamRepository: { path: "{repository}/teams/{teamId}", id: "{teamId}:{repository}", needs: ["repository", "team"], upsert: true },
  BranchProtection: { path: "{repositoryId}/branch-protection/{pattern}", id: "{#}", importId: "{repositoryId}:{pattern}", needs: repository, exists: "Name already protected: this pattern has a branch protection rule" },
  BranchProtectionV3: named("branch-protection", "branch", { needs: repository, upsert: true }),
  Team: { path: `${organization}/teams/{name}`, id: "{#}", exists: "422 Validation Failed [{Resource:Team Field:name Code:already_exists Message:Name must be unique for this org}]" },
  TeamMembers: { path: `${organization}/teams/{teamId|teamSlug}/members`, id: "{teamId|teamSlug}", needs: ["team"], upsert: true },
  TeamMembership: { path: `${organization}/teams/{teamId}/memberships/{username}`, id: "{teamId}:{username}", needs: ["team", "user"], upsert: true },
  TeamSettings: { path: `${organization}/teams/{teamId}/settings`, id: "{teamId}", needs: ["team"], upsert: true },
  Membership: ofOrganization("members", "username", { id: "{@owner}:{username}", upsert: true }),
  OrganizationRuleset: { path: `${organization}/rulesets/{name}`, id: "{#}" },
  OrganizationWebhook: { path: `${organization}/webhooks/{configuration.url}`, id: "{#}" },
  OrganizationSettings: { path: `${organization}/settings`, id: "{#}", upsert: true },
  ActionsOrganizationPermissions: { path: `${organization}/actions-permissions`, id: "{@owner}", upsert: true },
  ActionsOrganizationSecret: ofOrganization("secrets", "secretName", { upsert: true }),
  ActionsOrganizationVariable: ofOrganization("variables", "variableName", { exists: "409 Already exists - Variable already exists []" }),
  DependabotOrganizationSecret: ofOrganization("dependabot-secrets", "secretName", { upsert: true }),
};
