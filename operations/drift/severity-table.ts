import type { Change, Difference, Severity } from "./types.ts";

export interface Judgement {
  types: RegExp;
  /** Matched against the field; absent: the whole object and every field of it. */
  field?: RegExp;
  /** @default every change */
  changes?: readonly Change[];
  /** @default always */
  when?: (difference: Difference) => boolean;
  severity: Severity;
  because: string;
}

const FIELDS = ["changed", "added", "removed"] as const;

const turned = (to: unknown) => ({ live }: Difference): boolean => live === to;
const turnedOff = ({ live }: Difference): boolean => live === false || live === undefined || live === "disabled";
const less = ({ declared, live }: Difference): boolean => Number(live ?? 0) < Number(declared ?? 0);
const isWorkflow = ({ what }: Difference): boolean => /:(\.github\/(workflows|actions)\/|(\.github\/|docs\/)?CODEOWNERS$)/.test(what);

/** Permissions that GitHub gives, least first. */
export const PERMISSIONS = ["read", "pull", "triage", "write", "push", "maintain", "admin"] as const;

function rank(permission: unknown): number {
  const place = PERMISSIONS.findIndex((each) => each === permission);
  return permission === undefined ? -1 : place < 0 ? PERMISSIONS.length : place;
}

const wider = ({ declared, live }: Difference): boolean => rank(live) > rank(declared);

