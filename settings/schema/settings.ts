import type { NamespaceSettings } from "./namespace.ts";
import type { RepositorySettings } from "./repository.ts";
import type { ServiceSettings } from "./service.ts";

/** The sections of a stack's configuration; a section that a stack lacks is empty here and not managed. */
export interface Sections {
  /** The organisation or user that owns the repositories and the images: `github:owner`. */
  owner: string;
  repositories: Readonly<Record<string, RepositorySettings>>;
  namespaces: Readonly<Record<string, NamespaceSettings>>;
  services: Readonly<Record<string, ServiceSettings>>;
  /** Every name that the file declares, those with problems of their own included. */
  declared: { repositories: ReadonlySet<string>; namespaces: ReadonlySet<string>; services: ReadonlySet<string> };
}
