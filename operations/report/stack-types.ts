/** A repository. */
export interface SystemReport {
  /** Without its owner. */
  name: string;
  /** `owner/name`. */
  repository: string;
  /** Absent where the stack does not manage the repository. */
  visibility?: string | undefined;
  address?: string | undefined;
  environments: readonly EnvironmentReport[];
  rulesets: readonly RulesetReport[];
}

export interface EnvironmentReport {
  name: string;
  address?: string | undefined;
  /** One line: who approves, or why nobody has to. */
  approvals: string;
  reviewed: boolean;
  selfReview: boolean;
  adminsBypass: boolean;
  waitMinutes: number;
  /** Patterns of branches and tags; one text where there are none. */
  deployFrom: readonly string[];
}

export interface RulesetReport {
  name: string;
  /** `branch` or `tag`. */
  target: string;
  active: boolean;
  refs: readonly string[];
  /** In words. */
  rules: readonly string[];
}

export interface ServiceReport {
  name: string;
  /** Name of its repository. */
  system: string;
  namespace: string;
  hosts: readonly string[];
  stage: "settled" | "in flight" | "held";
  /** Why it is held. */
  held?: string | undefined;
  /** When a weight or the stage last changed. */
  since: string;
  /** Per cent that a candidate passes; empty where the file does not say. */
  stages: readonly number[];
  /** Image that a command asked for instead of the configuration's. */
  asked?: string | undefined;
  revisions: readonly RevisionReport[];
  rejected: readonly { revision: string; reason: string; at: string }[];
  /** Whether the cluster has the recorded weights, as far as the last update knows. */
  inCluster: boolean;
}

export interface RevisionReport {
  id: string;
  role: "stable" | "candidate" | "retained";
  /** Per cent, as recorded. */
  weight: number;
  /** Per cent, as the last update gave it to the cluster; absent where it has no route. */
  applied?: number | undefined;
  /** Registry and name. */
  image: string;
  tag?: string | undefined;
  digest?: string | undefined;
}
