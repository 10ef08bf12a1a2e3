import type { DeclaredRepository } from "../../components/github/repository-settings.ts";
import type { WebhookSettings } from "../../components/github/webhook.ts";
import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { communityRules } from "./repository-community.ts";
import { environmentRules } from "./repository-environments.ts";
import { expressionRules } from "./repository-expressions.ts";
import { fileRules } from "./repository-files.ts";
import { caseTwins, eachDeclared, repeated } from "./repository-helpers.ts";
import type { At } from "./repository-helpers.ts";
import { rulesetRules } from "./repository-rulesets.ts";
import { workflowRules } from "./repository-workflows.ts";
import type { Rule } from "./rule.ts";

/** Whoever knows one of these addresses may post to it. */
const TELLING = /^https:\/\/(hooks\.slack\.com|discord\.com\/api\/webhooks|[a-z0-9.-]*webhook\.office\.com)\//;

/** What is checked across the fields of a repository. */
export const repositoryRules: readonly Rule[] = [
  ({ repositories }) => caseTwins(Object.keys(repositories), (name) => pathText(["repositories", name])),
  ({ repositories, declared }) =>
    Object.entries(repositories).flatMap(([name, settings]) => (settings.existing ? [] : formerProblems(name, settings.renamedFrom, declared.repositories))),
  eachDeclared(visibilityProblems),
  eachDeclared(securityProblems),
  eachDeclared(({ topics }, at) => repeated(topics, (index) => at("topics", index))),
  eachDeclared(({ merge }, at) => repeated(merge.methods, (index) => at("merge", "methods", index))),
  eachDeclared(({ labels }, at) => caseTwins(Object.keys(labels?.named ?? {}), (name) => at("labels", "named", name))),
  eachDeclared(({ actions }, at) => (actions ? actionsProblems(actions.allowed, at("actions", "allowed")) : [])),
  eachDeclared(({ webhooks }, at) => Object.entries(webhooks).flatMap(([name, webhook]) => webhookProblems(webhook, (...parts) => at("webhooks", name, ...parts)))),
  ...environmentRules,
  ...rulesetRules,
  ...fileRules,
  ...workflowRules,
  ...communityRules,
  ...expressionRules,
];

function formerProblems(name: string, former: string | undefined, declared: ReadonlySet<string>): Problem[] {
  if (former === undefined || !declared.has(former)) return [];
  const path = pathText(["repositories", name, "renamedFrom"]);
  return [{ path, wrong: "names a repository that is still declared", got: former, todo: "remove renamedFrom, or the repository of the former name" }];
}

function visibilityProblems({ visibility, security, features, actions }: DeclaredRepository, at: At): Problem[] {
  if (visibility !== "public") return [];
  const privateOnly: [path: string, value: unknown, wrong: string][] = [
    [at("security", "advancedSecurity"), security.advancedSecurity, "is always on in a public repository and cannot be set"],
    [at("features", "forking"), features.forking, "cannot be set in a public repository, which anybody may fork"],
    [at("actions", "sharedWith"), actions?.sharedWith, "cannot be set in a public repository, whose workflows anybody may call"],
  ];
  return privateOnly.flatMap(([path, got, wrong]) => (got === undefined ? [] : [{ path, wrong, got, todo: "remove it" }]));
}

function securityProblems({ security }: DeclaredRepository, at: At): Problem[] {
  const { vulnerabilityAlerts, dependabotUpdates, pushProtection, secretScanning } = security;
  const updates = { path: at("security", "dependabotUpdates"), wrong: "needs vulnerabilityAlerts, which are off", got: true, todo: "switch vulnerabilityAlerts on, or this off" };
  const protection = { path: at("security", "secretScanning"), wrong: "is off, and pushProtection needs it", got: false, todo: "switch it on, or set pushProtection to false" };
  return [...(dependabotUpdates && !vulnerabilityAlerts ? [updates] : []), ...(pushProtection === true && secretScanning === false ? [protection] : [])];
}

function actionsProblems(allowed: NonNullable<DeclaredRepository["actions"]>["allowed"], path: string): Problem[] {
  if (allowed.kind !== "selected" || allowed.githubOwned || allowed.verified || allowed.patterns.length > 0) return [];
  return [{ path, wrong: "selects no action at all", todo: "name patterns, or use kind: none or kind: local" }];
}

function webhookProblems({ url, events }: WebhookSettings, at: At): Problem[] {
  const telling = { path: at("url"), wrong: "lets everybody who reads it post there", todo: "replace it at its source, and write { secret: <config key> }" };
  const more = { path: at("events"), wrong: "has * beside other events", got: events, todo: "write * alone, or leave it out" };
  return [
    ...(typeof url === "string" && TELLING.test(url) ? [telling] : []),
    ...(events.includes("*") && events.length > 1 ? [more] : []),
    ...repeated(events, (index) => at("events", index)),
  ];
}
