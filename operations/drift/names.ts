import { text } from "../unknown.ts";

/** `github:index/repository:Repository` → `github:Repository`. */
export function shortType(type: string): string {
  const parts = type.split(":");
  return `${parts[0] ?? ""}:${parts.at(-1) ?? ""}`;
}

/** Inputs that name an object of GitHub's within its repository, the first that is there. */
const GITHUB_NAMES = [
  ["secretName"], ["variableName"], ["branchPattern"], ["tagPattern"], ["pattern"], ["file"], ["keyPrefix"], ["configuration", "url"], ["propertyName"],
  ["username"], ["teamId"], ["headRef"], ["title"], ["branch"], ["name"],
] as const;

/** These are the repository's only one, though they hold what names others. */
const SINGLE = new Set(["github:Repository", "github:BranchDefault", "github:RepositoryPages"]);

/** The repository that an object of GitHub's belongs to, without its owner; empty for what belongs to none. */
export function repositoryOf(type: string, inputs: unknown): string {
  if (!type.startsWith("github:")) return "";
  const named = text(inputs, "repository") || text(inputs, "baseRepository") || text(inputs, "repositoryId");
  return shortType(type) === "github:Repository" ? text(inputs, "name") : named;
}

/** Type and name, as the findings and the settings have it: `kubernetes:Deployment/shop/web`, `github:ActionsSecret/shop:TOKEN`. */
export function whatOf(type: string, inputs: unknown, id: string): string {
  const short = shortType(type);
  if (short.startsWith("kubernetes:")) return [short, text(inputs, "metadata", "namespace"), text(inputs, "metadata", "name")].filter((part) => part !== "").join("/");
  if (!short.startsWith("github:")) return `${short}/${id}`;
  const environment = text(inputs, "environment") || text(inputs, "environmentName");
  const name = SINGLE.has(short) ? "" : GITHUB_NAMES.map((keys) => text(inputs, ...keys)).find((found) => found !== "") ?? "";
  const parts = [repositoryOf(type, inputs), environment, name].filter((part) => part !== "");
  return `${short}/${parts.length === 0 ? id : parts.join(":")}`;
}
