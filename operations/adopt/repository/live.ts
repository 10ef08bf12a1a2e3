import * as z from "zod";

/** GitHub's answers, as far as the configuration has a word for them; docs.github.com/rest. What is not looked at may be anything. */

const status = z.object({ status: z.string() }).optional();

export const liveRepository = z.object({
  name: z.string(),
  description: z.string().nullable().default(null), homepage: z.string().nullable().default(null),
  topics: z.array(z.string()).default([]),
  visibility: z.enum(["public", "private", "internal"]),
  archived: z.boolean().default(false), is_template: z.boolean().default(false),
  default_branch: z.string(),
  has_issues: z.boolean().default(true), has_projects: z.boolean().default(false),
  has_wiki: z.boolean().default(false), has_discussions: z.boolean().default(false),
  web_commit_signoff_required: z.boolean().default(false),
  allow_merge_commit: z.boolean().default(true), allow_squash_merge: z.boolean().default(true),
  allow_rebase_merge: z.boolean().default(true),
  squash_merge_commit_title: z.string().optional(), squash_merge_commit_message: z.string().optional(),
  merge_commit_title: z.string().optional(), merge_commit_message: z.string().optional(),
  allow_auto_merge: z.boolean().default(false), delete_branch_on_merge: z.boolean().default(false),
  allow_update_branch: z.boolean().default(false),
  fork: z.boolean().default(false), parent: z.object({ full_name: z.string() }).optional(),
  template_repository: z.object({ full_name: z.string() }).nullable().optional(),
  security_and_analysis: z.object({ advanced_security: status, secret_scanning: status, secret_scanning_push_protection: status }).nullable().optional(),
});

export const livePages = z.object({
  build_type: z.enum(["legacy", "workflow"]).nullable().default("legacy"),
  source: z.object({ branch: z.string(), path: z.string() }).nullable().optional(),
  cname: z.string().nullable().default(null),
  https_enforced: z.boolean().default(false),
});

export const liveLabel = z.object({ name: z.string(), color: z.string(), description: z.string().nullable().default(null) });
export const liveTeam = z.object({ id: z.number(), slug: z.string(), permission: z.string() });
export const liveCollaborator = z.object({ id: z.number(), login: z.string(), role_name: z.string() });

export const liveActions = z.object({ enabled: z.boolean(), allowed_actions: z.enum(["all", "local_only", "selected"]).optional(), sha_pinning_required: z.boolean().default(false) });
export const liveSelected = z.object({ github_owned_allowed: z.boolean().default(false), verified_allowed: z.boolean().default(false), patterns_allowed: z.array(z.string()).default([]) });
export const liveToken = z.object({ default_workflow_permissions: z.enum(["read", "write"]), can_approve_pull_request_reviews: z.boolean() });

const reviewer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Team"), reviewer: z.object({ id: z.number(), slug: z.string().optional() }) }),
  z.object({ type: z.literal("User"), reviewer: z.object({ id: z.number(), login: z.string().optional() }) }),
]);

export const liveEnvironment = z.object({
  name: z.string(),
  can_admins_bypass: z.boolean().default(true),
  protection_rules: z.array(z.object({
    type: z.string(),
    wait_timer: z.number().optional(),
    prevent_self_review: z.boolean().optional(),
    reviewers: z.array(reviewer).optional(),
  })).default([]),
  deployment_branch_policy: z.object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() }).nullable().default(null),
});

export const livePolicy = z.object({ id: z.number(), name: z.string(), type: z.enum(["branch", "tag"]).default("branch") });
export const liveSecret = z.object({ name: z.string() });
export const liveVariable = z.object({ name: z.string(), value: z.string() });

export const liveRuleset = z.object({
  id: z.number(),
  name: z.string(),
  target: z.enum(["branch", "tag", "push"]).default("branch"),
  enforcement: z.enum(["active", "evaluate", "disabled"]),
  bypass_actors: z.array(z.object({ actor_id: z.number().nullable().optional(), actor_type: z.string(), bypass_mode: z.string() })).default([]),
  conditions: z.object({ ref_name: z.object({ include: z.array(z.string()).default([]), exclude: z.array(z.string()).default([]) }).optional() }).nullable().optional(),
  rules: z.array(z.object({ type: z.string(), parameters: z.record(z.string(), z.unknown()).optional() })).default([]),
});

export const liveHook = z.object({
  id: z.number(),
  active: z.boolean().default(true),
  events: z.array(z.string()),
  config: z.object({ url: z.string().optional(), content_type: z.string().default("form"), insecure_ssl: z.union([z.string(), z.number()]).default("0"), secret: z.string().optional() }),
});

export const liveAutolink = z.object({ id: z.number(), key_prefix: z.string(), url_template: z.string(), is_alphanumeric: z.boolean().default(true) });

/** One environment with its parts. */
export interface LiveEnvironment extends z.infer<typeof liveEnvironment> {
  policies: z.infer<typeof livePolicy>[];
  secrets: string[];
  variables: z.infer<typeof liveVariable>[];
}

export type LiveRuleset = z.infer<typeof liveRuleset>;
export type LiveHook = z.infer<typeof liveHook>;
export type LiveAutolink = z.infer<typeof liveAutolink>;

/** Everything about one repository that `slipway adopt` reads. Absent: the token may not see it, and it stays unmanaged. */
export interface LiveRepository {
  owner: string;
  repository: z.infer<typeof liveRepository>;
  vulnerabilityAlerts: boolean;
  dependabotUpdates: boolean;
  pages?: z.infer<typeof livePages> | undefined;
  labels: z.infer<typeof liveLabel>[];
  teams: z.infer<typeof liveTeam>[];
  collaborators: z.infer<typeof liveCollaborator>[];
  actions: z.infer<typeof liveActions>;
  selectedActions?: z.infer<typeof liveSelected> | undefined;
  token: z.infer<typeof liveToken>;
  sharedWith?: string | undefined;
  rulesets: LiveRuleset[];
  environments: LiveEnvironment[];
  secrets: string[];
  variables: z.infer<typeof liveVariable>[];
  dependabotSecrets: string[];
  hooks: LiveHook[];
  autolinks: LiveAutolink[];
  /** Paths below `.github/workflows`. */
  workflowFiles: string[];
  deployKeys: string[];
  /** Branches under classic branch protection. */
  protectedBranches: string[];
}
