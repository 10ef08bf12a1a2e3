import type { Adopted, Unmanaged } from "../types.ts";
import type { Declared } from "./core.ts";
import type { LiveRuleset } from "./live.ts";
import { readRules } from "./ruleset-rules.ts";
import type { Rules } from "./ruleset-rules.ts";

export type RulesetSettings = Declared["rulesets"][string];
type Bypass = RulesetSettings["bypass"][number];
type Branch = Extract<RulesetSettings, { target: "branch" }>;

const ROLES: Record<number, "maintain" | "write" | "admin"> = { 2: "maintain", 4: "write", 5: "admin" };
const MODES: Record<string, Bypass["mode"]> = { always: "always", pull_request: "pull-request", exempt: "exempt" };

/** One ruleset. `methods` are the repository's merge methods: a pull request rule that allows just these need not say so. */
export function rulesetSettings(live: LiveRuleset, methods: readonly string[]): Adopted<RulesetSettings> {
  const path = `rulesets.${live.name}`;
  const rules = readRules(live.rules);
  const bypass = live.bypass_actors.map((actor) => bypassOf(path, actor));
  const common = { enforcement: live.enforcement, bypass: bypass.flatMap((each) => ("actor" in each ? [each.actor] : [])) };
  const unmanaged: Unmanaged[] = [
    ...bypass.flatMap((each) => ("unmanaged" in each ? [each.unmanaged] : [])),
    ...rules.unknown.map((type) => ({ path, what: `has a rule ${type} that the configuration has no word for`, todo: "the first update takes the rule away: leave the ruleset out of the configuration to keep it" })),
  ];
  return { settings: settingsOf(live, rules, common, methods), secrets: [], unmanaged };
}

type Common = Pick<RulesetSettings, "enforcement" | "bypass">;

function settingsOf(live: LiveRuleset, rules: Rules, common: Common, methods: readonly string[]): RulesetSettings {
  const { target } = live;
  switch (target) {
    case "push":
      return {
        target, ...common, blockedPaths: rules.file_path_restriction ?? [], blockedExtensions: rules.file_extension_restriction ?? [],
        maxFileMegabytes: rules.max_file_size, maxPathLength: rules.max_file_path_length,
      };
    case "tag":
      return { target, ...refs(live, rules, common) };
    case "branch":
      return { target, ...refs(live, rules, common), ...branchRules(rules, methods) };
    default:
      return target satisfies never;
  }
}

function refs(live: LiveRuleset, rules: Rules, common: Common) {
  const names = (given: readonly string[] | undefined): string[] => (given ?? []).map((name) => name.replace(/^refs\/(heads|tags)\//, ""));
  const has = (type: string): boolean => rules.plain.has(type);
  return {
    ...common,
    include: names(live.conditions?.ref_name?.include),
    exclude: names(live.conditions?.ref_name?.exclude),
    blockCreation: has("creation"),
    blockUpdate: has("update"),
    blockDeletion: has("deletion"),
    blockForcePush: has("non_fast_forward"),
    signatures: has("required_signatures"),
    patterns: {
      name: rules.branch_name_pattern ?? rules.tag_name_pattern, commitMessage: rules.commit_message_pattern,
      authorEmail: rules.commit_author_email_pattern, committerEmail: rules.committer_email_pattern,
    },
  };
}

type BranchRules = Pick<Branch, "linearHistory" | "pullRequest" | "requiredChecks" | "mergeQueue" | "requiredDeployments" | "codeScanning" | "copilotReview">;

function branchRules(rules: Rules, methods: readonly string[]): BranchRules {
  const { pull_request: request } = rules;
  const same = request?.methods === undefined || (request.methods.length === methods.length && request.methods.every((each) => methods.includes(each)));
  return {
    linearHistory: rules.plain.has("required_linear_history"),
    ...(request && { pullRequest: { ...request, methods: same ? undefined : request.methods } }),
    requiredChecks: rules.required_status_checks,
    mergeQueue: rules.merge_queue,
    requiredDeployments: rules.required_deployments ?? [],
    codeScanning: rules.code_scanning ?? [],
    copilotReview: rules.copilot_code_review,
  };
}

function bypassOf(path: string, { actor_id: id, actor_type: type, bypass_mode: given }: LiveRuleset["bypass_actors"][number]): { actor: Bypass } | { unmanaged: Unmanaged } {
  const mode = MODES[given] ?? "always";
  const role = ROLES[id ?? 0];
  if (type === "OrganizationAdmin") return { actor: { kind: "organization-admin", mode } };
  if (type === "EnterpriseOwner") return { actor: { kind: "enterprise-owner", mode } };
  if (type === "DeployKey") return { actor: { kind: "deploy-key", mode } };
  if (type === "RepositoryRole" && role !== undefined) return { actor: { kind: "role", role, mode } };
  if (type === "Team" && id != null) return { actor: { kind: "team", team: id, mode } };
  if (type === "User" && id != null) return { actor: { kind: "user", user: id, mode } };
  if (type === "Integration" && id != null) return { actor: { kind: "app", app: id, mode } };
  return { unmanaged: { path: `${path}.bypass`, what: `lets ${type} ${id ?? "without a number"} bypass it, which the configuration has no word for`, todo: "the first update takes that away" } };
}
