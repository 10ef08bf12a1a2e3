import type { Found } from "../documents.ts";
import { matchesRef } from "../github/protection.ts";
import { isProperties } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { camel, object, picked, snake, texts } from "./case.ts";
import type { Asked } from "./answer.ts";
import { knownTeam, team, user } from "./shapes.ts";

const SWITCHES = ["requiredLinearHistory", "allowForcePushes", "allowDeletions", "blockCreations", "requiredConversationResolution", "lockBranch", "allowForkSyncing"];
const REVIEWS = ["dismiss_stale_reviews", "require_code_owner_reviews", "required_approving_review_count", "require_last_push_approval"];
/** Where the two of the provider's types call the same thing otherwise. */
const WORDS: Record<string, string> = { allowsForcePushes: "allowForcePushes", allowsDeletions: "allowDeletions", requireConversationResolution: "requiredConversationResolution" };

/** The protection that applies to a branch: the exact one before a pattern. */
export function protectionOf({ cloud, params }: Asked, branch: string): Found | undefined {
  const { folder } = cloud.repository(params);
  const all = cloud.documents.list(`${folder}/branch-protection`);
  const name = (found: Found) => String(found.body["branch"] ?? found.body["pattern"]);
  return all.find((found) => name(found) === branch) ?? all.find((found) => matchesRef(name(found), branch, ""));
}

/** The first of a list, or the thing itself: one of the provider's types wraps what the other does not. */
function only(value: Value | undefined): Properties | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return isProperties(first) ? first : undefined;
}

export function toldProtection(asked: Asked, { body: declared }: Found, branch: string): Properties {
  const { owner, repo } = asked.cloud.repository(asked.params);
  const url = `https://api.github.com/repos/${owner}/${repo}/branches/${encodeURIComponent(branch)}/protection`;
  const body = Object.fromEntries(Object.entries(declared).map(([key, value]) => [WORDS[key] ?? key, value]));
  const checks = only(body["requiredStatusChecks"]);
  const reviews = only(body["requiredPullRequestReviews"]);
  const restrictions = only(body["restrictions"] ?? body["restrictPushes"]);
  const known = (teams: Value | undefined) => texts(teams).map((name) => knownTeam(asked.cloud, owner, name)).filter((each) => each !== undefined);
  const people = (users: Value | undefined, teams: Value | undefined): Properties => ({ users: texts(users).map(user), teams: known(teams).map((each) => team(each, owner)), apps: [] });
  const contexts = texts(checks?.["contexts"] ?? checks?.["checks"]).map((context) => context.split(":")[0] ?? context);
  return {
    url,
    ...(checks === undefined ? {} : { required_status_checks: {
      url: `${url}/required_status_checks`, contexts_url: `${url}/required_status_checks/contexts`, strict: checks["strict"] === true, contexts,
      checks: contexts.map((context) => ({ context, app_id: null })),
    } }),
    ...(reviews === undefined ? {} : { required_pull_request_reviews: {
      url: `${url}/required_pull_request_reviews`, dismiss_stale_reviews: reviews["dismissStaleReviews"] === true, require_code_owner_reviews: reviews["requireCodeOwnerReviews"] === true,
      required_approving_review_count: Number(reviews["requiredApprovingReviewCount"] ?? 1), require_last_push_approval: reviews["requireLastPushApproval"] === true,
    } }),
    ...(restrictions === undefined ? {} : { restrictions: {
      ...people(restrictions["users"], restrictions["teams"]), url: `${url}/restrictions`, users_url: `${url}/restrictions/users`, teams_url: `${url}/restrictions/teams`,
      apps_url: `${url}/restrictions/apps`,
    } }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: body["enforceAdmins"] === true },
    required_signatures: { url: `${url}/required_signatures`, enabled: body["requireSignedCommits"] === true },
    ...Object.fromEntries(Object.entries(snake(Object.fromEntries(SWITCHES.map((key) => [key, body[key] === true])))).map(([key, enabled]) => [key, { enabled }])),
  };
}

/** The provider's inputs for a protection as it is sent; what is null or not sent is off. */
export function declaredProtection({ body }: Asked, repository: string, branch: string): Properties {
  const { restrictions: limited, required_pull_request_reviews: reviewed, required_status_checks: checked } = body;
  const restricted = object(limited);
  return {
    branch, repository, enforceAdmins: body["enforce_admins"] === true, requireConversationResolution: body["required_conversation_resolution"] === true,
    ...camel(picked(body, ["required_linear_history", "allow_force_pushes", "allow_deletions", "block_creations", "lock_branch", "allow_fork_syncing"])),
    ...(isProperties(checked) ? { requiredStatusChecks: { strict: checked["strict"] === true, contexts: texts(checked["contexts"]) } } : {}),
    ...(isProperties(reviewed) ? { requiredPullRequestReviews: camel(picked(reviewed, REVIEWS)) } : {}),
    ...(isProperties(limited) ? { restrictions: { users: texts(restricted["users"]), teams: texts(restricted["teams"]), apps: [] } } : {}),
  };
}
