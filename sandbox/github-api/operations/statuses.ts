import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, invalid, notFound, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { picked } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { commitOf } from "../commits.ts";
import { toldRepository } from "../repository.ts";
import { nodeId, user } from "../shapes.ts";

const FIRST = 4_000_000_000;
const MOST = 1_000;

function told(found: Found): Properties {
  return { id: numberIn(found), node_id: nodeId(found.path), description: null, target_url: null, context: "default", ...picked(found.body, ["state", "description", "target_url", "context"]), creator: user(String(found.body["creator"])), created_at: found.created, updated_at: found.updated };
}

function ofCommit(asked: Asked): { sha: string; found: Found[]; folder: string } {
  const { folder } = asked.cloud.repository(asked.params);
  const sha = commitOf(asked.cloud, { folder }, asked.params["sha"] ?? asked.params["ref"] ?? "");
  return { sha, folder, found: asked.cloud.list(`${folder}/statuses/${sha}`).sort((a, b) => numberIn(b) - numberIn(a)) };
}

function overall(states: string[]): string {
  if (states.some((state) => state === "error" || state === "failure")) return "failure";
  return states.length === 0 || states.includes("pending") ? "pending" : "success";
}

export const statuses: Handlers = {
  "repos/create-commit-status": (asked) => {
    asked.cloud.writable(asked.params);
    const { folder, found, sha } = ofCommit(asked);
    if (!/^[0-9a-f]{40}$/.test(asked.params["sha"] ?? "")) throw invalid("Status", "sha", "custom", `No commit found for SHA: ${asked.params["sha"]}`);
    if (found.length >= MOST) throw invalid("Status", "context", "custom", "This SHA and context has reached the maximum number of statuses.");
    const id = 1 + Math.max(FIRST, ...found.map(numberIn));
    return created(told(asked.cloud.put(`${folder}/statuses/${sha}/${id}`, { ...picked(asked.body, ["state", "description", "target_url", "context"]), creator: asked.actor }, [], id)));
  },
  "repos/list-commit-statuses-for-ref": (asked) => ({ items: ofCommit(asked).found.map(told) }),
  "repos/get-combined-status-for-ref": (asked) => {
    const { found, sha } = ofCommit(asked);
    const latest = found.map(told).filter(({ context }, index, all) => all.findIndex((each) => each["context"] === context) === index);
    return ok({ state: overall(latest.map(({ state }) => String(state))), statuses: latest, sha, total_count: latest.length, repository: toldRepository(asked.cloud, asked.cloud.repository(asked.params)) });
  },
};

function deployment(asked: Asked, found: Found): Properties {
  const { owner, repo } = asked.cloud.repository(asked.params);
  const url = `https://api.github.com/repos/${owner}/${repo}/deployments/${numberIn(found)}`;
  return {
    url, id: numberIn(found), node_id: nodeId(found.path), task: "deploy", payload: {}, environment: "production", description: null, ...picked(found.body, ["sha", "ref", "task", "payload", "environment", "description", "transient_environment", "production_environment"]),
    original_environment: String(found.body["environment"] ?? "production"), creator: user(String(found.body["creator"])), created_at: found.created, updated_at: found.updated, statuses_url: `${url}/statuses`, repository_url: `https://api.github.com/repos/${owner}/${repo}`,
  };
}

function oneDeployment(asked: Asked): Found {
  return asked.cloud.numbered(`${asked.cloud.repository(asked.params).folder}/deployments`, asked.params["deployment_id"]);
}

function deploymentStatus(asked: Asked, found: Found): Properties {
  const parent = deployment(asked, oneDeployment(asked));
  const url = `${String(parent["url"])}/statuses/${numberIn(found)}`;
  return { url, id: numberIn(found), node_id: nodeId(url), description: "", environment: String(parent["environment"]), target_url: "", log_url: "", environment_url: "", ...picked(found.body, ["state", "description", "environment", "target_url", "log_url", "environment_url"]), creator: user(String(found.body["creator"])), created_at: found.created, updated_at: found.updated, deployment_url: String(parent["url"]), repository_url: String(parent["repository_url"]) };
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
    const body = { ...picked(asked.body, ["ref", "task", "payload", "environment", "description", "transient_environment", "production_environment"]), sha: commitOf(asked.cloud, { folder }, ref), creator: asked.actor };
    return created(deployment(asked, asked.cloud.put(`${folder}/deployments/${id}`, body, [], id)));
  },
  "repos/list-deployment-statuses": (asked) => ({ items: statusesOf(asked).found.map((found) => deploymentStatus(asked, found)) }),
  "repos/create-deployment-status": (asked) => {
    asked.cloud.writable(asked.params);
    const { folder, found } = statusesOf(asked);
    const id = 1 + Math.max(FIRST, ...found.map(numberIn));
    const body = { ...picked(asked.body, ["state", "description", "environment", "target_url", "log_url", "environment_url"]), creator: asked.actor };
    return created(deploymentStatus(asked, asked.cloud.put(`${folder}/${id}`, body, [], id)));
  },
  "repos/get-deployment-status": (asked) => {
    const found = statusesOf(asked).found.find((each) => String(numberIn(each)) === asked.params["status_id"]);
    if (found === undefined) throw notFound();
    return ok(deploymentStatus(asked, found));
  },
};
