import type { LiveRepository } from "./live.ts";

/** A resource that the program would create, as the engine's preview tells it. */
export interface Wanted {
  /** `github:index/repositoryRuleset:RepositoryRuleset`. */
  type: string;
  inputs: Readonly<Record<string, unknown>>;
}

type Find = (inputs: Readonly<Record<string, unknown>>, live: LiveRepository) => string | undefined;

const text = (inputs: Readonly<Record<string, unknown>>, key: string): string => (typeof inputs[key] === "string" ? inputs[key] : "");
const itself: Find = (inputs) => text(inputs, "repository");
const environmentOf = (inputs: Readonly<Record<string, unknown>>, live: LiveRepository) => live.environments.find(({ name }) => name === text(inputs, "environment"));
const when = (there: boolean | undefined, id: string): string | undefined => (there === true ? id : undefined);

/** How the provider's import names each type; undefined where nothing of the kind is there. */
const IDS: Record<string, Find> = {
  Repository: (inputs) => text(inputs, "name"),
  BranchDefault: itself,
  RepositoryVulnerabilityAlerts: itself,
  RepositoryDependabotSecurityUpdates: itself,
  RepositoryPages: (inputs, { pages }) => when(pages !== undefined, text(inputs, "repository")),
  RepositoryCollaborators: itself,
  IssueLabels: itself,
  IssueLabel: (inputs, { labels }) => when(labels.some(({ name }) => name === text(inputs, "name")), `${text(inputs, "repository")}:${text(inputs, "name")}`),
  ActionsRepositoryPermissions: itself,
  ActionsRepositoryAccessLevel: itself,
  WorkflowRepositoryPermissions: itself,
  RepositoryEnvironment: (inputs, live) => when(environmentOf(inputs, live) !== undefined, `${text(inputs, "repository")}:${text(inputs, "environment")}`),
  RepositoryEnvironmentDeploymentPolicy: policyId,
  ActionsEnvironmentSecret: (inputs, live) => when(environmentOf(inputs, live)?.secrets.includes(text(inputs, "secretName")), `${text(inputs, "repository")}:${text(inputs, "environment")}:${text(inputs, "secretName")}`),
  ActionsEnvironmentVariable: (inputs, live) => when(environmentOf(inputs, live)?.variables.some(({ name }) => name === text(inputs, "variableName")), `${text(inputs, "repository")}:${text(inputs, "environment")}:${text(inputs, "variableName")}`),
  ActionsSecret: (inputs, { secrets }) => when(secrets.includes(text(inputs, "secretName")), `${text(inputs, "repository")}:${text(inputs, "secretName")}`),
  DependabotSecret: (inputs, { dependabotSecrets }) => when(dependabotSecrets.includes(text(inputs, "secretName")), `${text(inputs, "repository")}:${text(inputs, "secretName")}`),
  ActionsVariable: (inputs, { variables }) => when(variables.some(({ name }) => name === text(inputs, "variableName")), `${text(inputs, "repository")}:${text(inputs, "variableName")}`),
  RepositoryRuleset: (inputs, { rulesets }) => numbered(inputs, ":", rulesets.find(({ name }) => name === text(inputs, "name"))?.id),
  RepositoryWebhook: (inputs, { hooks }) => numbered(inputs, "/", hooks.find(({ config }) => config.url === urlOf(inputs))?.id),
  RepositoryAutolinkReference: (inputs, { autolinks }) => numbered(inputs, "/", autolinks.find(({ key_prefix: prefix }) => prefix === text(inputs, "keyPrefix"))?.id),
};

/** The id under which the provider imports a resource of the repository; undefined where it is not there, or its type is not adopted. */
export function repositoryImportId({ inputs, type }: Wanted, live: LiveRepository): string | undefined {
  return IDS[type.slice(type.lastIndexOf(":") + 1)]?.(inputs, live);
}

/** The repository that a resource belongs to; undefined for what belongs to none. */
export function repositoryOf({ inputs, type }: Wanted): string | undefined {
  if (!type.startsWith("github:")) return undefined;
  return text(inputs, type.endsWith(":Repository") ? "name" : "repository") || undefined;
}

function policyId(inputs: Readonly<Record<string, unknown>>, live: LiveRepository): string | undefined {
  const [type, pattern] = text(inputs, "tagPattern") === "" ? ["branch", text(inputs, "branchPattern")] : ["tag", text(inputs, "tagPattern")];
  const policy = environmentOf(inputs, live)?.policies.find((each) => each.type === type && each.name === pattern);
  return policy && `${text(inputs, "repository")}:${text(inputs, "environment")}:${policy.id}`;
}

function numbered(inputs: Readonly<Record<string, unknown>>, between: string, id: number | undefined): string | undefined {
  return id === undefined ? undefined : `${text(inputs, "repository")}${between}${id}`;
}

function urlOf({ configuration }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof configuration === "object" && configuration !== null && "url" in configuration && typeof configuration.url === "string" ? configuration.url : undefined;
}
