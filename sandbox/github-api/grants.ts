import type { Properties } from "../values.ts";
import { objects } from "./case.ts";
import type { Asked } from "./answer.ts";
import { givenRole, knownTeam } from "./shapes.ts";

export type Grantee = "user" | "team";

/** Who may do what: a user's login, or a team's slug. */
export interface Grant {
  name: string;
  /** As it is given: `pull`, `triage`, `push`, `maintain`, `admin`, or a role of the organisation's own. */
  role: string;
}

/** The provider's words for the two. */
const WORDS = {
  user: { list: "users", key: "username", folder: "collaborator", type: "RepositoryCollaborator" },
  team: { list: "teams", key: "teamId", folder: "teams", type: "TeamRepository" },
} as const;

/** All of a repository's grants, whether declared together, one by one, or made by a person; sorted by name. */
export function granted(asked: Asked, grantee: Grantee): Grant[] {
  const { folder, owner } = asked.cloud.repository(asked.params);
  const { folder: own, key, list } = WORDS[grantee];
  const together = objects(asked.cloud.read(`${folder}/collaborators`)?.body[list]);
  const single = asked.cloud.list(`${folder}/${own}`).map(({ body }) => body);
  const all = [...together, ...single].map((body) => ({ name: nameOf(asked, grantee, owner, String(body[key])), role: givenRole(String(body["permission"] ?? "push")) }));
  return [...new Map(all.map((grant) => [grant.name.toLowerCase(), grant])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Grants, or changes what was granted. Where a document declares everyone together, it is the truth of everyone, and a refresh sees
 * who was added; else the grant is a document of its own.
 */
export function grant(asked: Asked, grantee: Grantee, name: string, role: string): void {
  const { folder, owner, repo } = asked.cloud.repository(asked.params);
  const { key, list, type } = WORDS[grantee];
  const together = asked.cloud.read(`${folder}/collaborators`);
  if (together === undefined) {
    const inputs = { repository: repo, [key]: name, permission: role };
    asked.cloud.put(asked.cloud.path(type, owner, inputs), inputs);
    return;
  }
  const others = objects(together.body[list]).filter((each) => !isOf(asked, grantee, owner, each, name));
  const grants = [...others, { permission: role, [key]: name }].sort((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1));
  asked.cloud.put(together.path, { ...together.body, [list]: grants });
}

/** Takes a grant away, wherever it stands. Taking away what nobody has succeeds. */
export function forget(asked: Asked, grantee: Grantee, name: string): void {
  const { folder, owner } = asked.cloud.repository(asked.params);
  const { folder: own, list } = WORDS[grantee];
  const together = asked.cloud.read(`${folder}/collaborators`);
  const kept = objects(together?.body[list]).filter((each) => !isOf(asked, grantee, owner, each, name));
  if (together !== undefined && kept.length < objects(together.body[list]).length) asked.cloud.put(together.path, { ...together.body, [list]: kept });
  for (const found of asked.cloud.list(`${folder}/${own}`)) if (isOf(asked, grantee, owner, found.body, name)) asked.cloud.remove(found.path);
}

function isOf(asked: Asked, grantee: Grantee, owner: string, body: Properties, name: string): boolean {
  return nameOf(asked, grantee, owner, String(body[WORDS[grantee].key])).toLowerCase() === name.toLowerCase();
}

/** A program names a team by its slug or its number. */
function nameOf(asked: Asked, grantee: Grantee, owner: string, name: string): string {
  return grantee === "team" ? (knownTeam(asked.cloud, owner, name)?.slug ?? name) : name;
}
