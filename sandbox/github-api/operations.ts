import type { Handlers } from "./answer.ts";
import { accesses } from "./operations/access.ts";
import { actions } from "./operations/actions.ts";
import { branches } from "./operations/branches.ts";
import { branchPolicies } from "./operations/branchPolicies.ts";
import { checks } from "./operations/checks.ts";
import { contents } from "./operations/contents.ts";
import { deployments } from "./operations/deployments.ts";
import { environments } from "./operations/environments.ts";
import { autolinks, hooks } from "./operations/hooks.ts";
import { issues } from "./operations/issues.ts";
import { keys } from "./operations/keys.ts";
import { labels } from "./operations/labels.ts";
import { organizations } from "./operations/organization.ts";
import { pages } from "./operations/pages.ts";
import { protections } from "./operations/protection.ts";
import { pulls } from "./operations/pulls.ts";
import { repositories } from "./operations/repositories.ts";
import { rulesets } from "./operations/rulesets.ts";
import { secrets } from "./operations/secrets.ts";
import { security } from "./operations/security.ts";
import { statuses } from "./operations/statuses.ts";
import { variables } from "./operations/variables.ts";

/** Every operation that is served. Of GitHub's description `sandbox/schemas/github-api.json` holds these: generate it anew after a change. */
export const operations: Handlers = {
  ...repositories, ...branches, ...protections, ...rulesets, ...contents, ...accesses, ...organizations, ...environments, ...branchPolicies, ...secrets, ...variables,
  ...actions, ...security, ...hooks, ...autolinks, ...keys, ...pages,
  ...issues, ...pulls, ...labels, ...checks, ...statuses, ...deployments,
};
