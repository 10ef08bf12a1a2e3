import type { RepositorySettings } from "../../../settings/schema/repository.ts";
import { secretKeyOf } from "../secret-key.ts";
import type { Adopted, NeededSecret, Unmanaged } from "../types.ts";
import type { LiveEnvironment } from "./live.ts";

export type EnvironmentSettings = RepositorySettings["environments"][string];

const KNOWN = new Set(["wait_timer", "required_reviewers", "branch_policy"]);
const NOBODY = "nobody had to approve when it was adopted";

/** One environment, with the names of its secrets: their values stay GitHub's. `repository` is its name, for the secrets' keys. */
export function environmentSettings(repository: string, live: LiveEnvironment): Adopted<EnvironmentSettings> {
  const path = `environments.${live.name}`;
  const secrets = live.secrets.map((name): NeededSecret & { name: string } => ({ name, key: secretKeyOf(repository, live.name, name), path: `${path}.secrets.${name}` }));
  const settings: EnvironmentSettings = {
    approvals: approvalsOf(live),
    waitMinutes: live.protection_rules.find(({ type }) => type === "wait_timer")?.wait_timer ?? 0,
    deployFrom: deployFromOf(live),
    secrets: Object.fromEntries(secrets.map(({ key, name }) => [name, { secret: key }])),
    variables: Object.fromEntries(live.variables.map(({ name, value }) => [name, value])),
  };
  return { settings, secrets: secrets.map(({ key, path: at }) => ({ key, path: at })), unmanaged: unmanagedOf(path, live) };
}

function approvalsOf({ can_admins_bypass: bypass, protection_rules: rules }: LiveEnvironment): EnvironmentSettings["approvals"] {
  const rule = rules.find(({ type }) => type === "required_reviewers");
  const reviewers = rule?.reviewers ?? [];
  if (reviewers.length === 0) return { unprotected: NOBODY };
  return {
    teams: reviewers.flatMap((each) => (each.type === "Team" ? [each.reviewer.slug ?? each.reviewer.id] : [])),
    users: reviewers.flatMap((each) => (each.type === "User" ? [each.reviewer.login ?? each.reviewer.id] : [])),
    preventSelfReview: rule?.prevent_self_review ?? false,
    adminsMayBypass: bypass,
  };
}

function deployFromOf({ deployment_branch_policy: policy, policies }: LiveEnvironment): EnvironmentSettings["deployFrom"] {
  if (policy === null) return { kind: "any" };
  if (policy.protected_branches) return { kind: "protected-branches" };
  const named = (kind: "branch" | "tag"): string[] => policies.filter(({ type }) => type === kind).map(({ name }) => name);
  return { kind: "patterns", branches: named("branch"), tags: named("tag") };
}

function unmanagedOf(path: string, live: LiveEnvironment): Unmanaged[] {
  const rules = live.protection_rules.filter(({ type }) => !KNOWN.has(type));
  const reviewed = live.protection_rules.some(({ reviewers, type }) => type === "required_reviewers" && (reviewers ?? []).length > 0);
  return [
    ...rules.map(({ type }) => ({ path, what: `has a rule of an app, ${type}`, todo: "it stays as it is: the configuration has no word for it" })),
    ...(!reviewed && live.can_admins_bypass
      ? [{ path: `${path}.approvals`, what: "lets administrators bypass its wait, though nobody has to approve", todo: "the first update forbids the bypass: the configuration allows it beside reviewers only" }]
      : []),
  ];
}
