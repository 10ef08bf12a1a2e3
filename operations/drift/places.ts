import { repositoryOf, shortType } from "./names.ts";
import { text } from "../unknown.ts";

export interface Placed {
  type: string;
  id: string;
  owner: string;
  inputs: unknown;
}

/** Page of a repository's settings by type, after `/<owner>/<repository>/`; `{…}` is an input, `{#}` the number in the id. */
const PAGES: Readonly<Record<string, string>> = {
  Repository: "settings",
  RepositoryTopics: "",
  RepositoryPages: "settings/pages",
  RepositoryCollaborators: "settings/access",
  RepositoryCollaborator: "settings/access",
  TeamRepository: "settings/access",
  RepositoryDependabotSecurityUpdates: "settings/security_analysis",
  RepositoryVulnerabilityAlerts: "settings/security_analysis",
  ActionsRepositoryPermissions: "settings/actions",
  ActionsRepositoryAccessLevel: "settings/actions",
  WorkflowRepositoryPermissions: "settings/actions",
  BranchDefault: "settings/branches",
  BranchProtection: "settings/branches",
  Branch: "tree/{branch}",
  RepositoryFile: "blob/{branch}/{file}",
  RepositoryPullRequest: "pulls",
  IssueLabel: "labels/{name}",
  IssueLabels: "labels",
  RepositoryRuleset: "settings/rules/{#}",
  RepositoryEnvironment: "settings/environments",
  RepositoryEnvironmentDeploymentPolicy: "settings/environments",
  ActionsSecret: "settings/secrets/actions",
  ActionsVariable: "settings/variables/actions",
  ActionsEnvironmentSecret: "settings/environments",
  ActionsEnvironmentVariable: "settings/environments",
  DependabotSecret: "settings/secrets/dependabot",
  RepositoryWebhook: "settings/hooks/{#}",
  RepositoryAutolinkReference: "settings/key_links",
  RepositoryDeployKey: "settings/keys",
};

/** Where a person finds the object: a page of GitHub's, a kubectl command, or the provider's own id. */
export function placeOf(placed: Placed, server = "https://github.com"): string {
  const [provider = "", name = ""] = shortType(placed.type).split(":");
  if (provider === "github") return githubPage(name, placed, server);
  if (provider === "kubernetes") return kubectl(placed);
  return `${shortType(placed.type)} ${placed.id}`;
}

function githubPage(name: string, { type, owner, inputs, id }: Placed, server: string): string {
  const repository = repositoryOf(type, inputs);
  if (repository === "") return `${server}/organizations/${owner}/settings`;
  const page = (PAGES[name] ?? "settings").replaceAll(/\{([^}]+)\}/g, (_, hole: string) => escaped(hole === "#" ? (/\d+$/.exec(id)?.[0] ?? "") : text(inputs, hole)));
  return `${server}/${escaped(owner)}/${escaped(repository)}/${page}`.replace(/\/+$/, "");
}

/** Slashes of a path stay; whatever else would end or change the address does not. */
function escaped(part: string): string {
  return part.split("/").map(encodeURIComponent).join("/");
}

function kubectl({ type, inputs }: Placed): string {
  const [, groupVersion = "", kind = ""] = type.split(":");
  const group = groupVersion.split("/")[0] ?? "";
  const kindOf = group.includes(".") ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();
  const namespace = text(inputs, "metadata", "namespace");
  return `kubectl get ${kindOf} ${quoted(text(inputs, "metadata", "name"))}${namespace === "" ? "" : ` -n ${quoted(namespace)}`} -o yaml`;
}

/** As one word of a shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
