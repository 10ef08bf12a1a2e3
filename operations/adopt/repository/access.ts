import type { Adopted, Unmanaged } from "../types.ts";
import type { Declared } from "./core.ts";
import type { LiveRepository } from "./live.ts";

type Access = NonNullable<Declared["access"]>;
type Permission = Access["teams"][string];

/** What GitHub calls a role where it lists people, and what it is called where it is given. */
const PERMISSIONS: Record<string, Permission> = { pull: "pull", read: "pull", triage: "triage", push: "push", write: "push", maintain: "maintain", admin: "admin" };

/** What GitHub calls a role, in the configuration's words. */
export function permissionOf(role: string): Permission {
  return PERMISSIONS[role] ?? { role };
}

/** Everybody with access of their own. It is complete: whoever is not named loses access. The owner of a user's repository has it anyway. */
export function accessSettings({ collaborators, owner, teams }: Pick<LiveRepository, "collaborators" | "owner" | "teams">): Access {
  return {
    teams: Object.fromEntries(teams.map(({ slug, permission }) => [slug, permissionOf(permission)])),
    users: Object.fromEntries(collaborators.filter(({ login }) => login.toLowerCase() !== owner.toLowerCase()).map(({ login, role_name: role }) => [login, permissionOf(role)])),
    ignoredTeams: [],
  };
}

/** What GitHub Actions may do. While Actions are off, GitHub tells nothing else about them. */
export function actionsSettings({ actions, selectedActions, sharedWith, token }: Pick<LiveRepository, "actions" | "selectedActions" | "sharedWith" | "token">): NonNullable<Declared["actions"]> {
  return {
    allowed: allowedOf(actions, selectedActions),
    shaPinning: actions.enabled ? actions.sha_pinning_required : true,
    token: token.default_workflow_permissions,
    approvePullRequests: token.can_approve_pull_request_reviews,
    ...(isScope(sharedWith) && { sharedWith }),
  };
}

function allowedOf({ allowed_actions: allowed, enabled }: LiveRepository["actions"], selected: LiveRepository["selectedActions"]): NonNullable<Declared["actions"]>["allowed"] {
  if (!enabled) return { kind: "none" };
  if (allowed === "local_only") return { kind: "local" };
  if (allowed !== "selected") return { kind: "all" };
  return { kind: "selected", githubOwned: selected?.github_owned_allowed ?? false, verified: selected?.verified_allowed ?? false, patterns: selected?.patterns_allowed ?? [] };
}

function isScope(value: string | undefined): value is "none" | "user" | "organization" | "enterprise" {
  return value !== undefined && ["none", "user", "organization", "enterprise"].includes(value);
}

/** Labels as they are written: a description that says nothing is left out. */
export interface LabelsDraft {
  unnamed: "remove";
  named: Record<string, { color: string; description?: string }>;
}

/** The whole set of labels, as one. */
export function labelSettings(labels: LiveRepository["labels"]): Adopted<LabelsDraft | undefined> {
  const long = labels.filter(({ description }) => (description ?? "").length > 100);
  const unmanaged: Unmanaged[] = long.map(({ name }) => ({ path: `labels.named.${name}`, what: "has a description of more than 100 characters", todo: "shorten it: labels are adopted after that" }));
  if (long.length > 0 || labels.length === 0) return { settings: undefined, secrets: [], unmanaged };
  return { settings: { unnamed: "remove", named: Object.fromEntries(labels.map(({ color, description, name }) => [name, { color, ...(description && { description }) }])) }, secrets: [], unmanaged };
}