/** The first row that fits decides. What weakens a protection, widens access or touches a secret is hostile; what fits no row is risky. */
export const JUDGEMENTS: readonly Judgement[] = [
  // Environments: who may deploy.
  { types: /^github:RepositoryEnvironment$/, changes: ["missing"], severity: "hostile", because: "its reviewers and secrets are gone with it" },
  { types: /^github:RepositoryEnvironment$/, field: /^reviewers\b/, severity: "hostile", because: "other people than the declared ones approve deployments, or nobody has to" },
  { types: /^github:RepositoryEnvironment$/, field: /^preventSelfReview$/, when: turnedOff, severity: "hostile", because: "whoever starts a deployment may approve it alone" },
  { types: /^github:RepositoryEnvironment$/, field: /^canAdminsBypass$/, when: turned(true), severity: "hostile", because: "administrators may deploy without approval" },
  { types: /^github:RepositoryEnvironment$/, field: /^waitTimer$/, when: less, severity: "hostile", because: "the time in which a deployment can be stopped is shorter" },
  { types: /^github:RepositoryEnvironment$/, field: /^deploymentBranchPolicy\b/, severity: "hostile", because: "other branches than the declared ones may be deployed" },
  { types: /^github:Repository(Environment)?Deployment(Branch)?Policy$/, changes: ["unmanaged", ...FIELDS], severity: "hostile", because: "other branches than the declared ones may be deployed" },
  // Rulesets and branch protection.
  { types: /^github:RepositoryRuleset$/, changes: ["unmanaged"], severity: "risky", because: "a ruleset only forbids more, yet it may lock out what the stack does" },
  { types: /^github:(RepositoryRuleset|OrganizationRuleset|BranchProtection\w*)$/, changes: ["missing"], severity: "hostile", because: "the branches and tags that it protected are open" },
  { types: /^github:(RepositoryRuleset|OrganizationRuleset)$/, field: /^name$/, severity: "risky", because: "what names it no longer finds it" },
  { types: /^github:(RepositoryRuleset|OrganizationRuleset|BranchProtection\w*)$/, severity: "hostile", because: "it protects less, or not those whom it should" },
  // Access.
  { types: /^github:(RepositoryCollaborators?|TeamRepository)$/, changes: ["unmanaged", "added"], severity: "hostile", because: "somebody has access whom nobody declared" },
  { types: /^github:(RepositoryCollaborators?|TeamRepository)$/, field: /permission$/, when: wider, severity: "hostile", because: "somebody may do more than declared" },
  { types: /^github:(RepositoryCollaborators?|TeamRepository)$/, field: /(username|teamId)$/, changes: ["changed"], severity: "hostile", because: "somebody else has the access" },
  { types: /^github:RepositoryDeployKey$/, changes: ["unmanaged"], severity: "hostile", because: "whoever holds the key reads the code, and writes it unless it is read-only" },
  { types: /^github:RepositoryWebhook$/, changes: ["unmanaged"], severity: "hostile", because: "what happens in the repository is told to an address that nobody declared" },
  { types: /^github:\w*Webhook$/, field: /^configuration\b/, severity: "hostile", because: "events go to another address, or unsigned, or unencrypted" },
  // Secrets.
  { types: /^github:\w*Secret$/, changes: ["unmanaged", ...FIELDS], severity: "hostile", because: "workflows get a secret that this stack did not write" },
  { types: /^kubernetes:Secret$/, field: /^(data|stringData|type)\b/, severity: "hostile", because: "pods get a secret that this stack did not write" },
  // A repository's own switches.
  { types: /^github:Repository$/, field: /^visibility$/, severity: "hostile", because: "others than declared can read the code" },
  { types: /^github:Repository$/, field: /^securityAndAnalysis\b/, when: turnedOff, severity: "hostile", because: "secrets in pushes are no longer looked for" },
  { types: /^github:Repository$/, field: /^webCommitSignoffRequired$/, when: turnedOff, severity: "hostile", because: "commits on the web need no sign-off any more" },
  { types: /^github:Repository$/, field: /^allowForking$/, when: turned(true), severity: "hostile", because: "the code may be copied out of the organisation" },
  { types: /^github:Repository(VulnerabilityAlerts|DependabotSecurityUpdates)$/, severity: "hostile", because: "known vulnerabilities are no longer told or mended" },
  { types: /^github:(ActionsRepositoryPermissions|WorkflowRepositoryPermissions|ActionsRepositoryAccessLevel|ActionsRepositoryOidc\w+)$/, severity: "hostile", because: "workflows run other code, or with more rights, than declared" },
  { types: /^github:RepositoryFile$/, field: /^(content|file|branch)$/, when: isWorkflow, severity: "hostile", because: "it decides what runs with the repository's secrets, or who reviews" },
  { types: /^github:RepositoryFile$/, changes: ["missing"], when: isWorkflow, severity: "hostile", because: "a check or a reviewer went with it" },
  { types: /^github:Repository$/, field: /^(description|homepageUrl|topics|has\w+|isTemplate)\b/, severity: "benign", because: "people see it; nothing depends on it" },
  { types: /^github:Repository$/, field: /^(autoInit|gitignoreTemplate|licenseTemplate|archiveOnDestroy)$/, severity: "benign", because: "it counts when the repository is made or destroyed, and not now" },
  { types: /^github:(RepositoryTopics|IssueLabels?|RepositoryMilestone)$/, severity: "benign", because: "people see it; nothing depends on it" },
  { types: /^github:RepositoryFile$/, field: /^(commit\w*|overwriteOnCreate|autocreate\w*)$/, severity: "benign", because: "it counts when the file is next written" },
  { types: /^github:RepositoryPullRequest$/, field: /^(title|body)$/, severity: "benign", because: "people see it; nothing depends on it" },
  // Kubernetes.
  { types: /^kubernetes:(NetworkPolicy|PeerAuthentication|RequestAuthentication|AuthorizationPolicy)$/, changes: ["missing", ...FIELDS], field: /^(?!metadata\.(labels|annotations)\b)/, severity: "hostile", because: "who may talk to whom is decided here" },
  { types: /^kubernetes:(Cluster)?Role(Binding)?$/, severity: "hostile", because: "rights in the cluster are given here" },
  { types: /^kubernetes:Namespace$/, field: /^metadata\.(labels|annotations)\["?(pod-security\.kubernetes\.io|istio)|^metadata\.labels\["?istio-injection|^metadata\.labels\.istio-injection/, severity: "hostile", because: "pods are held to less, or leave the mesh" },
  { types: /^kubernetes:ServiceAccount$/, field: /^automountServiceAccountToken$/, severity: "hostile", because: "pods may get a token for the cluster's API" },
  { types: /^kubernetes:/, field: /\b(securityContext|hostNetwork|hostPID|hostIPC|hostPath|serviceAccount(Name)?|automountServiceAccountToken)\b/, severity: "hostile", because: "the pod may do more on its node or in the cluster" },
  { types: /^kubernetes:/, field: /sidecar\.istio\.io\/inject|ambient\.istio\.io/, severity: "hostile", because: "the pod leaves the mesh and its encryption" },
  { types: /^kubernetes:Gateway$/, field: /\btls\b/, severity: "hostile", because: "traffic from outside may flow unencrypted, or under another certificate" },
  { types: /^kubernetes:/, field: /\bimage$/, severity: "risky", because: "another image runs than the released one" },
  { types: /^kubernetes:VirtualService$/, field: /\bweight$/, severity: "risky", because: "users meet a revision in another share than the release says" },
  { types: /^kubernetes:/, field: /^metadata\.(labels|annotations)\b/, severity: "benign", because: "a note on the object; what selects by it is judged where it selects" },
  // What is left.
  { types: /./, changes: ["missing"], severity: "risky", because: "what was declared is gone" },
  { types: /./, changes: ["unmanaged"], severity: "risky", because: "it works beside what is declared" },
  { types: /./, severity: "risky", because: "what it does is not what was declared" },
];
