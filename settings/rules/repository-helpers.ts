import type { RepositoryWithPipelines } from "../../components/delivery/pipelines.ts";
import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { RepositorySettings } from "../schema/repository.ts";
import type { Sections } from "../schema/settings.ts";
import type { Rule } from "./rule.ts";

/** The path of something inside a repository's settings. */
export type At = (...parts: readonly PropertyKey[]) => string;

/** A rule over each repository, whoever owns it. */
export function eachRepository(check: (settings: RepositorySettings, at: At) => Problem[]): Rule {
  return ({ repositories }: Sections) =>
    Object.entries(repositories).flatMap(([name, settings]) => check(settings, (...parts) => pathText(["repositories", name, ...parts])));
}

/** A rule over each repository that this stack owns. */
export function eachDeclared(check: (settings: RepositoryWithPipelines, at: At) => Problem[]): Rule {
  return eachRepository((settings, at) => (settings.existing ? [] : check(settings, at)));
}

/** A problem for each name that an earlier one equals but for case: GitHub, or a checkout on macOS and Windows, takes the two for one. */
export function caseTwins(names: readonly string[], place: (name: string) => string): Problem[] {
  const first = new Map<string, string>();
  return names.flatMap((name) => {
    const known = first.get(name.toLowerCase());
    if (known === undefined) {
      first.set(name.toLowerCase(), name);
      return [];
    }
    return [{ path: place(name), wrong: `differs from ${known} only in case`, got: name, todo: "remove one of them, or rename it" }];
  });
}

/** A problem for each item that an earlier one equals. */
export function repeated(items: readonly (string | number)[], place: (index: number) => string): Problem[] {
  return items.flatMap((item, index) =>
    items.indexOf(item) < index ? [{ path: place(index), wrong: "is there twice", got: item, todo: "remove one of them" }] : [],
  );
}

/** Whether one of git's patterns, as rulesets have them, takes in a branch. */
export function takesIn(patterns: readonly string[], branch: string, isDefault: boolean): boolean {
  return patterns.some((pattern) => {
    if (pattern === "~ALL") return true;
    if (pattern === "~DEFAULT_BRANCH") return isDefault;
    return new RegExp(`^${pattern.split(/(\*\*|\*|\?)/).map(wildcard).join("")}$`).test(branch);
  });
}

/** A text inside a regular expression, as itself. */
export function literal(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}

function wildcard(part: string): string {
  switch (part) {
    case "**":
      return ".*";
    case "*":
      return "[^/]*";
    case "?":
      return "[^/]";
    default:
      return literal(part);
  }
}
