import type { Documents, Found } from "../documents.ts";
import { numberOf } from "../identity.ts";
import type { Population } from "../population.ts";
import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { Branches } from "./branches.ts";
import { People } from "./people.ts";
import { pushRefusal } from "./protection.ts";
import { api, items, notFound, repositoryOf, repositoryPath, verb } from "./requests.ts";
import type { Attempt } from "./requests.ts";
import type { Need } from "./table.ts";
import { fillPath } from "../template.ts";

const ROOM = 100;

/** Finds what a request refers to among the documents and the population, and words the refusals as GitHub does. */
export class References {
  private readonly documents: Documents;
  private readonly population: Population;
  private readonly people: People;
  private readonly checks: Record<Need, (attempt: Attempt) => string | undefined> = {
    repository: (attempt) => (this.hasRepository(attempt.owner, repositoryOf(attempt.inputs)) ? this.archived(attempt) : notFound(attempt, repositoryOf(attempt.inputs))),
    environment: (attempt) => this.environment(attempt),
    branch: (attempt) => this.branch(attempt, attempt.inputs["branch"] ?? attempt.inputs["baseRef"]),
    source: (attempt) => this.branch(attempt, attempt.inputs["sourceBranch"] ?? this.branches(attempt).default()),
    head: (attempt) => this.branch(attempt, attempt.inputs["headRef"]),
    team: ({ inputs, owner }) => this.people.teams([inputs["teamId"] ?? inputs["teamSlug"]], owner),
    teams: ({ inputs, owner }) => this.people.teams(items(inputs["teams"], "teamId"), owner),
    user: ({ inputs }) => this.people.users([inputs["username"]]),
    users: ({ inputs }) => this.people.users(items(inputs["users"], "username")),
    reviewers: (attempt) => this.reviewers(attempt),
    sources: (attempt) => this.template(attempt),
    "secret room": (attempt) => this.room(attempt),
    "writable branch": (attempt) => pushRefusal(this.documents, `github/${attempt.owner}/${repositoryOf(attempt.inputs)}`, attempt.inputs, this.branches(attempt).default()),
  };

  constructor(documents: Documents, population: Population) {
    this.documents = documents;
    this.population = population;
    this.people = new People(documents, population);
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
    const branches = this.branches(attempt);
    const repository = api(owner, repositoryOf(inputs));
    if (attempt.type !== "RepositoryFile" && branches.isEmpty()) return `${verb(attempt)} ${repository}: 422 Cannot update default branch for an empty repository. Please init the repository and push first. []`;
    return branches.has(branch) ? undefined : `${verb(attempt)} ${repository}/branches/${branch}: 404 Branch not found []`;
  }

  private branches({ inputs, owner }: Attempt): Branches {
    return new Branches(this.documents, `github/${owner}/${fillPath("{name}", { name: repositoryOf(inputs) })}`);
  }

  private reviewers({ inputs, owner }: Attempt): string | undefined {
    const missing = this.people.missingReviewer(inputs, owner);
    return missing === undefined ? undefined : `PUT ${api(owner, repositoryOf(inputs))}/environments/${String(inputs["environment"])}: 422 Validation Failed [reviewer ${missing} could not be found]`;
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
