import { operations } from "../../../sandbox/github-api/operations.ts";
import { closeGitHubs, openGitHub } from "./open.ts";
import type { Opened } from "./open.ts";

afterAll(closeGitHubs);

const SHA = "a".repeat(40);
const PROTECTED = { required_status_checks: { strict: true, contexts: ["test"] }, enforce_admins: true, required_pull_request_reviews: { required_approving_review_count: 2 }, restrictions: { users: ["ada"], teams: ["release-team"] } };
const RULESET = {
  name: "main", target: "branch", enforcement: "active", conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } }, bypass_actors: [{ actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" }],
  rules: [{ type: "deletion" }, { type: "update" }, { type: "required_status_checks", parameters: { required_status_checks: [{ context: "test" }], strict_required_status_checks_policy: true } }],
};

/** Calls in order, each with the status that GitHub gives; `<name>` is what an earlier call gave. */
const CALLS: readonly (readonly [operation: string, call: string, status: number, body?: object, keep?: [name: string, at: string]])[] = [
  ["repos/get", "GET .", 200],
  ["repos/update", "PATCH .", 200, { description: "A shop", has_wiki: false, default_branch: "main", visibility: "private", security_and_analysis: { secret_scanning: { status: "enabled" } } }],
  ["repos/list-for-org", "GET /orgs/acme/repos?type=private", 200],
  ["repos/list-for-user", "GET /users/acme/repos", 200],
  ["repos/get-all-topics", "GET topics", 200],
  ["repos/replace-all-topics", "PUT topics", 200, { names: ["shop", "go"] }],
  ["orgs/get", "GET /orgs/acme", 200],
  ["orgs/list-members", "GET /orgs/acme/members", 200],
  ["teams/list", "GET /orgs/acme/teams", 200],
  ["teams/get-by-name", "GET /orgs/acme/teams/platform", 200],
  ["users/get-authenticated", "GET /user", 200],
  ["users/get-by-username", "GET /users/ada", 200],
  ["rate-limit/get", "GET /rate_limit", 200],
  ["repos/create-in-org", "POST /orgs/acme/repos", 201, { name: "warehouse", description: "Goods", private: true, auto_init: true }],
  ["repos/create-deploy-key", "POST keys", 201, { title: "deploy", key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ci", read_only: true }, ["key", "id"]],
  ["repos/list-deploy-keys", "GET keys", 200],
  ["repos/get-deploy-key", "GET keys/<key>", 200],
  ["repos/delete-deploy-key", "DELETE keys/<key>", 204],
  ["repos/create-or-update-environment", "PUT environments/production", 200, { wait_timer: 5, can_admins_bypass: false, deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } }],
  ["repos/get-all-environments", "GET environments", 200],
  ["repos/get-environment", "GET environments/production", 200],
  ["repos/get-all-deployment-protection-rules", "GET environments/production/deployment_protection_rules", 200],
  ["repos/create-deployment-branch-policy", "POST environments/production/deployment-branch-policies", 200, { name: "main" }, ["policy", "id"]],
  ["repos/list-deployment-branch-policies", "GET environments/production/deployment-branch-policies", 200],
  ["repos/get-deployment-branch-policy", "GET environments/production/deployment-branch-policies/<policy>", 200],
  ["repos/update-deployment-branch-policy", "PUT environments/production/deployment-branch-policies/<policy>", 200, { name: "release/*" }],
  ["repos/delete-deployment-branch-policy", "DELETE environments/production/deployment-branch-policies/<policy>", 204],
  ...["actions/|actions/|repo", "dependabot/|dependabot/|repo", "environments/production/|actions/|environment"].flatMap((keep): (readonly [string, string, number])[] => {
    const [path = "", kind = "", of = ""] = keep.split("|");
    return [[`${kind}get-${of}-public-key`, `GET ${path}secrets/public-key`, 200], [`${kind}list-${of}-secrets`, `GET ${path}secrets`, 200], [`${kind}get-${of}-secret`, `GET ${path}secrets/NONE`, 404], [`${kind}create-or-update-${of}-secret`, `PUT ${path}secrets/X`, 422], [`${kind}delete-${of}-secret`, `DELETE ${path}secrets/NONE`, 404]];
  }),
  ...["actions/|repo", "environments/production/|environment"].flatMap((keep): (readonly [string, string, number, object?])[] => {
    const [path = "", of = ""] = keep.split("|");
    return [[`actions/create-${of}-variable`, `POST ${path}variables`, 201, { name: "LEVEL", value: "info" }], [`actions/list-${of}-variables`, `GET ${path}variables`, 200], [`actions/get-${of}-variable`, `GET ${path}variables/LEVEL`, 200], [`actions/update-${of}-variable`, `PATCH ${path}variables/LEVEL`, 204, { value: "debug" }], [`actions/delete-${of}-variable`, `DELETE ${path}variables/LEVEL`, 204]];
  }),
  ["repos/create-repo-ruleset", "POST rulesets", 201, RULESET, ["ruleset", "id"]],
  ["repos/get-repo-rulesets", "GET rulesets?targets=branch,tag", 200],
  ["repos/get-repo-ruleset", "GET rulesets/<ruleset>", 200],
  ["repos/update-repo-ruleset", "PUT rulesets/<ruleset>", 200, { enforcement: "disabled" }],
  ["repos/get-org-rulesets", "GET /orgs/acme/rulesets", 200],
  ["repos/update-branch-protection", "PUT branches/main/protection", 200, PROTECTED],
  ["repos/get-branch-protection", "GET branches/main/protection", 200],
  ["repos/list-branches", "GET branches?protected=true", 200],
  ["repos/get-branch", "GET branches/main", 200],
  ["repos/delete-branch-protection", "DELETE branches/main/protection", 204],
  ["git/create-ref", "POST git/refs", 201, { ref: "refs/heads/feature/cart", sha: SHA }],
  ["git/get-ref", "GET git/ref/heads/feature/cart", 200],
  ["repos/create-or-update-file-contents", "PUT contents/docs/a%20b.md", 201, { message: "Add", content: "aGVsbG8=", branch: "feature/cart" }, ["file", "content.sha"]],
  ["repos/get-content", "GET contents/docs/a%20b.md?ref=feature/cart", 200],
  ["repos/delete-file", "DELETE contents/docs/a%20b.md", 200, { message: "Remove", sha: "<file>", branch: "feature/cart" }],
  ["repos/add-collaborator", "PUT collaborators/grace", 201, { permission: "maintain" }],
  ["repos/list-collaborators", "GET collaborators?permission=maintain", 200],
  ["repos/check-collaborator", "GET collaborators/grace", 204],
  ["repos/get-collaborator-permission-level", "GET collaborators/grace/permission", 200],
  ["repos/remove-collaborator", "DELETE collaborators/grace", 204],
  ["repos/list-invitations", "GET invitations", 200],
  ["teams/add-or-update-repo-permissions-in-org", "PUT /orgs/acme/teams/platform/repos/acme/shop", 204, { permission: "admin" }],
  ["repos/list-teams", "GET teams", 200],
  ["teams/check-permissions-for-repo-in-org", "GET /orgs/acme/teams/platform/repos/acme/shop", 204],
  ["teams/remove-repo-in-org", "DELETE /orgs/acme/teams/platform/repos/acme/shop", 204],
  ["actions/set-github-actions-permissions-repository", "PUT actions/permissions", 204, { enabled: true, allowed_actions: "selected", sha_pinning_required: true }],
  ["actions/get-github-actions-permissions-repository", "GET actions/permissions", 200],
  ["actions/set-allowed-actions-repository", "PUT actions/permissions/selected-actions", 204, { github_owned_allowed: true, patterns_allowed: ["acme/*"] }],
  ["actions/get-allowed-actions-repository", "GET actions/permissions/selected-actions", 200],
  ["actions/set-github-actions-default-workflow-permissions-repository", "PUT actions/permissions/workflow", 204, { default_workflow_permissions: "write" }],
  ["actions/get-github-actions-default-workflow-permissions-repository", "GET actions/permissions/workflow", 200],
  ["actions/set-workflow-access-to-repository", "PUT actions/permissions/access", 204, { access_level: "organization" }],
  ["actions/get-workflow-access-to-repository", "GET actions/permissions/access", 200],
  ["repos/enable-vulnerability-alerts", "PUT vulnerability-alerts", 204],
  ["repos/check-vulnerability-alerts", "GET vulnerability-alerts", 204],
  ["repos/disable-vulnerability-alerts", "DELETE vulnerability-alerts", 204],
  ["repos/enable-automated-security-fixes", "PUT automated-security-fixes", 204],
  ["repos/check-automated-security-fixes", "GET automated-security-fixes", 200],
  ["repos/disable-automated-security-fixes", "DELETE automated-security-fixes", 204],
  ["repos/create-webhook", "POST hooks", 201, { config: { url: "https://example.com/hook", content_type: "json", secret: "canary-4711" }, events: ["push"] }, ["hook", "id"]],
  ["repos/list-webhooks", "GET hooks", 200],
  ["repos/get-webhook", "GET hooks/<hook>", 200],
  ["repos/update-webhook", "PATCH hooks/<hook>", 200, { active: false }],
  ["repos/delete-webhook", "DELETE hooks/<hook>", 204],
  ["repos/create-autolink", "POST autolinks", 201, { key_prefix: "SHOP-", url_template: "https://example.com/<num>" }, ["autolink", "id"]],
  ["repos/list-autolinks", "GET autolinks", 200],
  ["repos/get-autolink", "GET autolinks/<autolink>", 200],
  ["repos/delete-autolink", "DELETE autolinks/<autolink>", 204],
  ["repos/create-pages-site", "POST pages", 201, { build_type: "workflow" }],
  ["repos/get-pages", "GET pages", 200],
  ["repos/update-information-about-pages-site", "PUT pages", 204, { https_enforced: true, build_type: "legacy", source: { branch: "main", path: "/docs" } }],
  ["repos/delete-pages-site", "DELETE pages", 204],
  ["issues/create-label", "POST labels", 201, { name: "drift", color: "b60205" }],
  ["issues/list-labels-for-repo", "GET labels", 200],
  ["issues/get-label", "GET labels/drift", 200],
  ["issues/update-label", "PATCH labels/drift", 200, { new_name: "drifted", description: "Not as declared" }],
  ["issues/create", "POST issues", 201, { title: "Drift", body: "Much", labels: ["drifted"], assignees: ["ada"] }, ["issue", "number"]],
  ["issues/list-for-repo", "GET issues?labels=drifted&state=open", 200],
  ["issues/get", "GET issues/<issue>", 200],
  ["issues/update", "PATCH issues/<issue>", 200, { state: "closed", state_reason: "completed" }],
  ["issues/list-labels-on-issue", "GET issues/<issue>/labels", 200],
  ["issues/add-labels", "POST issues/<issue>/labels", 200, { labels: ["extra"] }],
  ["issues/set-labels", "PUT issues/<issue>/labels", 200, { labels: ["one", "two"] }],
  ["issues/remove-label", "DELETE issues/<issue>/labels/one", 200],
  ["issues/delete-label", "DELETE labels/drifted", 204],
  ["issues/list-assignees", "GET assignees", 200],
  ["issues/create-comment", "POST issues/<issue>/comments", 201, { body: "Hello" }, ["comment", "id"]],
  ["issues/list-comments", "GET issues/<issue>/comments", 200],
  ["issues/list-comments-for-repo", "GET issues/comments", 200],
  ["issues/get-comment", "GET issues/comments/<comment>", 200],
  ["issues/update-comment", "PATCH issues/comments/<comment>", 200, { body: "Bye" }],
  ["issues/delete-comment", "DELETE issues/comments/<comment>", 204],
  ["pulls/create", "POST pulls", 201, { title: "Cart", head: "feature/cart", base: "main", body: "A cart" }, ["pull", "number"]],
  ["pulls/list", "GET pulls?head=acme:feature/cart", 200],
  ["pulls/get", "GET pulls/<pull>", 200],
  ["checks/create", "POST check-runs", 201, { name: "preview", head_sha: SHA, output: { title: "Preview", summary: "Safe", annotations: [{ path: "a.yaml", start_line: 1, end_line: 1, annotation_level: "warning", message: "look" }] } }, ["check", "id"]],
  ["checks/update", "PATCH check-runs/<check>", 200, { status: "completed", conclusion: "neutral" }],
  ["checks/get", "GET check-runs/<check>", 200],
  ["checks/list-annotations", "GET check-runs/<check>/annotations", 200],
  ["checks/list-for-ref", `GET commits/${SHA}/check-runs`, 200],
  ["repos/create-commit-status", `POST statuses/${SHA}`, 201, { state: "success", context: "slipway/drift" }],
  ["repos/list-commit-statuses-for-ref", `GET commits/${SHA}/statuses`, 200],
  ["repos/get-combined-status-for-ref", `GET commits/${SHA}/status`, 200],
  ["repos/create-deployment", "POST deployments", 201, { ref: "main", environment: "production" }, ["deployment", "id"]],
  ["repos/list-deployments", "GET deployments?environment=production", 200],
  ["repos/get-deployment", "GET deployments/<deployment>", 200],
  ["repos/create-deployment-status", "POST deployments/<deployment>/statuses", 201, { state: "in_progress", description: "25 %" }, ["status", "id"]],
  ["repos/list-deployment-statuses", "GET deployments/<deployment>/statuses", 200],
  ["repos/get-deployment-status", "GET deployments/<deployment>/statuses/<status>", 200],
  ["git/delete-ref", "DELETE git/refs/heads/feature/cart", 204],
  ["repos/delete-repo-ruleset", "DELETE rulesets/<ruleset>", 204],
  ["repos/delete-an-environment", "DELETE environments/production", 204],
  ["repos/delete", "DELETE .", 204],
];

describe("every operation answers as GitHub's description says", () => {
  const kept = new Map<string, string>();
  let opened: Opened;
  beforeAll(async () => {
    opened = await openGitHub();
  });

  test.each(CALLS.map(([operation, call, status, body, keep]) => ({ operation, call, status, body, keep })))("$operation: $call gives $status", async ({ body, call, keep, operation, status }) => {
    const filled = (text: string) => text.replace(/<(\w+)>/g, (whole, name: string) => kept.get(name) ?? whole);
    const before = opened.api.requests.operations.get(operation) ?? 0;
    const answer = await opened.ask(filled(call), body === undefined ? undefined : JSON.parse(filled(JSON.stringify(body))));
    expect({ status: answer.status, ...(answer.status === status ? {} : { said: answer.body }) }).toEqual({ status });
    expect(opened.api.requests.operations.get(operation)).toBe(before + 1);
    if (keep !== undefined) kept.set(keep[0], String(answer.of(...keep[1].split("."))));
  });

  test("none was left out", () => {
    expect([...opened.api.requests.operations.keys()].sort()).toEqual(Object.keys(operations).sort());
  });
});
