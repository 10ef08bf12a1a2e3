import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { picked } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { commitOf } from "../commits.ts";
import { nodeId, user } from "../shapes.ts";

const FIRST = 5_000_000_000;

/** What a request says of a deployment, and of its status. */
const STATED = ["ref", "task", "payload", "environment", "description", "transient_environment", "production_environment"];
const STATUS = ["state", "description", "environment", "target_url", "log_url", "environment_url"];

function deployment(asked: Asked, found: Found): Properties {
  const { owner, repo } = asked.cloud.repository(asked.params);
  const url = `https://api.github.com/repos/${owner}/${repo}/deployments/${numberIn(found)}`;
  return {
    url, id: numberIn(found), node_id: nodeId(found.path), task: "deploy", payload: {}, environment: "production", description: null, ...picked(found.body, ["sha", ...STATED]),
    original_environment: String(found.body["environment"] ?? "production"), creator: user(String(found.body["creator"])), created_at: found.created, updated_at: found.updated, statuses_url: `${url}/statuses`, repository_url: `https://api.github.com/repos/${owner}/${repo}`,
  };
}

function oneDeployment(asked: Asked): Found {
  return asked.cloud.numbered(`${asked.cloud.repository(asked.params).folder}/deployments`, asked.params["deployment_id"]);
}

function deploymentStatus(asked: Asked, found: Found): Properties {
  const parent = deployment(asked, oneDeployment(asked));
  const url = `${String(parent["url"])}/statuses/${numberIn(found)}`;
  return {
    url, id: numberIn(found), node_id: nodeId(url), description: "", environment: String(parent["environment"]), target_url: "", log_url: "", environment_url: "",
    ...picked(found.body, STATUS), creator: user(String(found.body["creator"])),
    created_at: found.created, updated_at: found.updated, deployment_url: String(parent["url"]), repository_url: String(parent["repository_url"]),
  };
}

function statusesOf(asked: Asked): { folder: string; found: Found[] } {
  const folder = `${asked.cloud.repository(asked.params).folder}/deployment-statuses/${numberIn(oneDeployment(asked))}`;
  return { folder, found: asked.cloud.list(folder).sort((a, b) => numberIn(b) - numberIn(a)) };
}

export const deployments: Handlers = {
  "repos/list-deployments": (asked) => {
    const wanted = Object.entries(picked(asked.query, ["sha", "ref", "task", "environment"]));
    const all = asked.cloud.list(`${asked.cloud.repository(asked.params).folder}/deployments`).sort((a, b) => numberIn(b) - numberIn(a)).map((found) => deployment(asked, found));
    return { items: all.filter((each) => wanted.every(([key, value]) => each[key] === value)) };
  },
  "repos/get-deployment": (asked) => ok(deployment(asked, oneDeployment(asked))),
  "repos/create-deployment": (asked) => {
    const { folder } = asked.cloud.writable(asked.params);
    const ref = String(asked.body["ref"]);
    const id = 1 + Math.max(FIRST, ...asked.cloud.list(`${folder}/deployments`).map(numberIn));
    const body = {
      ...picked(asked.body, STATED),
      sha: commitOf(asked.cloud, { folder }, ref), creator: asked.actor,
    };
    return created(deployment(asked, asked.cloud.put(`${folder}/deployments/${id}`, body, [], id)));
  },
  "repos/list-deployment-statuses": (asked) => ({ items: statusesOf(asked).found.map((found) => deploymentStatus(asked, found)) }),
  "repos/create-deployment-status": (asked) => {
    asked.cloud.writable(asked.params);
    const { folder, found } = statusesOf(asked);
    const id = 1 + Math.max(FIRST, ...found.map(numberIn));
    const body = { ...picked(asked.body, STATUS), creator: asked.actor };
    return created(deploymentStatus(asked, asked.cloud.put(`${folder}/${id}`, body, [], id)));
  },
  "repos/get-deployment-status": (asked) => {
    const found = statusesOf(asked).found.find((each) => String(numberIn(each)) === asked.params["status_id"]);
    if (found === undefined) throw notFound();
    return ok(deploymentStatus(asked, found));
  },
};
