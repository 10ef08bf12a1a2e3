import type { WorkflowFile } from "./types.ts";

/** What a family makes of its options. */
export interface Pipeline {
  workflows: WorkflowFile[];
  /** Other files of the repository that belong to them, by path: their configuration, runbooks, formulae. */
  files?: Record<string, string>;
  /** Keys of the families whose files its steps read. Workflows that a job calls by `uses` are found by themselves. */
  requires?: readonly string[];
}

/** What the stack knows of the repository that a pipeline is made for. */
export interface Repository {
  owner: string;
  name: string;
  defaultBranch: string;
  visibility: "public" | "private" | "internal";
  /** Whether GitHub takes findings of scanners: public repositories, and others with Advanced Security. */
  codeScanning: boolean;
  environments: Record<string, { url?: string | undefined; reviewed: boolean; waitMinutes: number; approvals: string }>;
  /** The services that are built from it. */
  services: Record<string, RepositoryService>;
  labels: readonly string[];
  /** Slugs of the teams with access, in the order of the settings. */
  teams: readonly string[];
}

export interface RepositoryService {
  namespace: string;
  /** Without tag and digest: `ghcr.io/acme/shop`. */
  image: string;
  strategy: "direct" | "canary" | "blue-green";
  /** Per cent of traffic by stage; canary only. */
  stages: readonly number[];
  /** First host under which the gateway shows it. */
  host?: string | undefined;
  /** Path of the readiness probe, if it is HTTP. */
  healthPath?: string | undefined;
}

/** A pure function from options to files: the same options give the same bytes. */
export type Family<Options> = (options: Options, repository: Repository) => Pipeline;
