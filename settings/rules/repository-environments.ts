import type { Approvals, EnvironmentSettings } from "../../components/github/environment-protection.ts";
import type { Problem } from "../problem.ts";
import { caseTwins, eachDeclared, eachRepository, repeated } from "./repository-helpers.ts";
import type { At } from "./repository-helpers.ts";
import type { Rule } from "./rule.ts";

const MOST_REVIEWERS = 6;
const MOST_SECRETS = 100;

/** What GitHub asks of environments and their secrets. */
export const environmentRules: readonly Rule[] = [
  eachRepository(({ environments }, at) => caseTwins(Object.keys(environments), (name) => at("environments", name))),
  eachRepository(({ environments }, at) =>
    Object.entries(environments).flatMap(([name, settings]) => environmentProblems(settings, (...parts) => at("environments", name, ...parts))),
  ),
  eachRepository(({ environments }, at) => Object.entries(environments).flatMap(([name, { renamedFrom }]) => formerProblems(name, renamedFrom, environments, at))),
  eachRepository(({ secrets, dependabotSecrets }, at) => [...tooMany(secrets, at("secrets")), ...tooMany(dependabotSecrets, at("dependabotSecrets"))]),
  eachDeclared(({ environments }, at) =>
    Object.entries(environments).flatMap(([name, { deployFrom }]) => protectedProblems(deployFrom, at("environments", name, "deployFrom"))),
  ),
];

function environmentProblems({ approvals, deployFrom, secrets }: EnvironmentSettings, at: At): Problem[] {
  const problems = [...("teams" in approvals ? approvalProblems(approvals, at) : []), ...tooMany(secrets, at("secrets"))];
  if (deployFrom.kind !== "patterns") return problems;
  const { branches, tags } = deployFrom;
  const nothing = { path: at("deployFrom"), wrong: "names no branch and no tag, so nothing could be deployed", todo: "name branches or tags, or use kind: any" };
  return [
    ...problems,
    ...(branches.length + tags.length === 0 ? [nothing] : []),
    ...repeated(branches, (index) => at("deployFrom", "branches", index)),
    ...repeated(tags, (index) => at("deployFrom", "tags", index)),
  ];
}

function approvalProblems({ teams, users }: Approvals, at: At): Problem[] {
  const count = teams.length + users.length;
  const twice = [...repeated(teams, (index) => at("approvals", "teams", index)), ...repeated(users, (index) => at("approvals", "users", index))];
  if (count === 0) {
    const todo = "name teams or users, or say why nobody has to with { unprotected: <reason> }";
    return [{ path: at("approvals"), wrong: "names nobody who approves", todo }];
  }
  if (count <= MOST_REVIEWERS) return twice;
  return [...twice, { path: at("approvals"), wrong: `has more than ${MOST_REVIEWERS} reviewers`, got: count, todo: "name a team instead of its members" }];
}

function tooMany(secrets: object, path: string): Problem[] {
  const count = Object.keys(secrets).length;
  if (count <= MOST_SECRETS) return [];
  return [{ path, wrong: `has more than ${MOST_SECRETS} secrets`, got: count, todo: "move those that repositories share to the organisation" }];
}

function formerProblems(name: string, former: string | undefined, environments: object, at: At): Problem[] {
  if (former === undefined || !Object.hasOwn(environments, former)) return [];
  const path = at("environments", name, "renamedFrom");
  return [{ path, wrong: "names an environment that is still declared", got: former, todo: "remove renamedFrom, or the environment of the former name" }];
}

/** GitHub looks at branch protection alone here, and without any of it lets every branch through. */
function protectedProblems(deployFrom: EnvironmentSettings["deployFrom"], path: string): Problem[] {
  if (deployFrom.kind !== "protected-branches") return [];
  const wrong = "asks for protected branches, for which rulesets do not count, so that every branch could be deployed";
  return [{ path, wrong, todo: "use kind: patterns and name the branches" }];
}
