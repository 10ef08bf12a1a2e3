import type { Document } from "../document.ts";
import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { repositoryOfNode } from "./computed.ts";
import type { Need } from "./table.ts";
import { fillPath } from "../template.ts";

/** One create or update that GitHub may refuse. */
export interface Attempt {
  type: string;
  needs: readonly Need[];
  inputs: Properties;
  owner: string;
  existing: Document | undefined;
  path: string;
}

export function repositoryOf(inputs: Properties): string {
  const id = inputs["repositoryId"];
  return String(inputs["repository"] ?? inputs["baseRepository"] ?? (typeof id === "string" ? (repositoryOfNode(id) ?? id) : undefined) ?? inputs["name"] ?? "");
}

export function items(list: Value | undefined, key: string): (Value | undefined)[] {
  return Array.isArray(list) ? list.filter(isProperties).map((item) => item[key]) : [];
}

export function notFound(attempt: Attempt, what: string): string {
  return `${verb(attempt)} ${api(attempt.owner, what)}: 404 Not Found []`;
}

export function verb({ existing }: Attempt): string {
  return existing === undefined ? "POST" : "PATCH";
}

export function api(owner: string, rest: string): string {
  return `https://api.github.com/repos/${owner}/${rest}`;
}

export function repositoryPath(owner: string, name: string): string {
  return `github/${owner}/${fillPath("{name}", { name })}/repository`;
}
