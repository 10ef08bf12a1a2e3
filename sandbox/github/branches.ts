import type { Documents } from "../documents.ts";
import type { Properties } from "../values.ts";
import { fillPath } from "../template.ts";

/** What the first commit of a repository is on. */
const FIRST_BRANCH = "main";

/** The branches of one repository, as its documents imply them. */
export class Branches {
  private readonly documents: Documents;
  private readonly folder: string;

  /** `folder` is the repository's, `github/<owner>/<name>`. */
  constructor(documents: Documents, folder: string) {
    this.documents = documents;
    this.folder = folder;
  }

  default(): string {
    const declared = this.documents.read(`${this.folder}/default-branch`)?.body["branch"];
    const own = this.repository()?.["defaultBranch"];
    return typeof declared === "string" ? declared : typeof own === "string" ? own : FIRST_BRANCH;
  }

  /** Without a first commit there is no branch, not even the default one. */
  isEmpty(): boolean {
    const body = this.repository();
    if (body === undefined || body["autoInit"] === true || body["template"] !== undefined || body["fork"] === true) return false;
    return this.documents.paths(`${this.folder}/files`).length === 0;
  }

  has(branch: string): boolean {
    if (branch === FIRST_BRANCH || branch === this.default()) return true;
    return this.documents.read(`${this.folder}/${fillPath("branches/{branch}", { branch })}`) !== undefined
      || this.documents.paths(`${this.folder}/${fillPath("files/{branch}", { branch })}`).length > 0;
  }

  private repository(): Properties | undefined {
    return this.documents.read(`${this.folder}/repository`)?.body;
  }
}
