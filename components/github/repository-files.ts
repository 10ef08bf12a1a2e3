import { Branch } from "@pulumi/github/branch.js";
import { RepositoryFile } from "@pulumi/github/repositoryFile.js";
import { RepositoryPullRequest } from "@pulumi/github/repositoryPullRequest.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { FilesSettings } from "./files-settings.ts";

export interface RepositoryFilesArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  /** Where the files go, or where they are proposed to. */
  defaultBranch: Input<string>;
  settings: FilesSettings;
}

/** Files of a repository, committed to the default branch or proposed by a pull request. */
export class RepositoryFiles extends ComponentResource {
  /** Number of the pull request; undefined where files are committed. */
  readonly pullRequest: Output<number> | undefined;
  /** The last commit, which comes after all others; none where there is no file. */
  readonly last: Resource[];

  constructor(name: string, args: RepositoryFilesArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:RepositoryFiles", name, {}, opts);
    const { settings, repository, defaultBranch } = args;
    const { deliver } = settings;
    switch (deliver.kind) {
      case "commit":
        this.last = this.commit(name, args, defaultBranch, deliver.author);
        this.pullRequest = undefined;
        break;
      case "pull-request": {
        const branch = new Branch(
          `${name}-branch`,
          { repository, branch: deliver.branch, sourceBranch: defaultBranch },
          // Another source replaces it, and a branch's name is taken while the old one is there.
          { parent: this, deleteBeforeReplace: true },
        );
        this.last = this.commit(name, args, branch.branch, undefined);
        const request = new RepositoryPullRequest(
          `${name}-request`,
          { baseRepository: repository, baseRef: defaultBranch, headRef: branch.branch, title: deliver.title, body: deliver.body },
          { parent: this, dependsOn: this.last },
        );
        this.pullRequest = request.number;
        break;
      }
      default:
        this.last = deliver satisfies never;
    }
    this.registerOutputs({ pullRequest: this.pullRequest });
  }

  /** One after the other: two commits at once onto one branch end in a conflict. */
  private commit(name: string, args: RepositoryFilesArgs, branch: Input<string>, author: { name: string; email: string } | undefined): Resource[] {
    const { repository, settings } = args;
    let previous: Resource[] = [];
    for (const [file, content] of Object.entries(settings.content).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const inputs = {
        repository,
        branch,
        file,
        content,
        commitMessage: settings.message.replaceAll("{file}", file),
        overwriteOnCreate: true,
        ...(author && { commitAuthor: author.name, commitEmail: author.email }),
      };
      previous = [new RepositoryFile(`${name}-${file}`, inputs, { parent: this, dependsOn: previous })];
    }
    return previous;
  }
}
