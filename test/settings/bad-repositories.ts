import type { Bad } from "./base.ts";

const R = "repositories.shop";

export const repositories: readonly Bad[] = [
  {
    name: "a repository's name with a blank",
    changes: { "repositories": { "my shop": {} }, services: undefined, namespaces: undefined },
    secrets: [],
    lines: [
      `repositories["my shop"]: is not the name of a repository, got "my shop"; use 1 to 100 letters, digits, dots, dashes and underscores, without .git at the end`,
    ],
  },
  {
    name: "a repository's name that is a folder",
    changes: { "repositories": { "..": {} }, services: undefined, namespaces: undefined },
    secrets: [],
    lines: [
      `repositories[".."]: is not the name of a repository, got ".."; use 1 to 100 letters, digits, dots, dashes and underscores, without .git at the end`,
    ],
  },
  {
    name: "two repositories that differ in case alone",
    changes: { "repositories.Shop": {} },
    lines: [
      `repositories.Shop: differs from shop only in case, got "Shop"; remove one of them, or rename it`,
    ],
  },
  {
    name: "a visibility that does not exist",
    changes: { [`${R}.visibility`]: "publik" },
    lines: [
      `repositories.shop.visibility: is none of public, private, internal, got "publik"; write public`,
    ],
  },
  {
    name: "a description that is a number",
    changes: { [`${R}.description`]: 42 },
    lines: [
      "repositories.shop.description: is not a text of 1 to 350 characters, got 42; write such a text, in quotes where it looks like a number",
    ],
  },
  {
    name: "a description that is too long",
    changes: { [`${R}.description`]: "x".repeat(351) },
    lines: [
      `repositories.shop.description: is not a text of 1 to 350 characters, got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; write such a text, in quotes where it looks like a number`,
    ],
  },
  {
    name: "more than twenty topics",
    changes: { [`${R}.topics`]: Array.from({ length: 21 }, (_, i) => `t${i}`) },
    lines: [
      `repositories.shop.topics: has more than 20 items, got ["t0","t1","t2","t3","t4","t5","t6","t7","t8","t9","t10","t…; write at most 20`,
    ],
  },
  {
    name: "a topic with a capital",
    changes: { [`${R}.topics[0]`]: "Shop" },
    lines: [
      `repositories.shop.topics[0]: is not a topic, got "Shop"; use 1 to 50 lower-case letters, digits and dashes, no dash first`,
    ],
  },
  {
    name: "a topic twice",
    changes: { [`${R}.topics`]: ["shop", "shop"] },
    lines: [
      `repositories.shop.topics[1]: is there twice, got "shop"; remove one of them`,
    ],
  },
  {
    name: "no merge method",
    changes: { [`${R}.merge`]: { methods: [] } },
    lines: [
      "repositories.shop.merge.methods: allows no merge method, got []; allow at least one of merge, squash, rebase",
    ],
  },
  {
    name: "a merge method that does not exist",
    changes: { [`${R}.merge`]: { methods: ["sqash"] } },
    lines: [
      `repositories.shop.merge.methods[0]: is none of merge, squash, rebase, got "sqash"; write squash`,
    ],
  },
  {
    name: "an unknown key",
    changes: { [`${R}.topic`]: ["shop"] },
    lines: [
      "repositories.shop.topic: is not a setting; write topics instead",
    ],
  },
  {
    name: "an unknown key deep inside",
    changes: { [`${R}.environments.production.waitMinuts`]: 5 },
    lines: [
      "repositories.shop.environments.production.waitMinuts: is not a setting; write waitMinutes instead",
    ],
  },
  {
    name: "a key in another spelling",
    changes: { [`${R}.environments.production.wait_minutes`]: 5 },
    lines: [
      "repositories.shop.environments.production.wait_minutes: is not a setting; write waitMinutes instead",
    ],
  },
  {
    name: "a wait that is longer than thirty days",
    changes: { [`${R}.environments.production.waitMinutes`]: 43201 },
    lines: [
      "repositories.shop.environments.production.waitMinutes: is not a whole number from 0 to 43200, got 43201; write minutes without quotes",
    ],
  },
  {
    name: "a wait below zero",
    changes: { [`${R}.environments.production.waitMinutes`]: -1 },
    lines: [
      "repositories.shop.environments.production.waitMinutes: is not a whole number from 0 to 43200, got -1; write minutes without quotes",
    ],
  },
  {
    name: "a wait in words",
    changes: { [`${R}.environments.production.waitMinutes`]: "5 minutes" },
    lines: [
      `repositories.shop.environments.production.waitMinutes: is not a whole number from 0 to 43200, got "5 minutes"; write minutes without quotes`,
    ],
  },
  {
    name: "a wait with a fraction",
    changes: { [`${R}.environments.production.waitMinutes`]: 2.5 },
    lines: [
      "repositories.shop.environments.production.waitMinutes: is not a whole number from 0 to 43200, got 2.5; write minutes without quotes",
    ],
  },
  {
    name: "an environment without approvals",
    changes: { [`${R}.environments.production.approvals`]: undefined },
    lines: [
      "repositories.shop.environments.production.approvals: is missing; name teams or users who approve, or say why nobody has to with { unprotected: <reason> }",
    ],
  },
  {
    name: "approvals by nobody",
    changes: { [`${R}.environments.production.approvals`]: {} },
    lines: [
      "repositories.shop.environments.production.approvals: names nobody who approves; name teams or users, or say why nobody has to with { unprotected: <reason> }",
    ],
  },
  {
    name: "approvals that are switched off without a reason",
    changes: { [`${R}.environments.production.approvals`]: false },
    lines: [
      "repositories.shop.environments.production.approvals: is not a map, got false; write one key and its value a line",
    ],
  },
  {
    name: "an empty reason",
    changes: { [`${R}.environments.production.approvals`]: { unprotected: "" } },
    lines: [
      `repositories.shop.environments.production.approvals.unprotected: is not a text of 1 to 200 characters, got ""; write such a text, in quotes where it looks like a number`,
    ],
  },
  {
    name: "seven reviewers",
    changes: { [`${R}.environments.production.approvals.users`]: ["a1", "b1", "c1", "d1", "e1", "f1"] },
    lines: [
      "repositories.shop.environments.production.approvals: has more than 6 reviewers, got 7; name a team instead of its members",
    ],
  },
  {
    name: "a branch policy without patterns",
    changes: { [`${R}.environments.production.deployFrom`]: { kind: "patterns" } },
    lines: [
      "repositories.shop.environments.production.deployFrom: names no branch and no tag, so nothing could be deployed; name branches or tags, or use kind: any",
    ],
  },
  {
    name: "a branch policy of an unknown kind",
    changes: { [`${R}.environments.production.deployFrom`]: { kind: "pattern" } },
    lines: [
      `repositories.shop.environments.production.deployFrom.kind: is none of any, protected-branches, patterns, got "pattern"; write patterns`,
    ],
  },
  {
    name: "a deployment from protected branches",
    changes: { [`${R}.environments.production.deployFrom`]: { kind: "protected-branches" } },
    lines: [
      "repositories.shop.environments.production.deployFrom: asks for protected branches, for which rulesets do not count, so that every branch could be deployed; use kind: patterns and name the branches",
    ],
  },
  {
    name: "a secret with GitHub's own prefix",
    changes: { [`${R}.secrets.GITHUB_PAT`]: { secret: "npmToken" } },
    lines: [
      "repositories.shop.secrets.GITHUB_PAT: is not a name that GitHub takes for a secret or variable; use capital letters, digits and underscores, no digit first, and not the prefix GITHUB_",
    ],
  },
  {
    name: "a secret that begins with a digit",
    changes: { [`${R}.secrets.2FA`]: { secret: "npmToken" } },
    lines: [
      "repositories.shop.secrets.2FA: is not a name that GitHub takes for a secret or variable; use capital letters, digits and underscores, no digit first, and not the prefix GITHUB_",
    ],
  },
  {
    name: "more than a hundred secrets",
    changes: { [`${R}.secrets`]: many(101, i => [`S${i}`, { secret: "npmToken" }]) },
    lines: [
      "repositories.shop.secrets: has more than 100 secrets, got 101; move those that repositories share to the organisation",
    ],
  },
  {
    name: "more than a hundred secrets of an environment",
    changes: { [`${R}.environments.staging.secrets`]: many(101, i => [`S${i}`, { secret: "npmToken" }]) },
    lines: [
      "repositories.shop.environments.staging.secrets: has more than 100 secrets, got 101; move those that repositories share to the organisation",
    ],
  },
  {
    name: "a variable that is a number",
    changes: { [`${R}.variables`]: { PORT: 8080 } },
    lines: [
      "repositories.shop.variables.PORT: is not a text, got 8080; write it in quotes where it looks like a number",
    ],
  },
  {
    name: "a required deployment to an unknown environment",
    changes: { [`${R}.rulesets.main.requiredDeployments`]: ["stagging"] },
    lines: [
      `repositories.shop.rulesets.main.requiredDeployments[0]: names no environment of this repository, got "stagging"; declare it under environments, or remove it here`,
    ],
  },
  {
    name: "a required check twice",
    changes: { [`${R}.rulesets.main.requiredChecks.checks`]: [{ context: "ci" }, { context: "ci" }] },
    lines: [
      `repositories.shop.rulesets.main.requiredChecks.checks[1]: is there twice, got "ci"; remove one of them`,
    ],
  },
  {
    name: "a linear history of merge commits",
    changes: { [`${R}.merge`]: { methods: ["merge"] }, [`${R}.rulesets.main.linearHistory`]: true },
    lines: [
      `repositories.shop.rulesets.main.linearHistory: refuses merge commits, and no other method is allowed, got ["merge"]; allow squash or rebase, or set linearHistory to false`,
    ],
  },
  {
    name: "a push ruleset of a public repository",
    changes: { [`${R}.visibility`]: "public", [`${R}.rulesets.push`]: { target: "push", blockedExtensions: ["exe"] } },
    lines: [
      `repositories.shop.rulesets.push.target: is push, which GitHub offers to private and internal repositories only, got "push"; remove the ruleset, or change visibility`,
    ],
  },
  {
    name: "a bypass by an unknown role",
    changes: { [`${R}.rulesets.main.bypass`]: [{ kind: "role", role: "owner" }] },
    lines: [
      `repositories.shop.rulesets.main.bypass[0].role: is none of maintain, write, admin, got "owner"; write one of them`,
    ],
  },
  {
    name: "files that a ruleset refuses",
    changes: { [`${R}.files`]: { deliver: { kind: "commit" }, content: { CODEOWNERS: "* @acme/platform" } } },
    lines: [
      "repositories.shop.files.deliver: commits to the default branch, which ruleset main refuses to everybody; add the token's actor to rulesets.main.bypass with mode always, or use kind: pull-request",
    ],
  },
  {
    name: "a file's path that leaves the repository",
    changes: { [`${R}.files`]: { deliver: { kind: "pull-request" }, content: { "../CODEOWNERS": "x" } } },
    lines: [
      `repositories.shop.files.content["../CODEOWNERS"]: is not the path of a file in a repository, got "../CODEOWNERS"; write it from the repository's root with single slashes, without a leading slash, . or .., and outside .git`,
    ],
  },
  {
    name: "a webhook of no event",
    changes: { [`${R}.webhooks`]: { chat: { url: "https://example.com/hook", events: [] } } },
    lines: [
      "repositories.shop.webhooks.chat.events: names no event, got []; name at least one, or * for all",
    ],
  },
  {
    name: "a webhook whose address holds a password",
    changes: { [`${R}.webhooks`]: { chat: { url: "https://user:canary@example.com/hook", events: ["push"] } } },
    lines: [
      "repositories.shop.webhooks.chat.url: is not a web address; write it whole and without a password in it, such as https://example.com/path",
    ],
  },
  {
    name: "a setting of one's own on a repository of others",
    changes: { "repositories.legacy.visibility": "public" },
    lines: [
      "repositories.legacy.visibility: is not a setting; remove it, or use one of existing, environments, secrets, variables, dependabotSecrets",
    ],
  },
  {
    name: "an answer to `existing` in words",
    changes: { "repositories.legacy.existing": "yes" },
    lines: [
      `repositories.legacy.existing: is none of false, true, got "yes"; write one of them`,
    ],
  },
  {
    name: "a label's colour with a hash",
    changes: { [`${R}.labels`]: { named: { bug: { color: "#d73a4a" } } } },
    lines: [
      `repositories.shop.labels.named.bug.color: is not a colour, got "#d73a4a"; write six hexadecimal digits without #, in quotes, such as "d73a4a"`,
    ],
  },
];

function many(count: number, entry: (index: number) => [string, unknown]): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));
}
