import type { Found } from "../../documents.ts";
import type { Properties } from "../../values.ts";
import { created, invalid, ok } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { picked } from "../case.ts";
import { numberIn } from "../cloud.ts";
import { commitOf } from "../commits.ts";
import { toldRepository } from "../repository.ts";
import { nodeId, user } from "../shapes.ts";

const FIRST = 4_000_000_000;
const MOST = 1_000;

function told(found: Found): Properties {
  return {
    id: numberIn(found), node_id: nodeId(found.path), description: null, target_url: null, context: "default",
    ...picked(found.body, ["state", "description", "target_url", "context"]), creator: user(String(found.body["creator"])), created_at: found.created, updated_at: found.updated,
  };
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
    return ok({
      state: overall(latest.map(({ state }) => String(state))), statuses: latest, sha, total_count: latest.length,
      repository: toldRepository(asked.cloud, asked.cloud.repository(asked.params)),
    });
  },
};
