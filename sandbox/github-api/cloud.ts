import type { Documents, Found } from "../documents.ts";
import { Branches } from "../github/branches.ts";
import { ROWS } from "../github/table.ts";
import { numberOf } from "../identity.ts";
import type { Population } from "../population.ts";
import { fillPath } from "../template.ts";
import type { Path, Properties } from "../values.ts";
import { notFound, Refusal } from "./answer.ts";

/** One account's repository, as a request names it. */
export interface Place {
  owner: string;
  repo: string;
}

/** The documents of the cloud, as the REST API reads and writes them: in the provider's own places and words. */
export class Cloud {
  readonly documents: Documents;
  readonly population: Population;
  private readonly clock: () => number;

  constructor(documents: Documents, population: Population, clock: () => number) {
    this.documents = documents;
    this.population = population;
    this.clock = clock;
  }

  now(): string {
    return new Date(this.clock()).toISOString();
  }

  /** `github/<owner>/<repository>` of a repository that exists. @throws Refusal 404 */
  repository({ owner = "", repo = "" }: Readonly<Record<string, string>>): Place & { folder: string } {
    const folder = fillPath("github/{owner}/{repo}", { owner, repo });
    if (repo.startsWith("_") || (!this.has(`${folder}/repository`) && !this.population.repositories.includes(`${owner}/${repo}`))) throw notFound();
    return { owner, repo, folder };
  }

  /** The same for a request that changes it. @throws Refusal 403 where it is archived */
  writable(params: Readonly<Record<string, string>>): Place & { folder: string } {
    const place = this.repository(params);
    if (this.read(`${place.folder}/repository`)?.body["archived"] === true) throw new Refusal(403, "Repository was archived so is read-only.");
    return place;
  }

  /** True for what only those see who were let in. */
  isPrivate({ owner, repo }: Place): boolean {
    const { private: hidden, visibility } = this.read(fillPath("github/{owner}/{repo}/repository", { owner, repo }))?.body ?? {};
    return hidden === true || visibility === "private" || visibility === "internal";
  }

  /** Where the provider keeps an object of this type, such as `ActionsSecret`. */
  path(type: string, owner: string, inputs: Properties): string {
    const row = ROWS[type];
    if (row === undefined) throw new Error(`${type}: has no place in the cloud; add a row to sandbox/github/table.ts`);
    return `github/${fillPath("{owner}", { owner })}/${fillPath(row.path, inputs)}`;
  }

  read(path: string): Found | undefined {
    return this.documents.read(path);
  }

  has(path: string): boolean {
    return this.documents.read(path) !== undefined;
  }

  /** The documents of a folder; a name with slashes lies deeper than others. */
  list(folder: string): Found[] {
    return this.documents.list(folder);
  }

  branches({ folder }: { folder: string }): Branches {
    return new Branches(this.documents, folder);
  }

  /**
   * Writes a document, and says who made it no more than before: what a person makes is nobody's, what a person changes stays the
   * program's. Answers what is there now.
   */
  put(path: string, body: Properties, secrets: Path[] = [], number?: number): Found {
    const existing = this.read(path);
    const now = this.now();
    const document = { body, secrets, madeBy: existing?.madeBy, number: existing?.number ?? number ?? numberOf(path), created: existing?.created ?? now, updated: now };
    this.documents.write(path, document);
    return { path, ...document };
  }

  /** Removes a document with everything that belongs to it. @throws Refusal 404 where it is not there */
  remove(path: string): void {
    if (!this.has(path)) throw notFound();
    this.documents.removeFolder(path);
    this.documents.remove(path);
  }

  /** The document that GitHub gave a number. @throws Refusal 404 */
  numbered(folder: string, number: string | undefined): Found {
    const found = this.list(folder).find((each) => String(numberIn(each)) === number);
    if (found === undefined) throw notFound();
    return found;
  }
}

/** GitHub's number of an object. */
export function numberIn(found: Found): number {
  return found.number ?? numberOf(found.path);
}
