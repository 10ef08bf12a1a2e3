import type { RepositoryWithPipelines } from "../../components/delivery/pipelines.ts";
import type { AccessSettings } from "../../components/github/access.ts";
import type { Problem } from "../problem.ts";
import { eachDeclared, takesIn } from "./repository-helpers.ts";
import type { At } from "./repository-helpers.ts";
import type { Rule } from "./rule.ts";

/** What the files of `community` and the workflows around pull requests take for granted. */
export const communityRules: readonly Rule[] = [eachDeclared(labelProblems), eachDeclared(ownerProblems), eachDeclared(reportProblems), eachDeclared(autoMergeProblems)];

/** A label that is not declared would come back by a workflow and go again by the stack, or never be set at all. */
function labelProblems(settings: RepositoryWithPipelines, at: At): Problem[] {
  const { labels } = settings;
  if (!labels) return [];
  return usedLabels(settings)
    .filter(([label]) => !Object.hasOwn(labels.named, label))
    .map(([label, ...path]) => ({ path: at(...path), wrong: "is not a label of this repository", got: label, todo: "add it to labels.named, or name one that is there" }));
}

type Used = [label: string, ...path: PropertyKey[]];

function usedLabels({ workflows, community }: RepositoryWithPipelines): Used[] {
  const { stale, releaseDrafter, labeler, prChecks } = workflows;
  const inWorkflows: Used[] = [
    ...(stale ? [used(stale.label, "stale", "label"), ...listed(stale.exemptLabels, "stale", "exemptLabels")] : []),
    ...(releaseDrafter
      ? [
          used(releaseDrafter.breakingLabel, "releaseDrafter", "breakingLabel"),
          ...releaseDrafter.categories.map(({ label }, index) => used(label, "releaseDrafter", "categories", index, "label")),
          ...optional(releaseDrafter.skipLabel, "releaseDrafter", "skipLabel"),
        ]
      : []),
    ...Object.keys(labeler?.paths ?? {}).map((label) => used(label, "labeler", "paths", label)),
    ...Object.entries(prChecks?.labels ?? {}).map(([type, label]) => used(label, "prChecks", "labels", type)),
    ...optional(prChecks?.changelog?.skipLabel, "prChecks", "changelog", "skipLabel"),
  ];
  const inFiles: Used[] = [
    ...(community?.dependabot?.updates ?? []).flatMap(({ labels }, index) => listed(labels, "dependabot", "updates", index, "labels")),
    ...listed(community?.issueForms?.bug?.labels ?? [], "issueForms", "bug", "labels"),
    ...listed(community?.issueForms?.feature?.labels ?? [], "issueForms", "feature", "labels"),
  ];
  return [...inWorkflows.map(within("workflows")), ...inFiles.map(within("community"))];
}

function used(label: string, ...path: PropertyKey[]): Used {
  return [label, ...path];
}

function listed(labels: readonly string[], ...path: PropertyKey[]): Used[] {
  return labels.map((label, index) => [label, ...path, index]);
}

function optional(label: string | undefined, ...path: PropertyKey[]): Used[] {
  return label === undefined ? [] : [[label, ...path]];
}

function within(part: string): (of: Used) => Used {
  return ([label, ...path]) => [label, part, ...path];
}

/** GitHub passes over a line of CODEOWNERS whose owner may not write, and says so nowhere but on the file's page. */
function ownerProblems({ community, access }: RepositoryWithPipelines, at: At): Problem[] {
  return (community?.codeowners ?? []).flatMap(({ teams, users }, index) => {
    const path = (...parts: PropertyKey[]): string => at("community", "codeowners", index, ...parts);
    if (teams.length + users.length === 0) return [{ path: path(), wrong: "names no owner", todo: "add teams or users" }];
    return access ? teams.flatMap((team, place) => teamProblems(team, access, path("teams", place))) : [];
  });
}

function teamProblems(team: string, { teams, ignoredTeams }: AccessSettings, path: string): Problem[] {
  const permission = Object.hasOwn(teams, team) ? teams[team] : undefined;
  if (permission === undefined) {
    return ignoredTeams.includes(team) ? [] : [{ path, wrong: "is not among the teams with access", got: team, todo: "add it to access.teams with push, or name one that is there" }];
  }
  if (permission !== "pull" && permission !== "triage") return [];
  return [{ path, wrong: "may not write, and GitHub takes no such team for an owner", got: team, todo: "give it push in access.teams, or name another" }];
}

function reportProblems({ community, visibility }: RepositoryWithPipelines, at: At): Problem[] {
  if (community?.securityPolicy?.contact.kind !== "private-report" || visibility === "public") return [];
  const wrong = `reports privately, which GitHub offers in public repositories only, and this one is ${visibility}`;
  return [{ path: at("community", "securityPolicy", "contact"), wrong, todo: "use { kind: email, address: … }" }];
}

function autoMergeProblems(settings: RepositoryWithPipelines, at: At): Problem[] {
  const { workflows, merge, actions, defaultBranch } = settings;
  if (!workflows.dependabotAutoMerge) return [];
  const { method } = workflows.dependabotAutoMerge;
  const family = at("workflows", "dependabotAutoMerge");
  const off = { path: at("merge", "autoMerge"), wrong: "is off, and dependabotAutoMerge needs it", got: false, todo: "set it to true" };
  const approvals = { path: at("actions", "approvePullRequests"), wrong: "is off, and dependabotAutoMerge approves", todo: "set it to true" };
  const foreign = { path: `${family}.method`, wrong: "is not allowed in the repository", got: method, todo: `use ${merge.methods.join(" or ")}, or add it to merge.methods` };
  const unchecked = { path: family, wrong: `would merge without a test: no ruleset requires checks on ${defaultBranch}`, todo: "add requiredChecks to a ruleset of that branch" };
  return [
    ...(merge.autoMerge ? [] : [off]),
    ...(actions?.approvePullRequests === true ? [] : [approvals]),
    ...(merge.methods.includes(method) ? [] : [foreign]),
    ...(isChecked(settings) ? [] : [unchecked]),
  ];
}

function isChecked({ rulesets, defaultBranch }: RepositoryWithPipelines): boolean {
  return Object.values(rulesets).some((ruleset) => {
    if (ruleset.target !== "branch" || ruleset.enforcement !== "active" || !ruleset.requiredChecks) return false;
    return takesIn(ruleset.include, defaultBranch, true) && !takesIn(ruleset.exclude, defaultBranch, true);
  });
}
