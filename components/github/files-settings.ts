/** Files that the stack keeps in a repository. One commit a file: keep them few. */
export interface FilesSettings {
  /** How they get there. */
  deliver: FilesDelivery;
  /** The commits' message; `{file}` is the path. */
  message: string;
  /** Text by path. */
  content: Record<string, string>;
}

export type FilesDelivery =
  /** Straight to the default branch: where a ruleset asks for pull requests, the token's actor must be in its bypass. */
  | { kind: "commit"; author?: { name: string; email: string } | undefined }
  /** To a branch of their own and a pull request, which people merge. */
  | { kind: "pull-request"; branch: string; title: string; body: string };
