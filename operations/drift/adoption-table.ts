import { list, part, record, text } from "../unknown.ts";
import type { Difference } from "./types.ts";

/** A piece of a repository's settings. */
export type Piece = Readonly<Record<string, unknown>>;

export interface Adoption {
  types: RegExp;
  field?: RegExp;
  /** The piece that declares what is live; undefined where this form of it has no setting. */
  piece: (difference: Difference) => Piece | undefined;
}

const keyed = (group: string | undefined, name: string, value: unknown): Piece => (group === undefined ? { [name]: value } : { [group]: { [name]: value } });
const flag = (path: string) => ({ live }: Difference): Piece | undefined => {
  const [first = "", second] = path.split(".");
  return live === undefined ? undefined : second === undefined ? { [first]: live } : keyed(first, second, live);
};
const enabled = (name: string) => ({ live, change }: Difference): Piece => keyed("security", name, change !== "missing" && (live === true || live === "enabled"));
const last = ({ what }: Difference): string => what.split(":").at(-1) ?? "";
const within = ({ what }: Difference): string => what.split("/").slice(1).join("/").split(":")[1] ?? "";

/** GitHub's words for permissions, in those of the settings. */
const PERMISSION: Readonly<Record<string, string>> = { read: "pull", write: "push" };

/** The setting of each input of the provider's; what is not here has none. */
export const ADOPTIONS: readonly Adoption[] = [
  { types: /^github:Repository$/, field: /^description$/, piece: flag("description") },
  { types: /^github:Repository$/, field: /^homepageUrl$/, piece: flag("homepage") },
  { types: /^github:Repository$/, field: /^topics\b/, piece: ({ object }) => ({ topics: list(object, "topics") }) },
  { types: /^github:Repository$/, field: /^visibility$/, piece: flag("visibility") },
  { types: /^github:Repository$/, field: /^archived$/, piece: flag("archived") },
  { types: /^github:Repository$/, field: /^archiveOnDestroy$/, piece: flag("archiveOnDestroy") },
  { types: /^github:Repository$/, field: /^isTemplate$/, piece: flag("template") },
  { types: /^github:Repository$/, field: /^hasIssues$/, piece: flag("features.issues") },
  { types: /^github:Repository$/, field: /^hasProjects$/, piece: flag("features.projects") },
  { types: /^github:Repository$/, field: /^hasWiki$/, piece: flag("features.wiki") },
  { types: /^github:Repository$/, field: /^hasDiscussions$/, piece: flag("features.discussions") },
  { types: /^github:Repository$/, field: /^allowForking$/, piece: flag("features.forking") },
  { types: /^github:Repository$/, field: /^webCommitSignoffRequired$/, piece: flag("features.signoff") },
  { types: /^github:Repository$/, field: /^allowAutoMerge$/, piece: flag("merge.autoMerge") },
  { types: /^github:Repository$/, field: /^deleteBranchOnMerge$/, piece: flag("merge.deleteBranch") },
  { types: /^github:Repository$/, field: /^allowUpdateBranch$/, piece: flag("merge.updateBranch") },
  { types: /^github:Repository$/, field: /^allow(Merge|Squash|Rebase)(Commit|Merge)$/, piece: mergeMethods },
  { types: /^github:Repository$/, field: /^securityAndAnalysis\.secretScanning\b/, piece: enabled("secretScanning") },
  { types: /^github:Repository$/, field: /^securityAndAnalysis\.secretScanningPushProtection\b/, piece: enabled("pushProtection") },
  { types: /^github:RepositoryVulnerabilityAlerts$/, piece: enabled("vulnerabilityAlerts") },
  { types: /^github:RepositoryDependabotSecurityUpdates$/, piece: enabled("dependabotUpdates") },
  { types: /^github:BranchDefault$/, field: /^branch$/, piece: flag("defaultBranch") },
  { types: /^github:RepositoryEnvironment$/, piece: environment },
  { types: /^github:ActionsVariable$/, field: /^value$/, piece: (difference) => keyed("variables", last(difference), difference.live) },
  { types: /^github:ActionsEnvironmentVariable$/, field: /^value$/, piece: (difference) => ({ environments: { [within(difference)]: keyed("variables", last(difference), difference.live) } }) },
  { types: /^github:RepositoryCollaborators?$/, piece: access },
  { types: /^github:IssueLabels?$/, piece: labels },
  { types: /^github:RepositoryRuleset$/, field: /^enforcement$/, piece: (difference) => ({ rulesets: { [last(difference)]: { enforcement: difference.live } } }) },
  { types: /^github:WorkflowRepositoryPermissions$/, field: /^defaultWorkflowPermissions$/, piece: flag("actions.token") },
  { types: /^github:WorkflowRepositoryPermissions$/, field: /^canApprovePullRequestReviews$/, piece: flag("actions.approvePullRequests") },
  { types: /^github:ActionsRepositoryPermissions$/, field: /^shaPinningRequired$/, piece: flag("actions.shaPinning") },
  { types: /^github:ActionsRepositoryPermissions$/, field: /^(allowedActions|enabled)/, piece: allowedActions },
  { types: /^github:ActionsRepositoryAccessLevel$/, field: /^accessLevel$/, piece: flag("actions.sharedWith") },
  { types: /^github:RepositoryAutolinkReference$/, piece: ({ object }) => ({ autolinks: { [text(object, "keyPrefix")]: { url: text(object, "targetUrlTemplate"), alphanumeric: part(object, "isAlphanumeric") === true } } }) },
];

