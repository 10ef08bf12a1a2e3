import type { Document } from "../document.ts";
import type { Documents, Found } from "../documents.ts";
import { numberOf } from "../identity.ts";
import { idOf } from "../population.ts";
import type { Population } from "../population.ts";
import { isProperties, UNKNOWN } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { repositoryOfNode, slug } from "./computed.ts";
import { pushRefusal } from "./protection.ts";
import type { Need } from "./table.ts";
import { fillPath } from "./template.ts";

/** One create or update that GitHub may refuse. */
export interface Attempt {
  type: string;
  needs: readonly Need[];
  inputs: Properties;
  owner: string;
  existing: Document | undefined;
  path: string;
}

const ROOM = 100;
/** What the first commit of a repository is on. */
const FIRST_BRANCH = "main";

/** Finds what a request refers to among the documents and the population, and words the refusals as GitHub does. */
export class References {
  private readonly documents: Documents;
  private readonly population: Population;
  private readonly checks: Record<Need, (attempt: Attempt) => string | undefined> = {
    repository: (attempt) => (this.hasRepository(attempt.owner, repositoryOf(attempt.inputs)) ? this.archived(attempt) : notFound(attempt, repositoryOf(attempt.inputs))),
    environment: (attempt) => this.environment(attempt),
    branch: (attempt) => this.branch(attempt, attempt.inputs["branch"] ?? attempt.inputs["baseRef"]),
    source: (attempt) => this.branch(attempt, attempt.inputs["sourceBranch"] ?? this.defaultBranch(attempt)),
    head: (attempt) => this.branch(attempt, attempt.inputs["headRef"]),
    team: ({ inputs, owner }) => this.teams([inputs["teamId"] ?? inputs["teamSlug"]], owner),
    teams: ({ inputs, owner }) => this.teams(items(inputs["teams"], "teamId"), owner),
    user: ({ inputs }) => this.users([inputs["username"]]),
    users: ({ inputs }) => this.users(items(inputs["users"], "username")),
    reviewers: (attempt) => this.reviewers(attempt),
    sources: (attempt) => this.template(attempt),
    "secret room": (attempt) => this.room(attempt),
    "writable branch": (attempt) => pushRefusal(this.documents, `github/${attempt.owner}/${repositoryOf(attempt.inputs)}`, attempt.inputs, this.defaultBranch(attempt)),
  };

  constructor(documents: Documents, population: Population) {
    this.documents = documents;
    this.population = population;
  }

