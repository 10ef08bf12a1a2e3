/** Who owns what a pattern takes in. */
export interface CodeOwner {
  /** As in .gitignore: `*`, `/deploy/`, `*.sql`. */
  path: string;
  /** Slugs of teams that may write. */
  teams: string[];
  /** Logins of users that may write. */
  users: string[];
}

export function codeownersFile(owners: readonly CodeOwner[], organisation: string): string {
  const width = Math.max(...owners.map(({ path }) => path.length));
  const lines = owners.map(({ path, teams, users }) => [path.padEnd(width), ...teams.map((team) => `@${organisation}/${team}`), ...users.map((user) => `@${user}`)].join(" "));
  return ["# Whom GitHub asks for a review; the last line that takes a file decides.", "# Declared by a Slipway stack, which undoes edits made here.", ...lines, ""].join("\n");
}
