import { sha1 } from "../identity.ts";
import { fillPath } from "../template.ts";
import type { Cloud } from "./cloud.ts";

/** The commit that a branch is at: another one after each change of its files. A commit's own name is itself. */
export function commitOf(cloud: Cloud, { folder }: { folder: string }, ref: string): string {
  if (/^[0-9a-f]{40}$/.test(ref)) return ref;
  const branch = ref.replace(/^refs\//, "").replace(/^heads\//, "");
  const declared = cloud.read(`${folder}/${fillPath("branches/{branch}", { branch })}`);
  const files = cloud.documents.list(`${folder}/${fillPath("files/{branch}", { branch })}`);
  const newest = files.map(({ path, updated }) => `${updated} ${path}`).sort().at(-1) ?? "";
  return newest === "" && declared !== undefined ? sha1(`${declared.path} ${declared.updated}`) : sha1(`${folder}/${branch} ${newest}`);
}
