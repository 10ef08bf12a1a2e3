import type { Document } from "../document.ts";
import { numberOf, sha1 } from "../identity.ts";
import type { Specification } from "../schema.ts";
import type { Properties, Value } from "../values.ts";

/** What a computed output may be made from. */
export interface Facts {
  type: string;
  owner: string;
  inputs: Properties;
  document: Document;
  /** The object's number. */
  number: number;
  path: string;
  repositoryNumber: () => number;
}

type Compute = (facts: Facts) => Value;

const repositoryName = ({ inputs }: Facts): string => String(inputs["name"] ?? inputs["repository"] ?? inputs["baseRepository"] ?? "");
const address = (facts: Facts): string => `github.com/${facts.owner}/${repositoryName(facts)}`;
const commit = (facts: Facts): string => sha1(`${facts.path} ${facts.document.updated}`);
const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** Outputs by name, for one type (`Type.output`) or for all of them. */
const COMPUTED: Record<string, Compute> = {
  "Repository.fullName": (facts) => `${facts.owner}/${repositoryName(facts)}`,
  "Repository.htmlUrl": (facts) => `https://${address(facts)}`,
  "Repository.gitCloneUrl": (facts) => `git://${address(facts)}.git`,
  "Repository.httpCloneUrl": (facts) => `https://${address(facts)}.git`,
  "Repository.sshCloneUrl": (facts) => `git@github.com:${facts.owner}/${repositoryName(facts)}.git`,
  "Repository.svnUrl": (facts) => `https://${address(facts)}`,
  "Repository.nodeId": (facts) => repositoryNode(facts.owner, repositoryName(facts)),
  "Repository.repoId": ({ number }) => number,
  "Repository.defaultBranch": () => "main",
  "Repository.visibility": ({ inputs }) => (inputs["private"] === true ? "private" : "public"),
  "Repository.private": ({ inputs }) => inputs["visibility"] === "private" || inputs["visibility"] === "internal",
  "Repository.allowForking": ({ inputs }) => inputs["visibility"] !== "private",
  "Repository.sourceOwner": () => "",
  "Repository.sourceRepo": () => "",
  "RepositoryFile.sha": ({ inputs }) => sha1(`blob ${Buffer.byteLength(String(inputs["content"]))}\0${String(inputs["content"])}`),
  "RepositoryFile.commitSha": commit,
  "RepositoryFile.ref": ({ inputs }) => String(inputs["branch"] ?? "main"),
  "Branch.ref": ({ inputs }) => `refs/heads/${String(inputs["branch"])}`,
  "Branch.sha": commit,
  "Branch.sourceBranch": () => "main",
  "Branch.sourceSha": (facts) => sha1(`${facts.owner}/${repositoryName(facts)}`),
  "IssueLabel.url": (facts) => `https://api.${address({ ...facts, inputs: { name: facts.inputs["repository"] ?? "" } })}/labels/${encodeURIComponent(String(facts.inputs["name"]))}`,
  "RepositoryPullRequest.state": () => "open",
  "RepositoryPullRequest.openedBy": ({ owner }) => owner,
  "RepositoryPullRequest.openedAt": ({ document }) => seconds(document.created),
  "RepositoryPullRequest.updatedAt": ({ document }) => seconds(document.updated),
  "RepositoryPullRequest.number": ({ number }) => number,
  "Team.slug": ({ inputs }) => slug(String(inputs["name"] ?? "")),
  createdAt: ({ document }) => document.created,
  updatedAt: ({ document }) => document.updated,
  remoteUpdatedAt: ({ document }) => document.updated,
  publishedAt: ({ document }) => document.created,
  etag: (facts) => `W/"${commit(facts)}"`,
  repositoryId: ({ repositoryNumber }) => repositoryNumber(),
  nodeId: ({ number }) => Buffer.from(`0${number}`).toString("base64"),
  keyId: () => "568250167242549743",
  headSha: commit,
  baseSha: (facts) => sha1(`${facts.owner}/${repositoryName(facts)}`),
  invitationIds: () => ({}),
};

/** One computed output: by the table, else by its type. */
export function computed(facts: Facts, name: string, specification: Specification): Value {
  const compute = COMPUTED[`${facts.type}.${name}`] ?? COMPUTED[name];
  if (compute !== undefined) return compute(facts);
  if (specification.default !== undefined) return specification.default;
  switch (specification.type) {
    case "integer": return name.endsWith("Id") || name === "number" ? facts.number : 0;
    case "boolean": return false;
    case "array": return [];
    case "string": return name.endsWith("rl") ? `https://api.github.com/${facts.path.replace(/^github\//, "repos/")}` : name.endsWith("Id") ? String(numberOf(facts.path)) : "";
    default: return {};
  }
}

/** GitHub's global id of a repository; here it can be read back. */
export function repositoryNode(owner: string, name: string): string {
  return `R_${Buffer.from(`${owner}/${name}`).toString("base64url")}`;
}

export function repositoryOfNode(node: string): string | undefined {
  if (!node.startsWith("R_")) return undefined;
  return Buffer.from(node.slice(2), "base64url").toString("utf8").split("/")[1];
}

export function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_]+/g, "-").replace(/^-|-$/g, "");
}