  /** Why GitHub refuses, or undefined. */
  refuse(attempt: Attempt): string | undefined {
    for (const need of attempt.needs) {
      const refusal = this.checks[need](attempt);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  repository(inputs: Properties, owner: string): Found | undefined {
    return this.documents.read(repositoryPath(owner, repositoryOf(inputs)));
  }

  /** GitHub's number of the repository that a request speaks of. */
  repositoryNumber(inputs: Properties, owner: string): number {
    return this.repository(inputs, owner)?.number ?? numberOf(repositoryPath(owner, repositoryOf(inputs)));
  }

  /** True for the document of a repository that was there before the program ran. */
  takenOver(path: string): boolean {
    const [, owner = "", name = "", kind] = path.split("/");
    return kind === "repository" && this.population.repositories.includes(`${owner}/${name}`);
  }

  /** True where it has a document, or was there before the program ran. */
  private hasRepository(owner: string, name: string): boolean {
    return this.documents.read(repositoryPath(owner, name)) !== undefined || this.population.repositories.includes(`${owner}/${name}`);
  }

  /** True where the repository or environment above a document was deleted by hand. */
  orphaned(path: string): boolean {
    const [, owner = "", repository = "", kind, ...rest] = path.split("/");
    if (repository.startsWith("_") || kind === "repository") return false;
    if (!this.hasRepository(owner, repository)) return true;
    const collection = rest.findLastIndex((segment) => ENVIRONMENT_PARTS.has(segment));
    return kind === "environments" && collection > 0 && this.documents.read(`github/${owner}/${repository}/environments/${rest.slice(0, collection).join("/")}`) === undefined;
  }

  private archived(attempt: Attempt): string | undefined {
    if (attempt.type === "Repository" || this.repository(attempt.inputs, attempt.owner)?.body["archived"] !== true) return undefined;
    return `${verb(attempt)} ${api(attempt.owner, repositoryOf(attempt.inputs))}: 403 Repository was archived so is read-only. []`;
  }

  private environment(attempt: Attempt): string | undefined {
    const { inputs, owner } = attempt;
    const environment = inputs["environment"] ?? inputs["environmentName"];
    const path = fillPath("{repository}/environments/{environment}", { repository: repositoryOf(inputs), environment: environment ?? "" });
    return this.documents.read(`github/${owner}/${path}`) === undefined ? notFound(attempt, `${repositoryOf(inputs)}/environments/${String(environment)}`) : undefined;
  }

  private branch(attempt: Attempt, branch: Value | undefined): string | undefined {
    const { inputs, owner } = attempt;
    if (typeof branch !== "string" || inputs["autocreateBranch"] === true || inputs["rename"] === true) return undefined;
    if (attempt.type !== "RepositoryFile" && this.isEmpty(attempt)) return `${verb(attempt)} ${api(owner, repositoryOf(inputs))}: 422 Cannot update default branch for an empty repository. Please init the repository and push first. []`;
    if (branch === FIRST_BRANCH || branch === this.defaultBranch(attempt)) return undefined;
    const home = `github/${owner}/${fillPath("{repository}/branches/{branch}", { repository: repositoryOf(inputs), branch })}`;
    const files = `github/${owner}/${fillPath("{repository}/files/{branch}", { repository: repositoryOf(inputs), branch })}`;
    if (this.documents.read(home) !== undefined || this.documents.paths(files).length > 0) return undefined;
    return `${verb(attempt)} ${api(owner, repositoryOf(inputs))}/branches/${branch}: 404 Branch not found []`;
  }

  /** Without a first commit there is no branch, not even the default one. */
  private isEmpty({ inputs, owner }: Attempt): boolean {
    const body = this.repository(inputs, owner)?.body;
    if (body === undefined || body["autoInit"] === true || body["template"] !== undefined || body["fork"] === true) return false;
    return this.documents.paths(`github/${owner}/${fillPath("{name}", { name: repositoryOf(inputs) })}/files`).length === 0;
  }

  private defaultBranch({ inputs, owner }: Attempt): string {
    const declared = this.documents.read(`github/${owner}/${fillPath("{name}", { name: repositoryOf(inputs) })}/default-branch`)?.body["branch"];
    const own = this.repository(inputs, owner)?.body["defaultBranch"];
    return typeof declared === "string" ? declared : typeof own === "string" ? own : FIRST_BRANCH;
  }

  private teams(teams: (Value | undefined)[], owner: string): string | undefined {
    const missing = teams.find((team) => team !== undefined && team !== UNKNOWN && !this.hasTeam(String(team), owner));
    return missing === undefined ? undefined : `GET https://api.github.com/orgs/${owner}/teams/${String(missing)}: 404 Not Found []`;
  }

  hasTeam(team: string, owner: string): boolean {
    if (this.population.teams.some((name) => name === team || String(idOf("team", name)) === team)) return true;
    return this.documents.list(`github/${owner}/_organization/teams`).some(({ body, number }) => String(number) === team || slug(String(body["name"] ?? "")) === team);
  }

  private users(users: (Value | undefined)[]): string | undefined {
    const missing = users.find((user) => user !== undefined && user !== UNKNOWN && !this.population.users.some((name) => name.toLowerCase() === String(user).toLowerCase()));
    return missing === undefined ? undefined : `GET https://api.github.com/users/${String(missing)}: 404 Not Found []`;
  }

  private reviewers({ inputs, owner }: Attempt): string | undefined {
    const lists = Array.isArray(inputs["reviewers"]) ? inputs["reviewers"].filter(isProperties) : [];
    const teams = lists.flatMap((list) => (Array.isArray(list["teams"]) ? list["teams"] : []));
    const users = lists.flatMap((list) => (Array.isArray(list["users"]) ? list["users"] : []));
    const known = [
      ...teams.filter((id) => !this.hasTeam(String(id), owner)),
      ...users.filter((id) => !this.population.users.some((name) => idOf("user", name) === id)),
    ];
    if (known.length === 0) return undefined;
    return `PUT ${api(owner, repositoryOf(inputs))}/environments/${String(inputs["environment"])}: 422 Validation Failed [reviewer ${String(known[0])} could not be found]`;
  }

  private template({ inputs }: Attempt): string | undefined {
    const template = inputs["template"];
    if (!isProperties(template) || typeof template["owner"] !== "string" || typeof template["repository"] !== "string") return undefined;
    const source = this.documents.read(`github/${fillPath("{owner}/{repository}", template)}/repository`);
    if (source?.body["isTemplate"] === true) return undefined;
    return `POST ${api(template["owner"], template["repository"])}/generate: 404 Not Found []`;
  }

  private room({ inputs, owner, existing, path }: Attempt): string | undefined {
    if (existing !== undefined || this.documents.paths(path.slice(0, path.lastIndexOf("/"))).length < ROOM) return undefined;
    return `PUT ${api(owner, repositoryOf(inputs))}/secrets/${String(inputs["secretName"])}: 422 at most ${ROOM} secrets are allowed []`;
  }
}

const ENVIRONMENT_PARTS = new Set(["secrets", "variables", "deployment-policies", "branch-policies"]);

function repositoryOf(inputs: Properties): string {
  const id = inputs["repositoryId"];
  return String(inputs["repository"] ?? inputs["baseRepository"] ?? (typeof id === "string" ? (repositoryOfNode(id) ?? id) : undefined) ?? inputs["name"] ?? "");
}

function items(list: Value | undefined, key: string): (Value | undefined)[] {
  return Array.isArray(list) ? list.filter(isProperties).map((item) => item[key]) : [];
}

function notFound(attempt: Attempt, what: string): string {
  return `${verb(attempt)} ${api(attempt.owner, what)}: 404 Not Found []`;
}

function verb({ existing }: Attempt): string {
  return existing === undefined ? "POST" : "PATCH";
}

function api(owner: string, rest: string): string {
  return `https://api.github.com/repos/${owner}/${rest}`;
}

function repositoryPath(owner: string, name: string): string {
  return `github/${owner}/${fillPath("{name}", { name })}/repository`;
}
