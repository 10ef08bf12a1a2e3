import { isRecord } from "../unknown.ts";
import { canonical } from "./values.ts";
import type { Properties } from "./values.ts";

type Weakening = (before: Properties, after: Properties) => string[];

/** What makes a protection weaker without deleting it, by type. */
const WEAKENINGS: readonly { type: RegExp; of: Weakening }[] = [
  { type: /^github:.*:RepositoryEnvironment$/, of: environment },
  { type: /^github:.*:(Repository|Organization)Ruleset$/, of: ruleset },
  { type: /^github:index\/repository:Repository$/, of: repository },
  { type: /^github:.*:WorkflowRepositoryPermissions$/, of: (before, after) => [
    ...on(before["defaultWorkflowPermissions"] === "read" && after["defaultWorkflowPermissions"] === "write", "workflows may write to the repository unless they say otherwise"),
    ...on(before["canApprovePullRequestReviews"] !== true && after["canApprovePullRequestReviews"] === true, "workflows may approve pull requests"),
  ] },
  { type: /^github:.*:ActionsRepositoryPermissions$/, of: (before, after) => on(before["allowedActions"] !== "all" && after["allowedActions"] === "all", "any action of anybody may run") },
  { type: /^github:.*:RepositoryDependabotSecurityUpdates$/, of: (before, after) => on(before["enabled"] === true && after["enabled"] !== true, "vulnerable dependencies are not updated by themselves any more") },
  { type: /^github:.*:RepositoryCollaborators$/, of: collaborators },
  { type: /^kubernetes:security\.istio\.io\/.*:PeerAuthentication$/, of: (before, after) => on(within(before, "spec", "mtls", "mode") === "STRICT" && within(after, "spec", "mtls", "mode") !== "STRICT", "requests without mTLS get in") },
  { type: /^kubernetes:core\/v1:Namespace$/, of: (before, after) => {
    const level = (from: Properties): unknown => within(from, "metadata", "labels", "pod-security.kubernetes.io/enforce");
    return on(level(before) === "restricted" && level(after) !== "restricted", "pods with more rights than restricted ones may run");
  } },
  { type: /^kubernetes:autoscaling\/.*:HorizontalPodAutoscaler$/, of: (before, after) => on(amount(within(before, "spec", "minReplicas")) > 1 && amount(within(after, "spec", "minReplicas")) <= 1, "one pod alone may be left, and nothing answers while it restarts") },
];

/** Each way in which a change makes a protection weaker, as a sentence. */
export function weakeningsOf(type: string, before: Properties, after: Properties): string[] {
  return WEAKENINGS.filter((each) => each.type.test(type)).flatMap(({ of }) => of(before, after));
}

function environment(before: Properties, after: Properties): string[] {
  const [had, has] = [reviewersOf(before), reviewersOf(after)];
  const gone = [...had].filter((each) => !has.has(each)).length;
  return [
    ...on(had.size > 0 && has.size === 0, "nobody has to approve a deployment any more"),
    ...on(has.size > 0 && gone > 0, `${gone} of ${had.size} reviewers may not approve any more`),
    ...on(before["preventSelfReview"] === true && after["preventSelfReview"] !== true, "who starts a deployment may approve it"),
    ...on(before["canAdminsBypass"] === false && after["canAdminsBypass"] !== false, "administrators may go past the approval"),
    ...on(amount(after["waitTimer"]) < amount(before["waitTimer"]), `the wait before a deployment falls from ${amount(before["waitTimer"])} to ${amount(after["waitTimer"])} min`),
    ...on(before["deploymentBranchPolicy"] !== undefined && after["deploymentBranchPolicy"] === undefined, "any branch may be deployed"),
  ];
}

function ruleset(before: Properties, after: Properties): string[] {
  const [rules, left] = [propertiesOf(before["rules"]), propertiesOf(after["rules"])];
  const stopped = before["enforcement"] === "active" && after["enforcement"] !== "active";
  const gone = Object.keys(rules).filter((rule) => isOn(rules[rule]) && !isOn(left[rule]));
  const checks = missing(within(rules, "requiredStatusChecks", "requiredChecks"), within(left, "requiredStatusChecks", "requiredChecks"));
  const approvals = (of: Properties): number => amount(within(of, "pullRequest", "requiredApprovingReviewCount"));
  const bypass = missing(after["bypassActors"], before["bypassActors"]);
  return [
    ...on(stopped, `it is not enforced any more (${String(after["enforcement"] ?? "nothing")})`),
    ...on(gone.length > 0, `it drops ${gone.join(", ")}`),
    ...on(checks.length > 0 && !gone.includes("requiredStatusChecks"), `${checks.length} required checks need not pass any more`),
    ...on(approvals(left) < approvals(rules) && !gone.includes("pullRequest"), `pull requests need ${approvals(left)} approvals instead of ${approvals(rules)}`),
    ...Object.keys(rules).filter((rule) => isOn(left[rule])).flatMap((rule) => dropped(propertiesOf(rules[rule]), propertiesOf(left[rule]))).map((demand) => `${demand} is not asked for any more`),
    ...on(bypass.length > 0, `${bypass.length} more may go past it`),
  ];
}

/** Demands of one rule that were made and are not. */
function dropped(before: Properties, after: Properties): string[] {
  return Object.keys(before).filter((demand) => before[demand] === true && after[demand] !== true);
}

function repository(before: Properties, after: Properties): string[] {
  return [
    ...on(before["visibility"] !== "public" && before["visibility"] !== undefined && after["visibility"] === "public", "everybody can read its code and history"),
    ...on(before["archived"] !== true && after["archived"] === true, "it is archived and nobody can push to it any more"),
    ...on(before["vulnerabilityAlerts"] === true && after["vulnerabilityAlerts"] === false, "nobody is told of known vulnerabilities any more"),
  ];
}

function collaborators(before: Properties, after: Properties): string[] {
  const more = [...missing(after["users"], before["users"]), ...missing(after["teams"], before["teams"])].filter((each) => isRecord(each) && (each["permission"] === "admin" || each["permission"] === "maintain"));
  return on(more.length > 0, `${more.length} more may administer it`);
}

function reviewersOf(properties: Properties): Set<string> {
  const lists = Array.isArray(properties["reviewers"]) ? properties["reviewers"].filter(isRecord) : [];
  return new Set(lists.flatMap((each) => ["teams", "users"].flatMap((kind) => listOf(each[kind]).map((id) => `${kind} ${String(id)}`))));
}

/** Entries of the first list that the second does not have. */
function missing(first: unknown, second: unknown): unknown[] {
  const there = new Set(listOf(second).map(canonical));
  return listOf(first).filter((each) => !there.has(canonical(each)));
}

function within(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);
}

function on(holds: boolean, text: string): string[] {
  return holds ? [text] : [];
}

const amount = (value: unknown): number => (typeof value === "number" ? value : 0);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const propertiesOf = (value: unknown): Properties => (isRecord(value) ? value : {});
const isOn = (rule: unknown): boolean => rule !== undefined && rule !== null && rule !== false;
