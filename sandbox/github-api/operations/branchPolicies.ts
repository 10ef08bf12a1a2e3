import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { nothing, notFound, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { object } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { nodeId } from "../shapes.ts";
import { environmentOf } from "./environments.ts";

/** Both of the provider's types for one thing of GitHub's: the older knows no tags. */
function policies(asked: Asked): Found[] {
  const { found } = environmentOf(asked);
  const { cloud } = asked;
  return [...cloud.documents.list(`${found.path}/deployment-policies`), ...cloud.documents.list(`${found.path}/branch-policies`)];
}

function told(found: Found): Properties {
  const { branchPattern, name, tagPattern } = found.body;
  return { id: numberIn(found), node_id: nodeId(found.path), name: String(branchPattern ?? tagPattern ?? name), type: tagPattern === undefined ? "branch" : "tag" };
}

function one(asked: Asked): Found {
  const found = policies(asked).find((each) => String(numberIn(each)) === asked.params["branch_policy_id"]);
  if (found === undefined) throw notFound();
  return found;
}

/** GitHub takes patterns only where the environment is limited to patterns. */
function custom(asked: Asked): { environment: string; owner: string; repo: string } {
  asked.cloud.writable(asked.params);
  const { environment, found, owner, repo } = environmentOf(asked);
  if (object(found.body["deploymentBranchPolicy"])["customBranchPolicies"] !== true) throw notFound();
  return { environment, owner, repo };
}

function write(asked: Asked, name: string, type: string): Properties {
  const { environment, owner, repo } = custom(asked);
  const inputs: Properties = { environment, repository: repo, [type === "tag" ? "tagPattern" : "branchPattern"]: name };
  const path = asked.cloud.path("RepositoryEnvironmentDeploymentPolicy", owner, { ...inputs, policy: `${type}/${name}` });
  if (policies(asked).map(told).some((each) => each["name"] === name && each["type"] === type)) throw new Refusal(303, "");
  return told(asked.cloud.put(path, inputs));
}

export const branchPolicies: Handlers = {
  "repos/list-deployment-branch-policies": (asked) => ({ key: "branch_policies", items: policies(asked).map(told) }),
  "repos/get-deployment-branch-policy": (asked) => ok(told(one(asked))),
  "repos/create-deployment-branch-policy": (asked) => ok(write(asked, String(asked.body["name"]), String(asked.body["type"] ?? "branch"))),
  "repos/update-deployment-branch-policy": (asked) => {
    custom(asked);
    const found = one(asked);
    const key = found.body["tagPattern"] === undefined ? (found.body["branchPattern"] === undefined ? "name" : "branchPattern") : "tagPattern";
    return ok(told(asked.cloud.put(found.path, { ...found.body, [key]: String(asked.body["name"]) })));
  },
  "repos/delete-deployment-branch-policy": (asked) => {
    custom(asked);
    asked.cloud.remove(one(asked).path);
    return nothing;
  },
};
