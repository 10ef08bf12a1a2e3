import { numberOf } from "../identity.ts";
import type { Properties } from "../values.ts";
import { objects } from "./case.ts";
import type { Cloud, Place } from "./cloud.ts";
import { nodeId } from "./shapes.ts";

/** All labels of a repository, whether declared together or one by one; by name. */
export function labelsOf(cloud: Cloud, { folder }: { folder: string }): Properties[] {
  const together = objects(cloud.read(`${folder}/labels`)?.body["labels"]);
  const single = cloud.list(`${folder}/labels`).map(({ body }) => body);
  return [...new Map([...together, ...single].map((label) => [String(label["name"]).toLowerCase(), label])).values()].sort((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1));
}

/** A label as GitHub tells it; one that only an issue knows is grey. */
export function labelOf(owner: Place["owner"], repo: Place["repo"], label: Properties): Properties {
  const name = String(label["name"]);
  const url = `https://api.github.com/repos/${owner}/${repo}/labels/${encodeURIComponent(name)}`;
  return {
    id: numberOf(url), node_id: nodeId(url), url, name, description: typeof label["description"] === "string" ? label["description"] : null,
    color: String(label["color"] ?? "ededed").replace(/^#/, ""), default: false,
  };
}
