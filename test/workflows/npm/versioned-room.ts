import type { GitRepository } from "../git-repository.ts";
import { scriptRoom } from "../script-room.ts";
import type { ScriptRoom } from "../script-room.ts";

export const MANIFEST = '{\n\t"name": "tool",\n\t"version": "1.0.0"\n}\n';
export const LOCK = { name: "tool", version: "1.0.0", lockfileVersion: 3, packages: { "": { name: "tool", version: "1.0.0" }, "node_modules/dep": { version: "4.0.0" } } };
/** A repository at 1.2.3, with tags that are no versions of it. */
export function room(...messages: string[]): { made: ScriptRoom; git: GitRepository } {
  const made = scriptRoom();
  const git = made.repository();
  git.commit("feat: begin", { "package.json": MANIFEST, "package-lock.json": `${JSON.stringify(LOCK, undefined, 2)}\n` });
  for (const tag of ["v1.2.3", "v1.10.0-beta.1", "v2", "other-v9.0.0"]) git.tag(tag);
  for (const message of messages) git.commit(message);
  return { made, git };
}
