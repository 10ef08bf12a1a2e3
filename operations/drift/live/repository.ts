import { list, text } from "../../unknown.ts";
import type { Asker } from "./ask.ts";

/** What to ask of one repository. */
export interface Plan {
  owner: string;
  repository: string;
  /** The stack declares the repository itself, so that whatever nobody declared in it is a finding. */
  whole: boolean;
  /** The stack declares everybody's access. */
  access: boolean;
  /** The environments whose secrets, variables and branches are declared. */
  environments: readonly string[];
  /** Numbers of rulesets → when the state last learned of them, ISO 8601. */
  rulesets: ReadonlyMap<string, string>;
}

export interface LiveEnvironment {
  told: unknown;
  secrets: unknown[];
  variables: unknown[];
  policies: unknown[];
}

/** One repository as GitHub's API tells it, in its words. */
export interface LiveRepository {
  plan: Plan;
  environments: Map<string, LiveEnvironment>;
  rulesets: unknown[];
  secrets: unknown[];
  variables: unknown[];
  dependabotSecrets: unknown[];
  users: unknown[];
  teams: unknown[];
  webhooks: unknown[];
  deployKeys: unknown[];
}

const REPOSITORY = "GET /repos/{owner}/{repo}";

/** Reads a repository by its lists: what is declared and what is not come together, and no object is asked for alone. Undefined where it is gone. */
export async function readRepository(ask: Asker, plan: Plan): Promise<LiveRepository | undefined> {
  const at = { owner: plan.owner, repo: plan.repository };
  const of = async (path: string, key?: string, wanted = true): Promise<unknown[]> => (wanted ? ((await ask.list(`${REPOSITORY}${path}`, at, key)) ?? []) : []);
  const told = await ask.list(`${REPOSITORY}/environments`, at, "environments");
  if (told === undefined) return undefined;
  const [rulesets, secrets, variables, dependabotSecrets, users, teams, webhooks, deployKeys, environments] = await Promise.all([
    of("/rulesets?includes_parents=false", undefined, plan.whole).then((found) => Promise.all(found.map((ruleset) => detailed(ask, plan, ruleset)))),
    of("/actions/secrets", "secrets", plan.whole),
    of("/actions/variables", "variables", plan.whole),
    of("/dependabot/secrets", "secrets", plan.whole),
    of("/collaborators?affiliation=direct", undefined, plan.access),
    of("/teams", undefined, plan.access),
    of("/hooks", undefined, plan.whole),
    of("/keys", undefined, plan.whole),
    Promise.all(told.map((environment) => readEnvironment(ask, plan, environment))),
  ]);
  return { plan, rulesets, secrets, variables, dependabotSecrets, users, teams, webhooks, deployKeys, environments: new Map(environments) };
}

/** The list lacks rules and who may bypass; they are asked for where nobody declared the ruleset, or somebody changed it since the state learned of it. */
async function detailed(ask: Asker, { owner, repository, rulesets }: Plan, ruleset: unknown): Promise<unknown> {
  const known = rulesets.get(text(ruleset, "id"));
  if (known !== undefined && Date.parse(text(ruleset, "updated_at")) <= Date.parse(known)) return ruleset;
  return (await ask.one(`${REPOSITORY}/rulesets/{ruleset_id}`, { owner, repo: repository, ruleset_id: text(ruleset, "id") })) ?? ruleset;
}

async function readEnvironment(ask: Asker, { owner, repository, environments, whole }: Plan, told: unknown): Promise<[string, LiveEnvironment]> {
  const name = text(told, "name");
  const at = { owner, repo: repository, environment_name: name };
  const of = async (path: string, key: string, wanted = true): Promise<unknown[]> => (wanted ? ((await ask.list(`${REPOSITORY}/environments/{environment_name}${path}`, at, key)) ?? []) : []);
  // Of one that nobody declared it is what adopting it takes over.
  const declared = whole || environments.includes(name);
  const [secrets, variables, policies] = await Promise.all([
    of("/secrets", "secrets", declared),
    of("/variables", "variables", declared),
    of("/deployment-branch-policies", "branch_policies", declared && text(told, "deployment_branch_policy", "custom_branch_policies") === "true"),
  ]);
  return [name, { told, secrets, variables, policies }];
}

/** Numbers of an environment's reviewers of one kind, sorted. */
export function reviewersOf(told: unknown, kind: "Team" | "User"): number[] {
  const rules = list(told, "protection_rules").filter((rule) => text(rule, "type") === "required_reviewers");
  const reviewers = rules.flatMap((rule) => list(rule, "reviewers")).filter((reviewer) => text(reviewer, "type") === kind);
  return reviewers.map((reviewer) => Number(text(reviewer, "reviewer", "id"))).sort((one, other) => one - other);
}
