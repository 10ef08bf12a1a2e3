import { describe, expect, test } from "@jest/globals";
import { takesIn } from "../../settings/rules/repository-helpers.ts";
import { wrong } from "./wrong.ts";

const open = { unprotected: "an experiment" };
const branch = (more: object): object => ({ rulesets: { main: { target: "branch", ...more } } });
const environment = (more: object): object => ({ environments: { production: { approvals: open, ...more } } });
const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, index) => [`S${index}`, { secret: "s" }]));
const commits = { deliver: { kind: "commit" }, content: { "a.txt": "" } };
const proposes = { deliver: { kind: "pull-request" }, content: { "a.txt": "" } };

test.each<[string, object, string[]]>([
  ["an unknown key", { descripton: "x" }, ["repositories.shop.descripton: is not a setting; write description instead"]],
  ["an unknown key of an existing repository", { existing: true, topics: ["x"] }, ["repositories.shop.topics: is not a setting; remove it, or use one of existing, environments, secrets, variables, dependabotSecrets"]],
  ["a description of 351 characters", { description: "x".repeat(351) }, ['repositories.shop.description: is not a text of 1 to 350 characters, got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; write such a text, in quotes where it looks like a number']],
  ["21 topics", { topics: Array.from({ length: 21 }, (_, index) => `t${index}`) }, ['repositories.shop.topics: has more than 20 items, got ["t0","t1","t2","t3","t4","t5","t6","t7","t8","t9","t10","t…; write at most 20']],
  ["a topic in capitals", { topics: ["Go"] }, ['repositories.shop.topics[0]: is not a topic, got "Go"; use 1 to 50 lower-case letters, digits and dashes, no dash first']],
  ["a topic twice", { topics: ["go", "go"] }, ['repositories.shop.topics[1]: is there twice, got "go"; remove one of them']],
  ["no merge method", { merge: { methods: [] } }, ["repositories.shop.merge.methods: allows no merge method, got []; allow at least one of merge, squash, rebase"]],
  ["an unknown merge method", { merge: { methods: ["fast-forward"] } }, ['repositories.shop.merge.methods[0]: is none of merge, squash, rebase, got "fast-forward"; write one of them']],
  ["a merge method twice", { merge: { methods: ["squash", "squash"] } }, ['repositories.shop.merge.methods[1]: is there twice, got "squash"; remove one of them']],
  ["an unknown visibility", { visibility: "secret" }, ['repositories.shop.visibility: is none of public, private, internal, got "secret"; write one of them']],
  ["a homepage without a scheme", { homepage: "shop.example.com" }, ["repositories.shop.homepage: is not a web address; write it whole and without a password in it, such as https://example.com/path"]],
  ["an origin of no kind", { origin: { kind: "clone" } }, ['repositories.shop.origin.kind: is none of empty, template, fork, existing, got "clone"; write one of them']],
  ["a template without a repository", { origin: { kind: "template", owner: "acme" } }, ["repositories.shop.origin.repository: is missing; use 1 to 100 letters, digits, dots, dashes and underscores, without .git at the end"]],
  ["pages from an unknown folder", { pages: { kind: "branch", branch: "main", path: "/site" } }, ['repositories.shop.pages.path: is none of /, /docs, got "/site"; write one of them']],
  ["a colour with #", { labels: { named: { bug: { color: "#d73a4a" } } } }, ['repositories.shop.labels.named.bug.color: is not a colour, got "#d73a4a"; write six hexadecimal digits without #, in quotes, such as "d73a4a"']],
  ["labels that differ in case", { labels: { named: { bug: { color: "d73a4a" }, Bug: { color: "d73a4a" } } } }, ['repositories.shop.labels.named.Bug: differs from bug only in case, got "Bug"; remove one of them, or rename it']],
  ["a label description of 101 characters", { labels: { named: { bug: { color: "d73a4a", description: "x".repeat(101) } } } }, ['repositories.shop.labels.named.bug.description: is not a text of 1 to 100 characters, got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…; write such a text, in quotes where it looks like a number']],
  ["an unknown permission", { access: { teams: { platform: "write" } } }, ['repositories.shop.access.teams.platform: is not a permission, got "write"; write pull, triage, push, maintain, admin or { role: <custom role> }']],
  ["an action without its owner", { actions: { allowed: { kind: "selected", patterns: ["checkout"] } } }, ['repositories.shop.actions.allowed.patterns[0]: is not a pattern of actions, got "checkout"; write owner/name@version with * where anything fits, such as docker/*']],
  ["actions that select nothing", { actions: { allowed: { kind: "selected", githubOwned: false } } }, ["repositories.shop.actions.allowed: selects no action at all; name patterns, or use kind: none or kind: local"]],
  ["a public repository's private settings", { visibility: "public", security: { advancedSecurity: true }, features: { forking: true }, actions: { sharedWith: "user" } }, [
    "repositories.shop.security.advancedSecurity: is always on in a public repository and cannot be set, got true; remove it",
    "repositories.shop.features.forking: cannot be set in a public repository, which anybody may fork, got true; remove it",
    'repositories.shop.actions.sharedWith: cannot be set in a public repository, whose workflows anybody may call, got "user"; remove it',
  ]],
  ["updates without alerts", { security: { vulnerabilityAlerts: false } }, ["repositories.shop.security.dependabotUpdates: needs vulnerabilityAlerts, which are off, got true; switch vulnerabilityAlerts on, or this off"]],
  ["push protection without scanning", { security: { secretScanning: false, pushProtection: true } }, ["repositories.shop.security.secretScanning: is off, and pushProtection needs it, got false; switch it on, or set pushProtection to false"]],
  ["an environment without approvals", { environments: { production: {} } }, ["repositories.shop.environments.production.approvals: is missing; name teams or users who approve, or say why nobody has to with { unprotected: <reason> }"]],
  ["approvals by nobody", { environments: { production: { approvals: {} } } }, ["repositories.shop.environments.production.approvals: names nobody who approves; name teams or users, or say why nobody has to with { unprotected: <reason> }"]],
  ["an empty reason", { environments: { production: { approvals: { unprotected: "" } } } }, ['repositories.shop.environments.production.approvals.unprotected: is not a text of 1 to 200 characters, got ""; write such a text, in quotes where it looks like a number']],
  ["seven reviewers", { environments: { production: { approvals: { teams: ["a", "b", "c", "d"], users: ["e", "f", 7] } } } }, ["repositories.shop.environments.production.approvals: has more than 6 reviewers, got 7; name a team instead of its members"]],
  ["a reviewer twice", { environments: { production: { approvals: { teams: ["a", "a"] } } } }, ['repositories.shop.environments.production.approvals.teams[1]: is there twice, got "a"; remove one of them']],
  ["a user twice", { environments: { production: { approvals: { users: ["ada", 7, 7] } } } }, ["repositories.shop.environments.production.approvals.users[2]: is there twice, got 7; remove one of them"]],
  ["a reviewer that is no slug", { environments: { production: { approvals: { teams: ["Release Team"] } } } }, [`repositories.shop.environments.production.approvals.teams[0]: is not the slug of a team, got "Release Team"; write it as in the team's address, such as release-team`]],
  ["a wait of 43201 minutes", environment({ waitMinutes: 43_201 }), ["repositories.shop.environments.production.waitMinutes: is not a whole number from 0 to 43200, got 43201; write minutes without quotes"]],
  ["a wait in words", environment({ waitMinutes: "5m" }), ['repositories.shop.environments.production.waitMinutes: is not a whole number from 0 to 43200, got "5m"; write minutes without quotes']],
  ["patterns that name nothing", environment({ deployFrom: { kind: "patterns" } }), ["repositories.shop.environments.production.deployFrom: names no branch and no tag, so nothing could be deployed; name branches or tags, or use kind: any"]],
  ["a pattern twice", environment({ deployFrom: { kind: "patterns", branches: ["main", "main"] } }), ['repositories.shop.environments.production.deployFrom.branches[1]: is there twice, got "main"; remove one of them']],
  ["a tag's pattern twice", environment({ deployFrom: { kind: "patterns", tags: ["v*", "v*"] } }), ['repositories.shop.environments.production.deployFrom.tags[1]: is there twice, got "v*"; remove one of them']],
  ["a pattern with its prefix", environment({ deployFrom: { kind: "patterns", branches: ["refs/heads/main"] } }), ['repositories.shop.environments.production.deployFrom.branches[0]: is not a name or pattern of branches or tags, got "refs/heads/main"; write it without refs/heads/ or refs/tags/, such as main, release/* or v*']],
  ["protected branches", environment({ deployFrom: { kind: "protected-branches" } }), ["repositories.shop.environments.production.deployFrom: asks for protected branches, for which rulesets do not count, so that every branch could be deployed; use kind: patterns and name the branches"]],
  ["environments that differ in case", { environments: { production: { approvals: open }, Production: { approvals: open } } }, ['repositories.shop.environments.Production: differs from production only in case, got "Production"; remove one of them, or rename it']],
  ["a former name that is still declared", { environments: { production: { approvals: open, renamedFrom: "prod" }, prod: { approvals: open } } }, ['repositories.shop.environments.production.renamedFrom: names an environment that is still declared, got "prod"; remove renamedFrom, or the environment of the former name']],
  ["a former key that is still declared", { renamedFrom: "shop" }, ['repositories.shop.renamedFrom: names a repository that is still declared, got "shop"; remove renamedFrom, or the repository of the former name']],
  ["101 secrets of an environment", environment({ secrets: many(101) }), ["repositories.shop.environments.production.secrets: has more than 100 secrets, got 101; move those that repositories share to the organisation"]],
  ["101 secrets", { secrets: many(101) }, ["repositories.shop.secrets: has more than 100 secrets, got 101; move those that repositories share to the organisation"]],
  ["101 Dependabot secrets", { dependabotSecrets: many(101) }, ["repositories.shop.dependabotSecrets: has more than 100 secrets, got 101; move those that repositories share to the organisation"]],
  ["a secret with GitHub's prefix", { secrets: { GITHUB_PAT: { secret: "s" } } }, ["repositories.shop.secrets.GITHUB_PAT: is not a name that GitHub takes for a secret or variable; use capital letters, digits and underscores, no digit first, and not the prefix GITHUB_"]],
  ["a secret with a leading digit", { secrets: { "1PASSWORD": { secret: "s" } } }, ["repositories.shop.secrets.1PASSWORD: is not a name that GitHub takes for a secret or variable; use capital letters, digits and underscores, no digit first, and not the prefix GITHUB_"]],
  ["a secret typed in", { secrets: { NPM_TOKEN: "npm_abcdef" } }, ["repositories.shop.secrets.NPM_TOKEN: is not a reference to a secret; write { secret: <config key> }"]],
  ["a generated token", { secrets: { NPM_TOKEN: { generate: { length: 32 } } } }, [
    "repositories.shop.secrets.NPM_TOKEN.secret: is missing; use letters, digits, dashes and underscores, a letter first, without slipway: before it",
    "repositories.shop.secrets.NPM_TOKEN.generate: is not a setting; remove it, or use one of secret",
  ]],
  ["an empty variable", { variables: { LIMIT: "" } }, ['repositories.shop.variables.LIMIT: is empty, got ""; write a value or remove the variable']],
  ["a variable that is a number", { variables: { LIMIT: 5 } }, ["repositories.shop.variables.LIMIT: is not a text, got 5; write it in quotes where it looks like a number"]],
  ["a ruleset without a target", { rulesets: { main: {} } }, ["repositories.shop.rulesets.main.target: is missing; write one of branch, tag, push"]],
  ["rulesets that differ in case", { rulesets: { main: { target: "branch" }, Main: { target: "branch" } } }, ['repositories.shop.rulesets.Main: differs from main only in case, got "Main"; remove one of them, or rename it']],
  ["no required check", branch({ requiredChecks: { checks: [] } }), ["repositories.shop.rulesets.main.requiredChecks.checks: names no check, got []; name at least one, or remove requiredChecks"]],
  ["a check twice", branch({ requiredChecks: { checks: [{ context: "test" }, { context: "test" }, { context: "lint", app: 1 }, { context: "lint", app: 1 }] } }), [
    'repositories.shop.rulesets.main.requiredChecks.checks[1]: is there twice, got "test"; remove one of them',
    'repositories.shop.rulesets.main.requiredChecks.checks[3]: is there twice, got "lint of app 1"; remove one of them',
  ]],
  ["eleven approvals", branch({ pullRequest: { approvals: 11 } }), ["repositories.shop.rulesets.main.pullRequest.approvals: is not a whole number from 0 to 10, got 11; write the number of reviews without quotes"]],
  ["an unknown required deployment", { ...branch({ requiredDeployments: ["stagin"] }), environments: { staging: { approvals: open } } }, ['repositories.shop.rulesets.main.requiredDeployments[0]: names no environment of this repository, got "stagin"; declare it under environments, or remove it here']],
  ["linear history with merge commits only", { merge: { methods: ["merge"] }, ...branch({ linearHistory: true }) }, ['repositories.shop.rulesets.main.linearHistory: refuses merge commits, and no other method is allowed, got ["merge"]; allow squash or rebase, or set linearHistory to false']],
  ["linear history with pull requests that only merge", { merge: { methods: ["merge", "squash"] }, ...branch({ linearHistory: true, pullRequest: { methods: ["merge"] } }) }, ['repositories.shop.rulesets.main.linearHistory: refuses merge commits, and no other method is allowed, got ["merge"]; allow squash or rebase, or set linearHistory to false']],
  ["a rule's method that the repository lacks", branch({ pullRequest: { methods: ["squash", "rebase"] } }), ['repositories.shop.rulesets.main.pullRequest.methods: has a method that the repository does not allow, got "rebase"; add it to merge.methods, or remove it here']],
  ["a queue's method that the repository lacks", branch({ mergeQueue: { method: "rebase" } }), ['repositories.shop.rulesets.main.mergeQueue.method: is not allowed in the repository, got "rebase"; use squash, or add it to merge.methods']],
  ["a queue that merges onto linear history", { merge: { methods: ["merge", "squash"] }, ...branch({ linearHistory: true, mergeQueue: { method: "merge" } }) }, ['repositories.shop.rulesets.main.mergeQueue.method: makes merge commits, which linearHistory refuses, got "merge"; use squash or rebase']],
  ["a queue that waits for more than it merges", branch({ mergeQueue: { method: "squash", minMerge: 6 } }), ["repositories.shop.rulesets.main.mergeQueue.minMerge: is above maxMerge 5, got 6; write a smaller minMerge or a larger maxMerge"]],
  ["a bypass of no kind", branch({ bypass: [{ kind: "bot" }] }), ['repositories.shop.rulesets.main.bypass[0].kind: is none of role, team, user, app, organization-admin, enterprise-owner, deploy-key, got "bot"; write one of them']],
  ["a bypass by an unknown role", branch({ bypass: [{ kind: "role", role: "read" }] }), ['repositories.shop.rulesets.main.bypass[0].role: is none of maintain, write, admin, got "read"; write one of them']],
  ["a tag's bypass by pull request", { rulesets: { v: { target: "tag", bypass: [{ kind: "role", role: "admin", mode: "pull-request" }] } } }, ['repositories.shop.rulesets.v.bypass[0].mode: bypasses by pull request, which a tag ruleset does not know, got "pull-request"; use always or exempt']],
  ["a deploy key's bypass by pull request", branch({ bypass: [{ kind: "deploy-key", mode: "pull-request" }] }), ['repositories.shop.rulesets.main.bypass[0].mode: bypasses by pull request, which a deploy key cannot make, got "pull-request"; use always']],
  ["a push ruleset of a public repository", { visibility: "public", rulesets: { pushes: { target: "push", maxFileMegabytes: 5 } } }, ['repositories.shop.rulesets.pushes.target: is push, which GitHub offers to private and internal repositories only, got "push"; remove the ruleset, or change visibility']],
  ["a push ruleset that restricts nothing", { rulesets: { pushes: { target: "push" } } }, ["repositories.shop.rulesets.pushes: restricts nothing; set one of blockedPaths, blockedExtensions, maxFileMegabytes, maxPathLength"]],
  ["a file outside the repository", { files: { ...commits, content: { "../a": "" } } }, [`repositories.shop.files.content["../a"]: is not the path of a file in a repository, got "../a"; write it from the repository's root with single slashes, without a leading slash, . or .., and outside .git`]],
  ["a file in .git", { files: { ...commits, content: { ".git/config": "" } } }, [`repositories.shop.files.content[".git/config"]: is not the path of a file in a repository, got ".git/config"; write it from the repository's root with single slashes, without a leading slash, . or .., and outside .git`]],
  ["files that differ in case", { files: { ...commits, content: { "a.txt": "", "A.txt": "" } } }, ['repositories.shop.files.content["A.txt"]: differs from a.txt only in case, got "A.txt"; remove one of them, or rename it']],
  ["a file that is a folder too", { files: { ...commits, content: { docs: "", "docs/a.md": "" } } }, ["repositories.shop.files.content.docs: is a file, and docs/a.md needs a folder of that name; rename one of them"]],
  ["commits that nobody may make", { files: commits, ...branch({ pullRequest: {} }) }, ["repositories.shop.files.deliver: commits to the default branch, which ruleset main refuses to everybody; add the token's actor to rulesets.main.bypass with mode always, or use kind: pull-request"]],
  ["commits past required deployments and scans", { files: commits, environments: { staging: { approvals: open } }, ...branch({ requiredDeployments: ["staging"], codeScanning: [{ tool: "CodeQL" }] }) }, ["repositories.shop.files.deliver: commits to the default branch, which ruleset main refuses to everybody; add the token's actor to rulesets.main.bypass with mode always, or use kind: pull-request"]],
  ["commits that admins may only make by pull request", { files: commits, ...branch({ requiredChecks: { checks: [{ context: "test" }] }, bypass: [{ kind: "role", role: "admin", mode: "pull-request" }] }) }, ["repositories.shop.files.deliver: commits to the default branch, which ruleset main refuses to everybody; add the token's actor to rulesets.main.bypass with mode always, or use kind: pull-request"]],
  ["commits onto a branch that a pattern takes in", { defaultBranch: "release/1", files: commits, ...branch({ include: ["release/*"], blockUpdate: true }) }, ["repositories.shop.files.deliver: commits to the default branch, which ruleset main refuses to everybody; add the token's actor to rulesets.main.bypass with mode always, or use kind: pull-request"]],
  ["unsigned commits", { files: { ...commits, deliver: { kind: "commit", author: { name: "Bot", email: "bot@example.com" } } }, ...branch({ signatures: true }) }, ["repositories.shop.files.deliver.author: makes unsigned commits, and ruleset main asks for signatures; remove the author, so that GitHub signs for the token's app"]],
  ["a proposal that is deleted after its merge", { files: proposes }, ["repositories.shop.merge.deleteBranch: deletes the branch of files.deliver when it is merged, and the next refresh would propose the files again, got true; set it to false, or use kind: commit"]],
  ["a proposal on the default branch", { merge: { deleteBranch: false }, files: { ...proposes, deliver: { kind: "pull-request", branch: "main" } } }, ['repositories.shop.files.deliver.branch: is the default branch itself, got "main"; name another branch, or use kind: commit']],
  ["an author without an address", { files: { ...commits, deliver: { kind: "commit", author: { name: "Bot" } } } }, ["repositories.shop.files.deliver.author.email: is missing; write one such as team@example.com"]],
  ["a webhook without events", { webhooks: { audit: { url: "https://example.com", events: [] } } }, ["repositories.shop.webhooks.audit.events: names no event, got []; name at least one, or * for all"]],
  ["a webhook with an unknown event", { webhooks: { audit: { url: "https://example.com", events: ["pushes"] } } }, ['repositories.shop.webhooks.audit.events[0]: is not an event of a repository, got "pushes"; write push']],
  ["a webhook for everything and more", { webhooks: { audit: { url: "https://example.com", events: ["*", "push"] } } }, ['repositories.shop.webhooks.audit.events: has * beside other events, got ["*","push"]; write * alone, or leave it out']],
  ["a webhook with an event twice", { webhooks: { audit: { url: "https://example.com", events: ["push", "push"] } } }, ['repositories.shop.webhooks.audit.events[1]: is there twice, got "push"; remove one of them']],
  ["a webhook whose address is a secret", { webhooks: { chat: { url: "https://hooks.slack.com/services/T0/B0/x", events: ["push"] } } }, ["repositories.shop.webhooks.chat.url: lets everybody who reads it post there; replace it at its source, and write { secret: <config key> }"]],
  ["a short generated secret", { webhooks: { audit: { url: "https://example.com", events: ["push"], secret: { generate: { length: 8 } } } } }, ["repositories.shop.webhooks.audit.secret.generate.length: is not a whole number from 16 to 128; write characters without quotes"]],
  ["an autolink without a number", { autolinks: { "SHOP-": { url: "https://tracker.example.com/" } } }, ['repositories.shop.autolinks.SHOP-.url: is not the address of a reference, got "https://tracker.example.com/"; write a web address with <num> in it, such as https://jira.example.com/browse/JIRA-<num>']],
  ["an autolink's prefix with a space", { autolinks: { "SHOP ": { url: "https://tracker.example.com/<num>" } } }, ['repositories.shop.autolinks["SHOP "]: is not a prefix of references, got "SHOP "; use 1 to 32 letters, digits and . - _ + = : / #, such as JIRA-']],
  ["an existing repository's environment without approvals", { existing: true, environments: { staging: {} } }, ["repositories.shop.environments.staging.approvals: is missing; name teams or users who approve, or say why nobody has to with { unprotected: <reason> }"]],
  ["neither existing nor not", { existing: "yes" }, ['repositories.shop.existing: is none of false, true, got "yes"; write one of them']],
])("%s", (_, shop, problems) => {
  expect(wrong({ shop })).toEqual(problems);
});

