import { nearest } from "../../settings/nearest.ts";
import { Problem } from "../../toolchain/problem.ts";
import { matches } from "./ignores.ts";
import { shortType } from "./names.ts";
import { list, part, text } from "../unknown.ts";
import type { Call, Declared, Finding, Severity } from "./types.ts";

export interface Wanted {
  severities: readonly Severity[];
  /** Types and names, `*` for any characters. @default all of these severities */
  only?: readonly string[] | undefined;
  /** Types and names, word for word, of what nobody declared and is to go. */
  remove: readonly string[];
}

/** What puts things back: calls of GitHub's API first, then one update of these objects. */
export interface Plan {
  calls: Call[];
  /** URNs. */
  targets: string[];
  /** What it is about, for people. */
  about: string[];
}

/** @throws Problem where something is named that was not found */
export function reconcilePlan(findings: readonly Finding[], declared: ReadonlyMap<string, Declared>, { severities, only, remove }: Wanted): Plan {
  const known = [...new Set(findings.map(({ what }) => what))];
  const problems = [...(only ?? []).filter((pattern) => !known.some((what) => matches(pattern, what))).map((pattern) => unknown("--only", pattern, known)), ...removalProblems(findings, remove)];
  if (problems.length > 0) throw new Problem(problems.join("\n"));
  const chosen = findings.filter(({ urn, severity, what }) => urn !== undefined && severities.includes(severity) && (only === undefined || only.some((pattern) => matches(pattern, what))));
  const [byCall, byUpdate] = [chosen.filter(isHidden), chosen.filter((finding) => !isHidden(finding))];
  const removed = findings.filter(({ what, removal }) => removal !== undefined && remove.includes(what));
  const environments = new Set(byCall.map(({ urn = "" }) => urn));
  return {
    calls: [...removed.flatMap(({ removal }) => removal ?? []), ...[...environments].flatMap((urn) => protectionCall(declared.get(urn)))],
    targets: withNeeded(new Set(byUpdate.flatMap(({ urn }) => urn ?? [])), findings, declared),
    about: [...new Set([...removed, ...chosen].map(({ what }) => what))],
  };
}

/** An update would not touch it: neither the state nor a refresh knows that it is gone. */
function isHidden({ seenBy, type }: Finding): boolean {
  return seenBy === "github" && shortType(type) === "github:RepositoryEnvironment";
}

/** The whole protection as the state declares it; deleting the environment instead would take its secrets along. */
function protectionCall(declared: Declared | undefined): Call[] {
  if (declared === undefined) return [];
  const { inputs, owner } = declared;
  const of = (kind: string): number[] => list(inputs, "reviewers").flatMap((each) => list(each, kind)).map(Number);
  const policy = part(inputs, "deploymentBranchPolicy");
  return [{
    route: "PUT /repos/{owner}/{repo}/environments/{environment_name}",
    parameters: {
      owner, repo: text(inputs, "repository"), environment_name: text(inputs, "environment"),
      wait_timer: Number(part(inputs, "waitTimer") ?? 0),
      prevent_self_review: part(inputs, "preventSelfReview") === true,
      can_admins_bypass: part(inputs, "canAdminsBypass") !== false,
      reviewers: [...of("teams").map((id) => ({ type: "Team", id })), ...of("users").map((id) => ({ type: "User", id }))],
      deployment_branch_policy: policy === undefined ? null : { protected_branches: part(policy, "protectedBranches") === true, custom_branch_policies: part(policy, "customBranchPolicies") === true },
    },
  }];
}

/** What is gone and what it needs come back together: an environment is not made in a repository that is missing. */
function withNeeded(targets: Set<string>, findings: readonly Finding[], declared: ReadonlyMap<string, Declared>): string[] {
  const missing = new Set(findings.filter(({ change }) => change === "missing").flatMap(({ urn }) => urn ?? []));
  const queue = [...targets];
  for (let urn = queue.shift(); urn !== undefined; urn = queue.shift()) {
    for (const needed of declared.get(urn)?.needs ?? []) {
      if (!missing.has(needed) || targets.has(needed)) continue;
      targets.add(needed);
      queue.push(needed);
    }
  }
  return [...targets];
}

function removalProblems(findings: readonly Finding[], remove: readonly string[]): string[] {
  const removable = findings.flatMap(({ what, removal }) => (removal === undefined ? [] : [what]));
  return remove.filter((what) => !removable.includes(what)).map((what) => (
    findings.some((finding) => finding.what === what) ? `--delete: is declared by the stack, got ${JSON.stringify(what)}; take it out of the stack's file and run pulumi up` : unknown("--delete", what, removable)
  ));
}

function unknown(option: string, given: string, known: readonly string[]): string {
  const like = nearest(given, known);
  return `${option}: names nothing that was found, got ${JSON.stringify(given)}; ${like === undefined ? "copy the name from a finding" : `write ${JSON.stringify(like)}`}`;
}
