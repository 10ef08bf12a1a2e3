import * as z from "zod";

/** Parameters of GitHub's rules, by the rule's type; docs.github.com/rest/repos/rules. */

const pattern = z.object({ operator: z.enum(["starts_with", "ends_with", "contains", "regex"]), pattern: z.string(), negate: z.boolean().default(false) })
  .transform(({ negate, operator, pattern: text }) => ({ operator, pattern: text, negate }));

const method = z.enum(["merge", "squash", "rebase"]);

const pullRequest = z.object({
  required_approving_review_count: z.number(),
  dismiss_stale_reviews_on_push: z.boolean(),
  require_code_owner_review: z.boolean(),
  require_last_push_approval: z.boolean(),
  required_review_thread_resolution: z.boolean(),
  allowed_merge_methods: z.array(method).optional(),
  required_reviewers: z.array(z.object({ file_patterns: z.array(z.string()), minimum_approvals: z.number(), reviewer: z.object({ id: z.number() }) })).default([]),
}).transform((rule) => ({
  approvals: rule.required_approving_review_count,
  dismissStaleReviews: rule.dismiss_stale_reviews_on_push,
  codeOwnerReview: rule.require_code_owner_review,
  lastPushApproval: rule.require_last_push_approval,
  threadResolution: rule.required_review_thread_resolution,
  methods: rule.allowed_merge_methods,
  reviewers: rule.required_reviewers.map(({ file_patterns: paths, minimum_approvals: approvals, reviewer }) => ({ team: reviewer.id, paths, approvals })),
}));

const checks = z.object({
  required_status_checks: z.array(z.object({ context: z.string(), integration_id: z.number().nullable().optional() })),
  strict_required_status_checks_policy: z.boolean().default(false),
  do_not_enforce_on_create: z.boolean().default(false),
}).transform((rule) => ({
  checks: rule.required_status_checks.map(({ context, integration_id: app }) => ({ context, ...(app != null && { app }) })),
  strict: rule.strict_required_status_checks_policy,
  ignoreOnCreate: rule.do_not_enforce_on_create,
}));

const queue = z.object({
  merge_method: z.enum(["MERGE", "SQUASH", "REBASE"]),
  grouping_strategy: z.enum(["ALLGREEN", "HEADGREEN"]),
  check_response_timeout_minutes: z.number(),
  max_entries_to_build: z.number(),
  max_entries_to_merge: z.number(),
  min_entries_to_merge: z.number(),
  min_entries_to_merge_wait_minutes: z.number(),
}).transform((rule) => ({
  method: method.parse(rule.merge_method.toLowerCase()),
  grouping: rule.grouping_strategy === "ALLGREEN" ? ("all-green" as const) : ("head-green" as const),
  timeoutMinutes: rule.check_response_timeout_minutes,
  maxBuild: rule.max_entries_to_build,
  maxMerge: rule.max_entries_to_merge,
  minMerge: rule.min_entries_to_merge,
  minMergeWaitMinutes: rule.min_entries_to_merge_wait_minutes,
}));

const tool = z.object({
  tool: z.string(),
  alerts_threshold: z.enum(["none", "errors", "errors_and_warnings", "all"]),
  security_alerts_threshold: z.enum(["none", "critical", "high_or_higher", "medium_or_higher", "all"]),
}).transform((each) => ({ tool: each.tool, alerts: each.alerts_threshold, securityAlerts: each.security_alerts_threshold }));

/** What each rule's parameters say, in the configuration's words; a rule without parameters is there or not. */
export const PARAMETERS = {
  pull_request: pullRequest,
  required_status_checks: checks,
  merge_queue: queue,
  required_deployments: z.object({ required_deployment_environments: z.array(z.string()) }).transform((rule) => rule.required_deployment_environments),
  code_scanning: z.object({ code_scanning_tools: z.array(tool) }).transform((rule) => rule.code_scanning_tools),
  copilot_code_review: z.object({ review_draft_pull_requests: z.boolean().default(false), review_on_push: z.boolean().default(false) })
    .transform((rule) => ({ drafts: rule.review_draft_pull_requests, pushes: rule.review_on_push })),
  branch_name_pattern: pattern,
  tag_name_pattern: pattern,
  commit_message_pattern: pattern,
  commit_author_email_pattern: pattern,
  committer_email_pattern: pattern,
  file_path_restriction: z.object({ restricted_file_paths: z.array(z.string()) }).transform((rule) => rule.restricted_file_paths),
  file_extension_restriction: z.object({ restricted_file_extensions: z.array(z.string()) }).transform((rule) => rule.restricted_file_extensions),
  max_file_size: z.object({ max_file_size: z.number() }).transform((rule) => rule.max_file_size),
  max_file_path_length: z.object({ max_file_path_length: z.number() }).transform((rule) => rule.max_file_path_length),
} as const;

/** Rules that are there or not. */
export const PLAIN = ["creation", "update", "deletion", "non_fast_forward", "required_signatures", "required_linear_history"] as const;

const parameters = z.object(PARAMETERS).partial();

/** The rules of a ruleset by type, their parameters read; and the types that nobody here knows. */
export interface Rules extends z.output<typeof parameters> {
  plain: ReadonlySet<string>;
  unknown: string[];
}

export function readRules(rules: readonly { type: string; parameters?: Record<string, unknown> | undefined }[]): Rules {
  const given = new Map(rules.map((rule) => [rule.type, rule.parameters ?? {}]));
  const known = new Set<string>([...PLAIN, ...Object.keys(PARAMETERS)]);
  const whole = parameters.safeParse(Object.fromEntries(given));
  const misread = new Set(whole.success ? [] : whole.error.issues.map(({ path }) => String(path[0])));
  return {
    ...parameters.parse(Object.fromEntries([...given].filter(([type]) => !misread.has(type)))),
    plain: new Set(PLAIN.filter((type) => given.has(type))),
    unknown: [...given.keys()].filter((type) => !known.has(type) || misread.has(type)),
  };
}
