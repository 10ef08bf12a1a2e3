import { placeOf } from "../places.ts";
import { part, record, text } from "../../unknown.ts";
import type { Call, Difference } from "../types.ts";
import type { LiveEnvironment, LiveRepository } from "./repository.ts";

const REPOSITORY = "/repos/{owner}/{repo}";
const ENVIRONMENT = `${REPOSITORY}/environments/{environment_name}`;

interface Kind {
  /** As a finding names it. */
  type: string;
  /** After the repository (and the environment). */
  name: (item: unknown) => string;
  /** Where `name` differs from what the settings call it. @default the same */
  title?: (item: unknown) => string;
  /** What a person may see of it. @default nothing */
  shown?: (item: unknown) => unknown;
  removal: (item: unknown) => Call;
}

const named = (item: unknown): string => text(item, "name");

const ENVIRONMENTS: Kind = { type: "github:RepositoryEnvironment", name: named, removal: (item) => ({ route: `DELETE ${ENVIRONMENT}`, parameters: { environment_name: named(item) } }) };
const RULESETS: Kind = { type: "github:RepositoryRuleset", name: named, shown: (item) => ({ target: text(item, "target"), enforcement: text(item, "enforcement") }), removal: (item) => ({ route: `DELETE ${REPOSITORY}/rulesets/{ruleset_id}`, parameters: { ruleset_id: Number(text(item, "id")) } }) };
const SECRETS: Kind = { type: "github:ActionsSecret", name: named, removal: (item) => ({ route: `DELETE ${REPOSITORY}/actions/secrets/{secret_name}`, parameters: { secret_name: named(item) } }) };
const DEPENDABOT: Kind = { type: "github:DependabotSecret", name: named, removal: (item) => ({ route: `DELETE ${REPOSITORY}/dependabot/secrets/{secret_name}`, parameters: { secret_name: named(item) } }) };
const VARIABLES: Kind = { type: "github:ActionsVariable", name: named, shown: (item) => text(item, "value"), removal: (item) => ({ route: `DELETE ${REPOSITORY}/actions/variables/{name}`, parameters: { name: named(item) } }) };
/** An address may grant access, as Slack's does: only its host is shown. */
const WEBHOOKS: Kind = { type: "github:RepositoryWebhook", name: (item) => `${hostOf(text(item, "config", "url"))} ${text(item, "id")}`, shown: (item) => ({ events: part(item, "events"), active: part(item, "active") }), removal: (item) => ({ route: `DELETE ${REPOSITORY}/hooks/{hook_id}`, parameters: { hook_id: Number(text(item, "id")) } }) };
const KEYS: Kind = { type: "github:RepositoryDeployKey", name: (item) => text(item, "title") || text(item, "id"), shown: (item) => ({ readOnly: part(item, "read_only") }), removal: (item) => ({ route: `DELETE ${REPOSITORY}/keys/{key_id}`, parameters: { key_id: Number(text(item, "id")) } }) };
const OWN_SECRETS: Kind = { type: "github:ActionsEnvironmentSecret", name: named, removal: (item) => ({ route: `DELETE ${ENVIRONMENT}/secrets/{secret_name}`, parameters: { secret_name: named(item) } }) };
const OWN_VARIABLES: Kind = { type: "github:ActionsEnvironmentVariable", name: named, shown: (item) => text(item, "value"), removal: (item) => ({ route: `DELETE ${ENVIRONMENT}/variables/{name}`, parameters: { name: named(item) } }) };
const POLICIES: Kind = { type: "github:RepositoryEnvironmentDeploymentPolicy", name: named, shown: (item) => text(item, "type") || "branch", removal: (item) => ({ route: `DELETE ${ENVIRONMENT}/deployment-branch-policies/{branch_policy_id}`, parameters: { branch_policy_id: Number(text(item, "id")) } }) };

/** What a repository has although nobody declared it. `declared` are the names of all findings' objects, `ids` the numbers that GitHub gave the declared ones. */
export function unmanagedDifferences(live: LiveRepository, declared: ReadonlySet<string>, ids: ReadonlySet<string>, server?: string): Difference[] {
  const { plan } = live;
  const of = (kind: Kind, items: readonly unknown[], environment?: string): Difference[] => items.flatMap((item) => {
    const what = [`${kind.type}/${plan.repository}`, ...(environment === undefined ? [] : [environment]), kind.name(item)].join(":");
    // GitHub knows names of secrets and variables in one case only; numbered things are known by their number.
    if (declared.has(what) || (text(item, "id") !== "" && ids.has(`${kind.type} ${plan.repository} ${text(item, "id")}`))) return [];
    const { route, parameters } = kind.removal(item);
    const own = environment === undefined ? {} : { environment_name: environment };
    const where = placeOf({ type: kind.type, id: text(item, "id"), owner: plan.owner, inputs: { repository: plan.repository, name: named(item) } }, server);
    const since = text(item, "updated_at") || text(item, "created_at");
    return [{
      type: kind.type, what, change: "unmanaged" as const, where, seenBy: "github" as const, ...(since !== "" && { since }), object: record(item),
      ...(kind.shown !== undefined && { live: kind.shown(item) }), removal: { route, parameters: { owner: plan.owner, repo: plan.repository, ...own, ...parameters } },
    }];
  });
  const ofEnvironment = ([name, { secrets, variables, policies }]: [string, LiveEnvironment]): Difference[] => [...of(OWN_SECRETS, secrets, name), ...of(OWN_VARIABLES, variables, name), ...of(POLICIES, policies, name)];
  const whole = plan.whole ? of(ENVIRONMENTS, [...live.environments.values()].map(({ told, ...parts }) => ({ ...record(told), ...parts }))) : [];
  return [
    ...whole, ...of(RULESETS, live.rulesets), ...of(SECRETS, live.secrets), ...of(DEPENDABOT, live.dependabotSecrets), ...of(VARIABLES, live.variables),
    ...of(WEBHOOKS, live.webhooks), ...of(KEYS, live.deployKeys), ...[...live.environments].filter(([name]) => plan.environments.includes(name)).flatMap(ofEnvironment),
  ];
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : "webhook";
}
