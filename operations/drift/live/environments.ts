import { placeOf } from "../places.ts";
import { list, part, text } from "../../unknown.ts";
import type { Declared, Difference } from "../types.ts";
import { reviewersOf } from "./repository.ts";

/** What is not as declared in an environment's protection; a refresh shows it only as long as GitHub has a rule about it. */
export function environmentDifferences(declared: Declared, told: unknown, server?: string): Difference[] {
  const { inputs, type, urn, what } = declared;
  const object = liveInputs(inputs, told);
  const base = { urn, type, what, where: `${placeOf(declared, server)}/${text(told, "id")}/edit`, seenBy: "github" as const, object };
  return Object.keys(object).flatMap((field): Difference[] => {
    const [old, fresh] = [normal(field, part(inputs, field)), normal(field, part(object, field))];
    if (JSON.stringify(old) === JSON.stringify(fresh)) return [];
    const [was, is] = [part(inputs, field), part(object, field)];
    return [{ ...base, field, change: was === undefined ? "added" : is === undefined ? "removed" : "changed", declared: was, live: is }];
  });
}

/** The environment in the provider's form. */
function liveInputs(inputs: unknown, told: unknown): Record<string, unknown> {
  const rules = list(told, "protection_rules");
  const [teams, users] = [reviewersOf(told, "Team"), reviewersOf(told, "User")];
  const policy = part(told, "deployment_branch_policy");
  const waits = rules.find((rule) => text(rule, "type") === "wait_timer");
  const reviewed = rules.find((rule) => text(rule, "type") === "required_reviewers");
  return {
    repository: text(inputs, "repository"),
    environment: text(inputs, "environment"),
    reviewers: teams.length + users.length === 0 ? undefined : [{ teams, users }],
    preventSelfReview: text(reviewed, "prevent_self_review") === "true",
    canAdminsBypass: text(told, "can_admins_bypass") !== "false",
    waitTimer: Number(text(waits, "wait_timer")) || undefined,
    deploymentBranchPolicy: policy === undefined ? undefined : { protectedBranches: text(policy, "protected_branches") === "true", customBranchPolicies: text(policy, "custom_branch_policies") === "true" },
  };
}

/** What GitHub does when nothing is said, and order that means nothing, made equal on both sides. */
function normal(field: string, value: unknown): unknown {
  switch (field) {
    case "reviewers": {
      const of = (kind: string): number[] => list(value).flatMap((each) => list(each, kind)).map(Number).sort((one, other) => one - other);
      return [of("teams"), of("users")];
    }
    case "waitTimer":
      return Number(value ?? 0);
    case "preventSelfReview":
      return value === true;
    case "canAdminsBypass":
      return value !== false;
    case "deploymentBranchPolicy":
      return value === undefined ? undefined : [text(value, "protectedBranches"), text(value, "customBranchPolicies")];
    default:
      return text(value);
  }
}
