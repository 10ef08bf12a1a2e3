import type { Properties } from "../../values.ts";
import { nothing, ok, Refusal } from "../answer.ts";
import type { Asked, Handlers } from "../answer.ts";
import { object, texts } from "../case.ts";

/** One of a repository's settings that is a document of its own. */
function read(asked: Asked, name: string): Properties {
  return asked.cloud.read(`${asked.cloud.repository(asked.params).folder}/${name}`)?.body ?? {};
}

function write(asked: Asked, name: string, more: Properties): void {
  const { folder, repo } = asked.cloud.writable(asked.params);
  asked.cloud.put(`${folder}/${name}`, { ...read(asked, name), repository: repo, ...more });
}

const PERMISSIONS = "actions-permissions";

export const actions: Handlers = {
  "actions/get-github-actions-permissions-repository": (asked) => {
    const body = read(asked, PERMISSIONS);
    const enabled = body["enabled"] !== false;
    return ok({ enabled, ...(enabled ? { allowed_actions: String(body["allowedActions"] ?? "all") } : {}), sha_pinning_required: body["shaPinningRequired"] === true });
  },
  "actions/set-github-actions-permissions-repository": (asked) => {
    const { allowed_actions: allowed, enabled, sha_pinning_required: pinned } = asked.body;
    write(asked, PERMISSIONS, { enabled: enabled === true, ...(allowed === undefined ? {} : { allowedActions: allowed }), ...(pinned === undefined ? {} : { shaPinningRequired: pinned }) });
    return nothing;
  },
  "actions/get-allowed-actions-repository": (asked) => {
    const body = read(asked, PERMISSIONS);
    if (body["allowedActions"] !== "selected") throw new Refusal(409, "Selected actions are not available when allowed_actions is not set to selected");
    const { githubOwnedAllowed, patternsAlloweds, verifiedAllowed } = object(body["allowedActionsConfig"]);
    return ok({ github_owned_allowed: githubOwnedAllowed === true, verified_allowed: verifiedAllowed === true, patterns_allowed: texts(patternsAlloweds) });
  },
  "actions/set-allowed-actions-repository": (asked) => {
    const { github_owned_allowed: own, patterns_allowed: patterns, verified_allowed: verified } = asked.body;
    const before = object(read(asked, PERMISSIONS)["allowedActionsConfig"]);
    const given: Properties = {
      ...(own === undefined ? {} : { githubOwnedAllowed: own }), ...(patterns === undefined ? {} : { patternsAlloweds: patterns }),
      ...(verified === undefined ? {} : { verifiedAllowed: verified }),
    };
    write(asked, PERMISSIONS, { allowedActionsConfig: { ...before, ...given } });
    return nothing;
  },
  "actions/get-github-actions-default-workflow-permissions-repository": (asked) => {
    const body = read(asked, "workflow-permissions");
    return ok({ default_workflow_permissions: String(body["defaultWorkflowPermissions"] ?? "read"), can_approve_pull_request_reviews: body["canApprovePullRequestReviews"] === true });
  },
  "actions/set-github-actions-default-workflow-permissions-repository": (asked) => {
    const { can_approve_pull_request_reviews: approve, default_workflow_permissions: usual } = asked.body;
    write(asked, "workflow-permissions", { ...(usual === undefined ? {} : { defaultWorkflowPermissions: usual }), ...(approve === undefined ? {} : { canApprovePullRequestReviews: approve }) });
    return nothing;
  },
  "actions/get-workflow-access-to-repository": (asked) => ok({ access_level: String(read(asked, "actions-access-level")["accessLevel"] ?? "none") }),
  "actions/set-workflow-access-to-repository": (asked) => {
    write(asked, "actions-access-level", { accessLevel: String(asked.body["access_level"]) });
    return nothing;
  },
};
