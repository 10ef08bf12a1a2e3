import type { FilesSettings } from "../../components/github/files-settings.ts";
import type { DeclaredRepository } from "../../components/github/repository-settings.ts";
import type { BranchRuleset } from "../../components/github/ruleset-settings.ts";
import type { Problem } from "../problem.ts";
import { caseTwins, eachDeclared, takesIn } from "./repository-helpers.ts";
import type { At } from "./repository-helpers.ts";
import type { Rule } from "./rule.ts";

/** How files get into a repository whose rules may refuse them. */
export const fileRules: readonly Rule[] = [
  eachDeclared(({ files }, at) => (files ? pathProblems(Object.keys(files.content), at) : [])),
  eachDeclared((settings, at) => (settings.files ? deliveryProblems(settings.files, settings, at) : [])),
];

function pathProblems(paths: readonly string[], at: At): Problem[] {
  const place = (path: string): string => at("files", "content", path);
  const folders = paths.flatMap((path) => {
    const inside = paths.find((other) => other.startsWith(`${path}/`));
    return inside === undefined ? [] : [{ path: place(path), wrong: `is a file, and ${inside} needs a folder of that name`, todo: "rename one of them" }];
  });
  return [...caseTwins(paths, place), ...folders];
}

function deliveryProblems({ deliver }: FilesSettings, settings: DeclaredRepository, at: At): Problem[] {
  switch (deliver.kind) {
    case "commit":
      return protecting(settings).flatMap(([name, ruleset]) => commitProblems(name, ruleset, deliver.author !== undefined, at));
    case "pull-request":
      return branchProblems(deliver.branch, settings, at);
    default:
      return deliver satisfies never;
  }
}

/** Active rulesets of the default branch that let nobody past. */
function protecting({ rulesets, defaultBranch }: DeclaredRepository): [string, BranchRuleset][] {
  return Object.entries(rulesets).flatMap(([name, ruleset]): [string, BranchRuleset][] => {
    if (ruleset.target !== "branch" || ruleset.enforcement !== "active") return [];
    const holds = takesIn(ruleset.include, defaultBranch, true) && !takesIn(ruleset.exclude, defaultBranch, true);
    return holds && ruleset.bypass.every(({ mode }) => mode === "pull-request") ? [[name, ruleset]] : [];
  });
}

function commitProblems(name: string, ruleset: BranchRuleset, hasAuthor: boolean, at: At): Problem[] {
  const { pullRequest, requiredChecks, mergeQueue, blockUpdate, requiredDeployments, codeScanning, signatures } = ruleset;
  const refuses = blockUpdate || [pullRequest, requiredChecks, mergeQueue].some(Boolean) || requiredDeployments.length + codeScanning.length > 0;
  const refused = {
    path: at("files", "deliver"),
    wrong: `commits to the default branch, which ruleset ${name} refuses to everybody`,
    todo: `add the token's actor to rulesets.${name}.bypass with mode always, or use kind: pull-request`,
  };
  const unsigned = {
    path: at("files", "deliver", "author"),
    wrong: `makes unsigned commits, and ruleset ${name} asks for signatures`,
    todo: "remove the author, so that GitHub signs for the token's app",
  };
  return [...(refuses ? [refused] : []), ...(signatures && hasAuthor ? [unsigned] : [])];
}

function branchProblems(branch: string, { defaultBranch, merge }: DeclaredRepository, at: At): Problem[] {
  const own = { path: at("files", "deliver", "branch"), wrong: "is the default branch itself", got: branch, todo: "name another branch, or use kind: commit" };
  const again = {
    path: at("merge", "deleteBranch"),
    wrong: "deletes the branch of files.deliver when it is merged, and the next refresh would propose the files again",
    got: true,
    todo: "set it to false, or use kind: commit",
  };
  return [...(branch === defaultBranch ? [own] : []), ...(merge.deleteBranch ? [again] : [])];
}