describe("all is well with", () => {
  test.each<[string, object]>([
    ["a repository of defaults", {}],
    ["an existing repository with an environment", { existing: true, environments: { staging: { approvals: open } } }],
    ["a public repository without scanning", { visibility: "public", security: { secretScanning: false } }],
    ["six reviewers, a wait of 43200 minutes and 100 secrets", environment({ approvals: { teams: ["a", "b", "c"], users: ["d", "e", 6] }, waitMinutes: 43_200, secrets: many(100) })],
    ["20 topics and a description of 350 characters", { topics: Array.from({ length: 20 }, (_, index) => `t${index}`), description: "x".repeat(350) }],
    ["commits that admins may make past a ruleset", { files: commits, ...branch({ pullRequest: {}, bypass: [{ kind: "role", role: "admin" }] }) }],
    ["commits beside a ruleset of other branches", { files: commits, ...branch({ include: ["release/*"], pullRequest: {} }) }],
    ["commits onto a default branch that a ruleset leaves out", { files: commits, ...branch({ include: ["~ALL"], exclude: ["main"], pullRequest: {} }) }],
    ["commits onto a default branch that a ruleset leaves out as such", { files: commits, ...branch({ include: ["~ALL"], exclude: ["~DEFAULT_BRANCH"], pullRequest: {} }) }],
    ["commits beside rulesets of tags and pushes", { files: commits, rulesets: { v: { target: "tag" }, pushes: { target: "push", maxPathLength: 200 } } }],
    ["commits past a ruleset that only reports", { files: commits, ...branch({ enforcement: "evaluate", pullRequest: {} }) }],
    ["commits onto a branch that only keeps its history", { files: commits, ...branch({ signatures: true, linearHistory: true }) }],
    ["proposals whose branch stays", { merge: { deleteBranch: false }, files: proposes, ...branch({ pullRequest: {} }) }],
    ["a required deployment to a declared environment", { ...branch({ requiredDeployments: ["staging"] }), environments: { staging: { approvals: open } } }],
    ["linear history with squash and merge", { merge: { methods: ["merge", "squash"] }, ...branch({ linearHistory: true }) }],
    ["protected branches of a repository that somebody else manages", { existing: true, ...environment({ deployFrom: { kind: "protected-branches" } }) }],
    ["a webhook whose address is named as a secret", { webhooks: { chat: { url: { secret: "s" }, events: ["*"] } } }],
    ["a branch and a tag to deploy from", environment({ deployFrom: { kind: "patterns", branches: ["main"], tags: ["v*"] } })],
    ["former names that are gone", { renamedFrom: "store", ...environment({ renamedFrom: "prod" }) }],
    ["a private repository's own settings", { security: { advancedSecurity: true }, features: { forking: true }, actions: { sharedWith: "user" } }],
    ["neither alerts nor updates", { security: { vulnerabilityAlerts: false, dependabotUpdates: false } }],
    ["actions of verified creators alone", { actions: { allowed: { kind: "selected", githubOwned: false, verified: true } } }],
    ["actions by pattern alone", { actions: { allowed: { kind: "selected", githubOwned: false, patterns: ["docker/*"] } } }],
    ["no actions at all", { actions: { allowed: { kind: "none" } } }],
    ["a push ruleset of one path and one extension", { rulesets: { pushes: { target: "push", blockedPaths: [".env"], blockedExtensions: ["*.pem"] } } }],
    ["a tag's bypass at any time", { rulesets: { v: { target: "tag", bypass: [{ kind: "deploy-key" }] } } }],
    ["an admin's bypass by pull request", branch({ bypass: [{ kind: "role", role: "admin", mode: "pull-request" }] })],
    ["a queue that waits for as many as it merges", branch({ mergeQueue: { minMerge: 5 } })],
    ["a webhook in the open", { webhooks: { audit: { url: "https://example.com/hook", events: ["push", "release"] } } }],
    ["a merge queue of defaults", branch({ mergeQueue: {} })],
    ["a push ruleset of a private repository", { rulesets: { pushes: { target: "push", maxFileMegabytes: 100 } } }],
  ])("%s", (_, shop) => {
    expect(wrong({ shop })).toEqual([]);
  });
});

