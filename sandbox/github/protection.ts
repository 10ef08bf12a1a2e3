import type { Documents } from "../documents.ts";
import { at, isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";

/** The repository role "admin", which the sandbox's actor holds. */
const ADMIN_ROLE = 5;

/**
 * Why GitHub refuses a commit that goes straight to a branch: an active ruleset that asks for pull requests, checks, or
 * signatures, unless the actor (an organisation and repository administrator) may always bypass it.
 */
export function pushRefusal(documents: Documents, repository: string, inputs: Properties, defaultBranch: string): string | undefined {
  const branch = typeof inputs["branch"] === "string" ? inputs["branch"] : defaultBranch;
  const violations = documents.list(`${repository}/rulesets`)
    .filter(({ body }) => body["enforcement"] === "active" && body["target"] === "branch" && covers(body, branch, defaultBranch) && !bypasses(body))
    .flatMap(({ body }) => violated(body, inputs));
  if (violations.length === 0) return undefined;
  return `PUT https://api.github.com/repos/${repository.slice("github/".length)}/contents/${String(inputs["file"])}: 409 Repository rule violations found: ${[...new Set(violations)].join(" ")} []`;
}

function violated(ruleset: Properties, inputs: Properties): string[] {
  const rules = ruleset["rules"];
  if (!isProperties(rules)) return [];
  const authored = inputs["commitAuthor"] !== undefined || inputs["commitEmail"] !== undefined;
  return [
    ...(isProperties(rules["pullRequest"]) ? ["Changes must be made through a pull request."] : []),
    ...(isProperties(rules["requiredStatusChecks"]) ? ["Required status checks are expected."] : []),
    ...(rules["update"] === true ? ["Cannot update this protected ref."] : []),
    ...(isProperties(rules["mergeQueue"]) ? ["Changes must be made through the merge queue."] : []),
    // GitHub signs commits made by its API itself, but not those that name another author.
    ...(rules["requiredSignatures"] === true && authored ? ["Commits must have verified signatures."] : []),
  ];
}

function bypasses(ruleset: Properties): boolean {
  const actors = ruleset["bypassActors"];
  return Array.isArray(actors) && actors.filter(isProperties).some((actor) => actor["bypassMode"] !== "pull_request"
    && (actor["actorType"] === "OrganizationAdmin" || (actor["actorType"] === "RepositoryRole" && actor["actorId"] === ADMIN_ROLE)));
}

function covers(ruleset: Properties, branch: string, defaultBranch: string): boolean {
  const matches = (list: Value | undefined) => Array.isArray(list) && list.some((pattern) => typeof pattern === "string" && matchesRef(pattern, branch, defaultBranch));
  return matches(at(ruleset, ["conditions", "refName", "includes"])) && !matches(at(ruleset, ["conditions", "refName", "excludes"]));
}

/** GitHub's fnmatch: `*` stays within a path segment, `**` does not. */
export function matchesRef(pattern: string, branch: string, defaultBranch: string): boolean {
  if (pattern === "~ALL") return true;
  if (pattern === "~DEFAULT_BRANCH") return branch === defaultBranch;
  const escaped = pattern.replace(/^refs\/heads\//, "").replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const expression = escaped.replace(/\*\*\/?|\*|\?/g, (wildcard) => (wildcard.startsWith("**") ? ".*" : wildcard === "*" ? "[^/]*" : "[^/]"));
  return new RegExp(`^${expression}$`).test(branch);
}