function mergeMethods({ object }: Difference): Piece | undefined {
  const methods = [["merge", "allowMergeCommit"], ["squash", "allowSquashMerge"], ["rebase", "allowRebaseMerge"]].flatMap(([name, input = ""]) => (part(object, input) === true ? [name] : []));
  return methods.length === 0 ? undefined : { merge: { methods } };
}

/** Its people by number, which the settings take as well as names. */
function environment({ object, what }: Difference): Piece | undefined {
  if (object === undefined) return undefined;
  const [teams, users] = ["teams", "users"].map((kind) => list(object, "reviewers").flatMap((reviewers) => list(reviewers, kind)));
  const nobody = (teams ?? []).length + (users ?? []).length === 0;
  const approvals = nobody ? { unprotected: "<why nobody has to approve>" } : {
    ...((teams ?? []).length > 0 && { teams }),
    ...((users ?? []).length > 0 && { users }),
    preventSelfReview: part(object, "preventSelfReview") === true,
    adminsMayBypass: part(object, "canAdminsBypass") === true,
  };
  const wait = Number(part(object, "waitTimer") ?? 0);
  return { environments: { [what.split(":").at(-1) ?? ""]: { approvals, waitMinutes: wait, ...(record(part(object, "deploymentBranchPolicy"))["protectedBranches"] === true && { deployFrom: { kind: "protected-branches" } }) } } };
}

function access({ object }: Difference): Piece | undefined {
  if (object === undefined) return undefined;
  const named = (group: string, key: string): Piece => Object.fromEntries(list(object, group).map((entry) => [text(entry, key), PERMISSION[text(entry, "permission")] ?? text(entry, "permission")]));
  return { access: { teams: named("teams", "teamId"), users: named("users", "username") } };
}

function labels({ object }: Difference): Piece | undefined {
  const all = list(object, "labels").length > 0 ? list(object, "labels") : object === undefined ? [] : [object];
  return all.length === 0 ? undefined : { labels: { named: Object.fromEntries(all.map((label) => [text(label, "name"), { color: text(label, "color"), description: text(label, "description") }])) } };
}

function allowedActions({ object }: Difference): Piece | undefined {
  if (part(object, "enabled") === false) return { actions: { allowed: { kind: "none" } } };
  const allowed = text(object, "allowedActions");
  if (allowed === "all") return { actions: { allowed: { kind: "all" } } };
  if (allowed === "local_only") return { actions: { allowed: { kind: "local" } } };
  const chosen = part(object, "allowedActionsConfig");
  return { actions: { allowed: { kind: "selected", githubOwned: part(chosen, "githubOwnedAllowed") === true, verified: part(chosen, "verifiedAllowed") === true, patterns: list(chosen, "patternsAlloweds") } } };
}
