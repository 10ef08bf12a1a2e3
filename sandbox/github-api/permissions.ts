/** A permission of a fine-grained token or an app, and whether reading or writing asks for it. */
export interface Permission {
  name: string;
  level: "read" | "write";
}

/** By the path behind `/repos/{owner}/{repo}`; the first that fits. `read` and `write` name what each asks for. */
const TABLE: readonly { path: RegExp; read: string; write?: string }[] = [
  { path: /^\/environments\/[^/]+\/(secrets|variables)/, read: "environments" },
  { path: /^\/environments/, read: "actions", write: "administration" },
  { path: /^\/actions\/secrets/, read: "secrets" },
  { path: /^\/dependabot\/secrets/, read: "dependabot_secrets" },
  { path: /^\/actions\/variables/, read: "actions_variables" },
  { path: /^\/actions\/permissions/, read: "administration" },
  { path: /^\/rulesets/, read: "metadata", write: "administration" },
  { path: /^\/collaborators|^\/topics/, read: "metadata", write: "administration" },
  { path: /^\/branches\/[^/]+\/protection|^\/teams|^\/invitations|^\/autolinks|^\/vulnerability-alerts|^\/automated-security-fixes|^\/keys/, read: "administration" },
  { path: /^\/hooks/, read: "repository_hooks" },
  { path: /^\/pages/, read: "pages" },
  { path: /^\/(issues|labels)/, read: "issues" },
  { path: /^\/pulls/, read: "pull_requests" },
  { path: /check-(runs|suites)/, read: "checks" },
  { path: /^\/statuses|\/status(es)?$/, read: "statuses" },
  { path: /^\/deployments/, read: "deployments" },
  { path: /^\/(contents|branches|git|commits)/, read: "contents" },
  { path: /^$/, read: "metadata", write: "administration" },
];

/** What a call asks of its token. Outside of a repository everything that is served may be read by everyone. */
export function permissionOf(method: string, path: string): Permission | undefined {
  const behind = /^\/repos\/[^/]+\/[^/]+(.*)$/.exec(path)?.[1] ?? (/^\/orgs\/[^/]+\/teams\/[^/]+\/repos\//.test(path) ? "" : undefined);
  const row = behind === undefined ? undefined : TABLE.find((each) => each.path.test(behind));
  if (row === undefined) return undefined;
  const level = method === "GET" || method === "HEAD" ? "read" : "write";
  return { name: level === "write" ? (row.write ?? row.read) : row.read, level };
}

/** A token, as far as GitHub asks. */
export interface Token {
  /** Whose it is. */
  login: string;
  /** What it may; write allows reading. @default everything */
  permissions?: Readonly<Record<string, "read" | "write">>;
  /** `owner/name` of all that it sees, besides what is public. @default everything */
  repositories?: readonly string[];
}

export function allows({ permissions }: Token, { level, name }: Permission): boolean {
  if (permissions === undefined || (name === "metadata" && level === "read")) return true;
  const given = permissions[name];
  return given === "write" || given === level;
}
