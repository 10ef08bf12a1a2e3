import type { Resource, StackPolicy } from "../types.ts";
import { at, isUnknown, items, text } from "../values.ts";

const type = (name: string) => `github:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;

export const defaultBranchProtected: StackPolicy = {
  name: "default-branch-protected",
  about: "stack",
  severity: "mandatory",
  description: "An active ruleset lets a repository's default branch change by approved pull requests alone",
  reason: "What is on the default branch is deployed: whoever can push to it can put anything there",
  judge(resource, _settings, stack) {
    const { properties } = resource;
    if (resource.type !== type("Repository") || properties["archived"] === true) return [];
    const name = text(properties["name"]) || resource.name;
    const branch = text(at(stack.find((other) => other.type === type("BranchDefault") && at(other.properties, "repository") === name)?.properties, "branch")) || "main";
    const rulesets = stack.filter((other) => other.type === type("RepositoryRuleset") && at(other.properties, "repository") === name && covers(other, branch));
    const todo = "declare a branch ruleset for ~DEFAULT_BRANCH with a pull request rule of at least one approval";
    if (rulesets.length === 0) return [{ path: "rulesets", wrong: "have none for the default branch", got: branch, todo }];
    const active = rulesets.filter((ruleset) => ["active", "unknown"].includes(enforcementOf(ruleset)));
    const said = rulesets.map((ruleset) => text(at(ruleset.properties, "name"))).join(", ");
    if (active.length === 0) return [{ path: "rulesets", wrong: "are not enforced on the default branch", got: said, todo: "set enforcement to active" }];
    if (active.some(asks)) return [];
    return [{ path: "rulesets", wrong: "ask for no approved pull request on the default branch", got: said, todo }];
  },
};

function enforcementOf({ properties }: Resource): string {
  const enforcement = at(properties, "enforcement");
  return isUnknown(enforcement) ? "unknown" : text(enforcement);
}

function covers({ properties }: Resource, branch: string): boolean {
  if (at(properties, "target") !== "branch") return false;
  const names = ["~ALL", "~DEFAULT_BRANCH", `refs/heads/${branch}`];
  const listed = (key: string) => items(at(properties, "conditions", "refName", key)).some((pattern) => names.includes(text(pattern)));
  return listed("includes") && !listed("excludes");
}

function asks({ properties }: Resource): boolean {
  const count = at(properties, "rules", "pullRequest", "requiredApprovingReviewCount");
  return isUnknown(count) || Number(count ?? 0) >= 1;
}
