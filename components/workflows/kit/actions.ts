import { table } from "./actions-table.ts";

/** An action that workflows may use, as `owner/name`. */
export type Action = keyof typeof table;

const versions = new Map<string, string>(Object.values(table).map(({ sha, version }) => [sha, version]));

/** `actions/checkout` → `actions/checkout@<sha>`; with a path inside: `pinned("github/codeql-action", "init")`. */
export function pinned(action: Action, path?: string): string {
  return `${action}${path === undefined ? "" : `/${path}`}@${table[action].sha}`;
}

/** The version that a pinned `uses` stands for; undefined for a path of the repository. */
export function versionOf(uses: string): string | undefined {
  return versions.get(uses.slice(uses.indexOf("@") + 1));
}
