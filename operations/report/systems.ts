import * as z from "zod";
import { record } from "../unknown.ts";
import { outputsOfType } from "./state.ts";
import type { StateResource } from "./state.ts";
import { rulesInWords } from "./rulesets.ts";
import type { EnvironmentReport, RulesetReport, SystemReport } from "./stack-types.ts";

const repository = z.object({ name: z.string(), fullName: z.string(), visibility: z.string().optional(), htmlUrl: z.string().optional() });
const environment = z.object({
  repository: z.string(), environment: z.string(),
  canAdminsBypass: z.boolean().default(true), preventSelfReview: z.boolean().default(false), waitTimer: z.number().default(0),
  deploymentBranchPolicy: z.object({ protectedBranches: z.boolean().default(false), customBranchPolicies: z.boolean().default(false) }).nullish(),
  reviewers: z.array(z.object({ teams: z.array(z.unknown()).nullish(), users: z.array(z.unknown()).nullish() })).nullish(),
});
const policy = z.object({ repository: z.string(), environment: z.string(), branchPattern: z.string().nullish(), tagPattern: z.string().nullish() });
const ruleset = z.object({
  repository: z.string(), name: z.string(), target: z.string(), enforcement: z.string(), rules: z.record(z.string(), z.unknown()).default({}),
  conditions: z.object({ refName: z.object({ includes: z.array(z.string()) }) }).nullish(),
});
const system = z.object({ repository: z.string(), environments: z.array(z.object({ name: z.string(), approvals: z.string(), url: z.string().optional() })).default([]) });

const TAG = "tag ";

/** Every repository that the stack has, with its environments and rulesets as the last update or refresh left them. */
export function systemsIn(resources: readonly StateResource[], outputs: Readonly<Record<string, unknown>>): SystemReport[] {
  const repositories = new Map(outputsOfType(resources, "github:index/repository:Repository", repository).map((each) => [each.name, each]));
  const environments = outputsOfType(resources, "github:index/repositoryEnvironment:RepositoryEnvironment", environment);
  const policies = outputsOfType(resources, "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy", policy);
  const rulesets = outputsOfType(resources, "github:index/repositoryRuleset:RepositoryRuleset", ruleset);
  const declared = new Map(Object.entries(record(outputs["systems"])).flatMap(([name, value]) => {
    const { data, success } = system.safeParse(value);
    return success ? [[name, data] as const] : [];
  }));
  return [...new Set([...declared.keys(), ...repositories.keys()])].sort().map((name) => ({
    name,
    repository: declared.get(name)?.repository ?? repositories.get(name)?.fullName ?? name,
    visibility: repositories.get(name)?.visibility,
    address: repositories.get(name)?.htmlUrl,
    environments: environments.filter((each) => each.repository === name)
      .map((each) => environmentOf(each, policies, declared.get(name)?.environments.find((known) => known.name === each.environment))).sort(byName),
    rulesets: rulesets.filter((each) => each.repository === name).map(rulesetOf).sort(byName),
  }));
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name.localeCompare(right.name, "en");
}

interface Said {
  approvals: string;
  url?: string | undefined;
}

function environmentOf(found: z.infer<typeof environment>, policies: readonly z.infer<typeof policy>[], said: Said | undefined): EnvironmentReport {
  const reviewers = (found.reviewers ?? []).reduce((sum, { teams, users }) => sum + (teams?.length ?? 0) + (users?.length ?? 0), 0);
  const patterns = policies.filter((each) => each.repository === found.repository && each.environment === found.environment)
    .flatMap(({ branchPattern, tagPattern }) => [...(branchPattern ? [branchPattern] : []), ...(tagPattern ? [`${TAG}${tagPattern}`] : [])]);
  return {
    name: found.environment,
    address: said?.url,
    approvals: said?.approvals ?? [reviewers === 0 ? "none" : `${reviewers} ${reviewers === 1 ? "reviewer" : "reviewers"}`, ...(found.waitTimer > 0 ? [`${found.waitTimer} min wait`] : [])].join(", "),
    reviewed: reviewers > 0,
    selfReview: !found.preventSelfReview,
    adminsBypass: found.canAdminsBypass,
    waitMinutes: found.waitTimer,
    deployFrom: deployFrom(found.deploymentBranchPolicy, patterns),
  };
}

function deployFrom(rule: z.infer<typeof environment>["deploymentBranchPolicy"], patterns: readonly string[]): readonly string[] {
  if (rule?.protectedBranches === true) return ["protected branches"];
  if (rule?.customBranchPolicies === true) return patterns.length === 0 ? ["nothing"] : [...patterns].sort((left, right) => Number(left.startsWith(TAG)) - Number(right.startsWith(TAG)) || left.localeCompare(right, "en"));
  return ["any branch"];
}

function rulesetOf({ conditions, enforcement, name, rules, target }: z.infer<typeof ruleset>): RulesetReport {
  return { name, target, active: enforcement === "active", refs: conditions?.refName.includes ?? [], rules: rulesInWords(rules) };
}
