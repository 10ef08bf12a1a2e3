import { liveEnvironment, liveRepository, liveRuleset } from "../../../operations/adopt/repository/live.ts";
import type { LiveEnvironment, LiveRepository, LiveRuleset } from "../../../operations/adopt/repository/live.ts";

/** A repository as GitHub tells it when nobody has set anything. */
export function plain(more: Partial<LiveRepository> = {}, repository: Record<string, unknown> = {}): LiveRepository {
  return {
    owner: "acme",
    repository: liveRepository.parse({
      name: "shop", visibility: "private", default_branch: "main", allow_merge_commit: false, allow_rebase_merge: false, delete_branch_on_merge: true, allow_update_branch: true,
      squash_merge_commit_title: "PR_TITLE", squash_merge_commit_message: "PR_BODY", merge_commit_title: "MERGE_MESSAGE", merge_commit_message: "PR_TITLE", ...repository,
    }),
    vulnerabilityAlerts: true, dependabotUpdates: true, labels: [], teams: [], collaborators: [], actions: { enabled: true, allowed_actions: "selected", sha_pinning_required: true },
    selectedActions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] }, token: { default_workflow_permissions: "read", can_approve_pull_request_reviews: false },
    rulesets: [], environments: [], secrets: [], variables: [], dependabotSecrets: [], hooks: [], autolinks: [], workflowFiles: [], deployKeys: [], protectedBranches: [], ...more,
  };
}

export function environment(more: Record<string, unknown>, parts: Partial<Pick<LiveEnvironment, "policies" | "secrets" | "variables">> = {}): LiveEnvironment {
  return { ...liveEnvironment.parse({ name: "production", can_admins_bypass: false, ...more }), policies: [], secrets: [], variables: [], ...parts };
}

export function ruleset(more: Record<string, unknown>): LiveRuleset {
  return liveRuleset.parse({ id: 7, name: "main", target: "branch", enforcement: "active", ...more });
}
