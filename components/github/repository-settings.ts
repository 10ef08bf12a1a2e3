import type { AccessSettings } from "./access.ts";
import type { ActionsSettings } from "./actions-permissions.ts";
import type { AutolinkSettings } from "./autolinks.ts";
import type { EnvironmentSettings } from "./environment-protection.ts";
import type { FilesSettings } from "./files-settings.ts";
import type { LabelsSettings } from "./labels.ts";
import type { RulesetSettings } from "./ruleset-settings.ts";
import type { ConfiguredSecret } from "../secrets.ts";
import type { WebhookSettings } from "./webhook.ts";

/** A repository that this stack owns whole, or one that exists already and of which this stack owns only the parts below. */
export type RepositorySettings = DeclaredRepository | ExistingRepository;

/** What a stack may add to a repository, whoever owns the repository itself. */
export interface RepositoryParts {
  /** Deployment environments by name. */
  environments: Record<string, EnvironmentSettings>;
  /** Actions secrets by name; at most 100. */
  secrets: Record<string, ConfiguredSecret>;
  /** Actions variables by name. */
  variables: Record<string, string>;
  /** Secrets that Dependabot's own runs may read; at most 100. */
  dependabotSecrets: Record<string, ConfiguredSecret>;
}

export interface ExistingRepository extends RepositoryParts {
  existing: true;
}

export interface DeclaredRepository extends RepositoryParts {
  existing: false;
  /** At most 350 characters. */
  description: string;
  homepage?: string | undefined;
  /** At most 20. */
  topics: string[];
  visibility: "public" | "private" | "internal";
  /** Read-only for everyone; GitHub's API cannot undo it. */
  archived: boolean;
  /** Other repositories may be created from this one. */
  template: boolean;
  /** What it is created from; of no effect afterwards. */
  origin: RepositoryOrigin;
  /** The branch that GitHub made is renamed to it. */
  defaultBranch: string;
  /** Pulumi refuses to delete it. */
  protect: boolean;
  /** `destroy` archives it instead of deleting it. */
  archiveOnDestroy: boolean;
  /** Its former key here: it is renamed in place instead of being created anew. */
  renamedFrom?: string | undefined;
  features: FeatureSettings;
  merge: MergeSettings;
  security: SecuritySettings;
  /** Absent: GitHub Pages is not managed. */
  pages?: PagesSettings | undefined;
  /** Absent: labels are not managed. */
  labels?: LabelsSettings | undefined;
  /** Absent: access is not managed. */
  access?: AccessSettings | undefined;
  /** Absent: Actions permissions are not managed. */
  actions?: ActionsSettings | undefined;
  rulesets: Record<string, RulesetSettings>;
  /** Absent: no files are managed. */
  files?: FilesSettings | undefined;
  webhooks: Record<string, WebhookSettings>;
  /** By key prefix, such as `JIRA-`. */
  autolinks: Record<string, AutolinkSettings>;
}

export type RepositoryOrigin =
  | { kind: "empty"; gitignore?: string | undefined; licence?: string | undefined }
  | { kind: "template"; owner: string; repository: string; allBranches: boolean }
  | { kind: "fork"; owner: string; repository: string }
  /** It was there before the stack: nothing is said of how it came to be. */
  | { kind: "existing" };

export interface FeatureSettings {
  issues: boolean;
  projects: boolean;
  wiki: boolean;
  discussions: boolean;
  /** Private and internal repositories of an organisation only. */
  forking?: boolean | undefined;
  /** Commits made on the web carry a sign-off. */
  signoff: boolean;
}

export type MergeMethod = "merge" | "squash" | "rebase";
export type SquashText = "title-and-body" | "title-and-commits" | "title" | "commit-or-title";
export type MergeText = "title-and-body" | "title" | "merge-message";

export interface MergeSettings {
  /** At least one. */
  methods: MergeMethod[];
  squashText: SquashText;
  mergeText: MergeText;
  autoMerge: boolean;
  /** The head branch goes when its pull request is merged. */
  deleteBranch: boolean;
  /** Pull requests offer to be brought up to date with their base. */
  updateBranch: boolean;
}

/** An absent switch is GitHub's (or the organisation's) to decide. */
export interface SecuritySettings {
  vulnerabilityAlerts: boolean;
  /** Dependabot's pull requests for vulnerable dependencies; they need the alerts. */
  dependabotUpdates: boolean;
  /** @default true in a public repository, with advancedSecurity and with pushProtection */
  secretScanning?: boolean | undefined;
  /** Pushes with secrets are refused. @default as secretScanning */
  pushProtection?: boolean | undefined;
  /** Always on, and not to be set, in a public repository. */
  advancedSecurity?: boolean | undefined;
}

export type PagesSettings = ({ kind: "workflow" } | { kind: "branch"; branch: string; path: "/" | "/docs" }) & {
  /** A domain of one's own. */
  domain?: { host: string; enforceHttps: boolean } | undefined;
};
