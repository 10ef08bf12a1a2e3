import type { Identity } from "./identities.ts";
import type { MergeMethod } from "./repository-settings.ts";

export type RulesetSettings = BranchRuleset | TagRuleset | PushRuleset;

interface RulesetBase {
  /** `evaluate` reports and refuses nothing; organisations only. */
  enforcement: "active" | "evaluate" | "disabled";
  /** Whom the rules do not hold for. */
  bypass: BypassActor[];
}

interface RefRuleset extends RulesetBase {
  /** Names or patterns such as `main` and `release/*`, `~DEFAULT_BRANCH`, `~ALL`. */
  include: string[];
  exclude: string[];
  blockCreation: boolean;
  blockUpdate: boolean;
  blockDeletion: boolean;
  blockForcePush: boolean;
  /** Commits carry a verified signature. */
  signatures: boolean;
  /** GitHub Enterprise only. */
  patterns: RulesetPatterns;
}

export interface BranchRuleset extends RefRuleset {
  target: "branch";
  /** No merge commits. */
  linearHistory: boolean;
  pullRequest?: PullRequestRule | undefined;
  requiredChecks?: RequiredChecks | undefined;
  mergeQueue?: MergeQueue | undefined;
  /** Environments that a commit was deployed to before it is merged. */
  requiredDeployments: string[];
  codeScanning: CodeScanningTool[];
  copilotReview?: { drafts: boolean; pushes: boolean } | undefined;
}

export interface TagRuleset extends RefRuleset {
  target: "tag";
}

/** What a push may contain; private and internal repositories only. */
export interface PushRuleset extends RulesetBase {
  target: "push";
  /** Paths that nobody may change, such as `.github/workflows/*`. */
  blockedPaths: string[];
  /** Such as `*.exe`. */
  blockedExtensions: string[];
  /** Megabytes, 1 to 100. */
  maxFileMegabytes?: number | undefined;
  /** Characters, 1 to 32767. */
  maxPathLength?: number | undefined;
}

export type BypassActor = { mode: "always" | "pull-request" | "exempt" } & (
  | { kind: "role"; role: "maintain" | "write" | "admin" }
  | { kind: "team"; team: Identity }
  | { kind: "user"; user: Identity }
  | { kind: "app"; app: number }
  | { kind: "organization-admin" }
  | { kind: "enterprise-owner" }
  | { kind: "deploy-key" }
);

export interface PullRequestRule {
  /** Approving reviews, 0 to 10. */
  approvals: number;
  dismissStaleReviews: boolean;
  codeOwnerReview: boolean;
  /** Whoever pushed last does not approve it. */
  lastPushApproval: boolean;
  threadResolution: boolean;
  /** @default those of the repository */
  methods?: MergeMethod[] | undefined;
  /** Teams that must approve certain paths. */
  reviewers: { team: Identity; paths: string[]; approvals: number }[];
}

export interface RequiredChecks {
  /** At least one. */
  checks: { context: string; app?: number | undefined }[];
  /** The branch is up to date with its base before it is merged. */
  strict: boolean;
  /** Branches may be created before the checks have run. */
  ignoreOnCreate: boolean;
}

export interface MergeQueue {
  method: MergeMethod;
  /** Every pull request of a group must pass, or only the group as a whole. */
  grouping: "all-green" | "head-green";
  /** 0 to 360. */
  timeoutMinutes: number;
  /** Built at the same time, 0 to 100. */
  maxBuild: number;
  /** Merged together, 0 to 100. */
  maxMerge: number;
  /** 0 to 100. */
  minMerge: number;
  /** How long to wait for that many, 0 to 360. */
  minMergeWaitMinutes: number;
}

export interface CodeScanningTool {
  tool: string;
  alerts: "none" | "errors" | "errors_and_warnings" | "all";
  securityAlerts: "none" | "critical" | "high_or_higher" | "medium_or_higher" | "all";
}

export interface Pattern {
  operator: "starts_with" | "ends_with" | "contains" | "regex";
  pattern: string;
  /** The rule refuses what matches. */
  negate: boolean;
}

export interface RulesetPatterns {
  name?: Pattern | undefined;
  commitMessage?: Pattern | undefined;
  authorEmail?: Pattern | undefined;
  committerEmail?: Pattern | undefined;
}
