import type { Found } from "../../documents.ts";
import { isProperties } from "../../values.ts";
import type { Properties, Value } from "../../values.ts";
import { nothing, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { object, objects } from "../case.ts";
import { numberIn } from "../cloud.ts";
import type { Cloud } from "../cloud.ts";
import { knownTeam, nodeId, team, user, userOfNumber } from "../shapes.ts";

const REVIEWERS = 6;
const LONGEST_WAIT = 43_200;

/** An environment that exists. @throws Refusal 404 */
export function environmentOf({ cloud, params }: Asked): { found: Found; owner: string; repo: string; environment: string } {
  const { owner, repo } = cloud.repository(params);
  const environment = params["environment_name"] ?? "";
  const found = cloud.read(cloud.path("RepositoryEnvironment", owner, { repository: repo, environment }));
  if (found === undefined) throw new Refusal(404, "Not Found");
  return { found, owner, repo, environment };
}

function told(found: Found, owner: string, repo: string, { cloud }: Asked): Properties {
  const { body, created, updated } = found;
  const name = String(body["environment"]);
  const policy = object(body["deploymentBranchPolicy"]);
  const limited = Object.keys(policy).length > 0;
  return {
    id: numberIn(found), node_id: nodeId(found.path), name, url: `https://api.github.com/repos/${owner}/${repo}/environments/${encodeURIComponent(name)}`,
    html_url: `https://github.com/${owner}/${repo}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: created, updated_at: updated, can_admins_bypass: body["canAdminsBypass"] !== false, protection_rules: rules(found, owner, cloud),
    deployment_branch_policy: limited ? { protected_branches: policy["protectedBranches"] === true, custom_branch_policies: policy["customBranchPolicies"] === true } : null,
  };
}

/** Only rules that protect are there: nobody's review and no wait are no rules. */
function rules({ body, path }: Found, owner: string, cloud: Cloud): Value[] {
  const rule = (type: string, number: number, more: Properties): Properties => ({ id: number, node_id: nodeId(`${path}/${type}`), type, ...more });
  const waits = Number(body["waitTimer"] ?? 0);
  const reviewers = objects(body["reviewers"]).flatMap((each) => [
    ...numbers(each["users"]).flatMap((id) => { const login = userOfNumber(cloud, id); return login === undefined ? [] : [{ type: "User", reviewer: user(login) }]; }),
    ...numbers(each["teams"]).flatMap((id) => { const facts = knownTeam(cloud, owner, String(id)); return facts === undefined ? [] : [{ type: "Team", reviewer: team(facts, owner) }]; }),
  ]);
  return [
    ...(waits > 0 ? [rule("wait_timer", 1, { wait_timer: waits })] : []),
    ...(reviewers.length > 0 || body["preventSelfReview"] === true ? [rule("required_reviewers", 2, { prevent_self_review: body["preventSelfReview"] === true, reviewers })] : []),
    ...(isProperties(body["deploymentBranchPolicy"]) ? [rule("branch_policy", 3, {})] : []),
  ];
}

function numbers(list: Value | undefined): number[] {
  return Array.isArray(list) ? list.map(Number) : [];
}

/** What is not sent is taken away: GitHub replaces all of an environment's protection, except the administrators' bypass. */
function settings({ body, cloud }: Asked, owner: string, existing: Found | undefined): Properties {
  const wait = Number(body["wait_timer"] ?? 0);
  if (wait < 0 || wait > LONGEST_WAIT) throw new Refusal(422, "Validation Failed", [`Wait timer must be between 0 and ${LONGEST_WAIT}`]);
  const asked = objects(body["reviewers"]);
  if (asked.length > REVIEWERS) throw new Refusal(422, "Validation Failed", [`Up to ${REVIEWERS} reviewers are allowed`]);
  const unknown = asked.find(({ id, type }) => (type === "Team" ? knownTeam(cloud, owner, String(id)) : userOfNumber(cloud, Number(id))) === undefined);
  if (unknown !== undefined) throw new Refusal(422, "Validation Failed", [`Invalid reviewer ${String(unknown["id"])}`]);
  const policy = body["deployment_branch_policy"];
  const chosen = object(policy);
  if (isProperties(policy) && chosen["protected_branches"] === chosen["custom_branch_policies"]) throw new Refusal(422, "Validation Failed", ["protected_branches and custom_branch_policies cannot have the same value"]);
  const of = (type: string) => asked.filter((each) => each["type"] === type).map(({ id }) => Number(id));
  const bypass = body["can_admins_bypass"] ?? existing?.body["canAdminsBypass"];
  return {
    ...(bypass === undefined ? {} : { canAdminsBypass: bypass }),
    ...(isProperties(policy) ? { deploymentBranchPolicy: { customBranchPolicies: chosen["custom_branch_policies"] === true, protectedBranches: chosen["protected_branches"] === true } } : {}),
    preventSelfReview: body["prevent_self_review"] === true,
    ...(asked.length > 0 ? { reviewers: [{ teams: of("Team"), users: of("User") }] } : {}),
    ...(wait > 0 ? { waitTimer: wait } : {}),
  };
}

export const environments: Handlers = {
  "repos/get-all-environments": (asked) => {
    const { folder, owner, repo } = asked.cloud.repository(asked.params);
    return { key: "environments", items: asked.cloud.documents.paths(`${folder}/environments`).flatMap((path) => {
      const found = asked.cloud.read(path);
      // An environment's name may hold slashes; what it holds lies below it.
      return found?.body["environment"] === undefined || path !== asked.cloud.path("RepositoryEnvironment", owner, { repository: repo, environment: found.body["environment"] }) ? [] : [told(found, owner, repo, asked)];
    }) };
  },
  "repos/get-environment": (asked) => {
    const { found, owner, repo } = environmentOf(asked);
    return ok(told(found, owner, repo, asked));
  },
  "repos/create-or-update-environment": (asked) => {
    const { owner, repo } = asked.cloud.writable(asked.params);
    const environment = asked.params["environment_name"] ?? "";
    const path = asked.cloud.path("RepositoryEnvironment", owner, { repository: repo, environment });
    const found = asked.cloud.put(path, { ...settings(asked, owner, asked.cloud.read(path)), environment, repository: repo });
    return ok(told(found, owner, repo, asked));
  },
  "repos/delete-an-environment": (asked) => {
    asked.cloud.writable(asked.params);
    asked.cloud.remove(environmentOf(asked).found.path);
    return nothing;
  },
  "repos/get-all-deployment-protection-rules": (asked) => {
    environmentOf(asked);
    return ok({ total_count: 0, custom_deployment_protection_rules: [] });
  },
};
