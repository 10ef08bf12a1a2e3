import type { DeclaredRepository, MergeMethod } from "../../components/github/repository-settings.ts";
import type { BranchRuleset, BypassActor, PushRuleset, RulesetSettings } from "../../components/github/ruleset-settings.ts";
import type { Problem } from "../problem.ts";
import { caseTwins, eachDeclared, repeated } from "./repository-helpers.ts";
import type { At } from "./repository-helpers.ts";
import type { Rule } from "./rule.ts";

/** What contradicts itself in rulesets, or that GitHub refuses. */
export const rulesetRules: readonly Rule[] = [
  eachDeclared(({ rulesets }, at) => caseTwins(Object.keys(rulesets), (name) => at("rulesets", name))),
  eachRuleset((ruleset, at) => ruleset.bypass.flatMap((actor, index) => bypassProblems(actor, ruleset.target, at("bypass", index, "mode")))),
  eachRuleset((ruleset, at, { visibility }) => (ruleset.target === "push" ? pushProblems(ruleset, visibility, at) : [])),
  eachBranchRuleset((ruleset, at, { merge }) => methodProblems(ruleset, merge.methods, at)),
  eachBranchRuleset(({ mergeQueue }, at) => (mergeQueue ? queueProblems(mergeQueue, at) : [])),
  eachBranchRuleset(({ requiredDeployments }, at, { environments }) =>
    requiredDeployments.flatMap((name, index) => (Object.hasOwn(environments, name) ? [] : [unknownEnvironment(name, at("requiredDeployments", index))])),
  ),
  eachBranchRuleset(({ requiredChecks }, at) => {
    const checks = (requiredChecks?.checks ?? []).map(({ context, app }) => (app === undefined ? context : `${context} of app ${app}`));
    return repeated(checks, (index) => at("requiredChecks", "checks", index));
  }),
];

type Check<R> = (ruleset: R, at: At, settings: DeclaredRepository) => Problem[];

function eachRuleset(check: Check<RulesetSettings>): Rule {
  return eachDeclared((settings, at) =>
    Object.entries(settings.rulesets).flatMap(([name, ruleset]) => check(ruleset, (...parts) => at("rulesets", name, ...parts), settings)),
  );
}

function eachBranchRuleset(check: Check<BranchRuleset>): Rule {
  return eachRuleset((ruleset, at, settings) => (ruleset.target === "branch" ? check(ruleset, at, settings) : []));
}

function bypassProblems({ kind, mode }: BypassActor, target: RulesetSettings["target"], path: string): Problem[] {
  if (mode !== "pull-request") return [];
  const todo = "use always or exempt";
  if (target !== "branch") return [{ path, wrong: `bypasses by pull request, which a ${target} ruleset does not know`, got: mode, todo }];
  return kind === "deploy-key" ? [{ path, wrong: "bypasses by pull request, which a deploy key cannot make", got: mode, todo: "use always" }] : [];
}

function pushProblems(ruleset: PushRuleset, visibility: string, at: At): Problem[] {
  const { blockedPaths, blockedExtensions, maxFileMegabytes, maxPathLength } = ruleset;
  const empty = blockedPaths.length + blockedExtensions.length === 0 && maxFileMegabytes === undefined && maxPathLength === undefined;
  const wrong = "is push, which GitHub offers to private and internal repositories only";
  const open = { path: at("target"), wrong, got: ruleset.target, todo: "remove the ruleset, or change visibility" };
  const idle = { path: at(), wrong: "restricts nothing", todo: "set one of blockedPaths, blockedExtensions, maxFileMegabytes, maxPathLength" };
  return [...(visibility === "public" ? [open] : []), ...(empty ? [idle] : [])];
}

function methodProblems({ linearHistory, pullRequest, mergeQueue }: BranchRuleset, methods: MergeMethod[], at: At): Problem[] {
  const allowed = pullRequest?.methods ?? methods;
  const foreign = (pullRequest?.methods ?? []).filter((method) => !methods.includes(method));
  const problems: Problem[] = foreign.map((method) => ({
    path: at("pullRequest", "methods"),
    wrong: "has a method that the repository does not allow",
    got: method,
    todo: "add it to merge.methods, or remove it here",
  }));
  if (linearHistory && allowed.every((method) => method === "merge")) {
    const wrong = "refuses merge commits, and no other method is allowed";
    problems.push({ path: at("linearHistory"), wrong, got: allowed, todo: "allow squash or rebase, or set linearHistory to false" });
  }
  if (mergeQueue && !methods.includes(mergeQueue.method)) {
    const todo = `use ${methods.join(" or ")}, or add it to merge.methods`;
    problems.push({ path: at("mergeQueue", "method"), wrong: "is not allowed in the repository", got: mergeQueue.method, todo });
  }
  if (mergeQueue?.method === "merge" && linearHistory) {
    const wrong = "makes merge commits, which linearHistory refuses";
    problems.push({ path: at("mergeQueue", "method"), wrong, got: "merge", todo: "use squash or rebase" });
  }
  return problems;
}

function queueProblems({ minMerge, maxMerge }: NonNullable<BranchRuleset["mergeQueue"]>, at: At): Problem[] {
  if (minMerge <= maxMerge) return [];
  return [{ path: at("mergeQueue", "minMerge"), wrong: `is above maxMerge ${maxMerge}`, got: minMerge, todo: "write a smaller minMerge or a larger maxMerge" }];
}

function unknownEnvironment(name: string, path: string): Problem {
  return { path, wrong: "names no environment of this repository", got: name, todo: "declare it under environments, or remove it here" };
}