test("repositories that differ in case are one repository to GitHub", () => {
  expect(wrong({ shop: {}, Shop: {} })).toEqual(['repositories.Shop: differs from shop only in case, got "Shop"; remove one of them, or rename it']);
});

test("everything that is wrong with several repositories is said at once", () => {
  expect(wrong({ shop: { topics: ["Go"] }, cart: { security: { vulnerabilityAlerts: false } } })).toEqual([
    'repositories.shop.topics[0]: is not a topic, got "Go"; use 1 to 50 lower-case letters, digits and dashes, no dash first',
    "repositories.cart.security.dependabotUpdates: needs vulnerabilityAlerts, which are off, got true; switch vulnerabilityAlerts on, or this off",
  ]);
});

test("a name with a hostile form is refused", () => {
  expect(wrong({ "../shop": {} })).toEqual([
    'repositories["../shop"]: is not the name of a repository, got "../shop"; use 1 to 100 letters, digits, dots, dashes and underscores, without .git at the end',
  ]);
});

test.each<[string[], string, boolean]>([
  [["~ALL"], "any/branch", true],
  [["~DEFAULT_BRANCH"], "main", true],
  [["~DEFAULT_BRANCH"], "develop", false],
  [["main"], "main", true],
  [["main"], "main2", false],
  [["develop", "main"], "main", true],
  [["release/*"], "release/1", true],
  [["release/*"], "release/1/hotfix", false],
  [["release/**"], "release/1/hotfix", true],
  [["v?"], "v1", true],
  [["v?"], "v10", false],
  [["v?"], "v/", false],
  [["v1.0"], "v1x0", false],
  [["a(b"], "a(b", true],
  [[], "main", false],
])("the patterns %j take %s in: %s", (patterns, name, expected) => {
  expect(takesIn(patterns, name, name === "main")).toBe(expected);
});
