import { describe, expect, test } from "@jest/globals";
import { bypassInput } from "../../../components/github/ruleset-bypass.ts";
import { rulesetConditions, rulesetRules } from "../../../components/github/ruleset-rules.ts";
import { rulesetSettings } from "../../../operations/adopt/repository/ruleset.ts";
import { toldRules } from "../../../sandbox/github-api/rules.ts";
import { ruleset as schema } from "../../../settings/schema/repository-ruleset.ts";
import { ruleset } from "./repositories.ts";

const number = (identity: string | number): number => Number(identity);
const pattern = { operator: "starts_with", pattern: "feat", negate: true };

const written: [string, Record<string, unknown>][] = [
  ["a branch, nothing said", { target: "branch" }],
  ["a branch, everything", {
    target: "branch", enforcement: "evaluate", include: ["main", "release/*", "~DEFAULT_BRANCH"], exclude: ["release/old"],
    bypass: [{ kind: "role", role: "maintain" }, { kind: "team", team: 9, mode: "pull-request" }, { kind: "user", user: 8, mode: "exempt" }, { kind: "app", app: 7 }, { kind: "organization-admin" }, { kind: "enterprise-owner" }, { kind: "deploy-key" }],
    blockCreation: true, blockDeletion: false, blockForcePush: false, blockUpdate: true, signatures: true, linearHistory: true, patterns: { name: pattern, commitMessage: pattern, authorEmail: pattern, committerEmail: pattern },
    pullRequest: { approvals: 2, dismissStaleReviews: false, codeOwnerReview: true, lastPushApproval: true, threadResolution: false, methods: ["merge", "rebase"], reviewers: [{ team: 9, paths: ["*.sql"], approvals: 2 }] },
    requiredChecks: { checks: [{ context: "test" }, { context: "lint", app: 15_368 }], strict: false, ignoreOnCreate: true },
    mergeQueue: { method: "rebase", grouping: "head-green", timeoutMinutes: 30, maxBuild: 1, maxMerge: 2, minMerge: 2, minMergeWaitMinutes: 1 },
    requiredDeployments: ["staging"], codeScanning: [{ tool: "CodeQL", alerts: "all", securityAlerts: "critical" }], copilotReview: { drafts: true, pushes: false },
  }],
  ["tags", { target: "tag", include: ["v*"], blockUpdate: false, patterns: { name: pattern } }],
  ["pushes", { target: "push", blockedPaths: [".github/**"], blockedExtensions: ["*.exe"], maxFileMegabytes: 10, maxPathLength: 200 }],
];

/** What GitHub tells of a ruleset that the program made. */
function told(settings: ReturnType<typeof schema.parse>) {
  const rules: Parameters<typeof toldRules>[0] = JSON.parse(JSON.stringify(rulesetRules(settings, { methods: ["squash"], teamId: number })));
  const { refName }: { refName?: { includes: string[]; excludes: string[] } } = JSON.parse(JSON.stringify(rulesetConditions(settings).conditions ?? {}));
  const actors = settings.bypass.map((actor) => bypassInput(actor, number, number));
  return ruleset({
    target: settings.target, enforcement: settings.enforcement, rules: toldRules(rules),
    conditions: refName === undefined ? null : { ref_name: { include: refName.includes, exclude: refName.excludes } },
    bypass_actors: actors.map(({ actorId, actorType, bypassMode }) => ({ actor_id: actorId ?? null, actor_type: actorType, bypass_mode: bypassMode })),
  });
}

describe("what the program makes is read back as it was written", () => {
  test.each(written)("%s", (_, settings) => {
    const whole = schema.parse(settings);
    const { settings: read, unmanaged } = rulesetSettings(told(whole), ["squash"]);
    expect({ read: schema.parse(read), unmanaged }).toEqual({ read: whole, unmanaged: [] });
  });
});

test("a pull request rule that allows the repository's own methods does not say so", () => {
  const whole = schema.parse({ target: "branch", pullRequest: {} });
  expect(rulesetSettings(told(whole), ["squash"]).settings).toMatchObject({ pullRequest: { methods: undefined } });
  expect(rulesetSettings(told(whole), ["merge", "squash"]).settings).toMatchObject({ pullRequest: { methods: ["squash"] } });
});

test("rules and people that the configuration has no word for are named", () => {
  const live = ruleset({ rules: [{ type: "workflows", parameters: {} }, { type: "merge_queue", parameters: { merge_method: "FAST" } }], bypass_actors: [{ actor_id: 99, actor_type: "RepositoryRole", bypass_mode: "always" }] });
  expect(rulesetSettings(live, []).unmanaged.map(({ path, what }) => `${path}: ${what}`)).toEqual([
    "rulesets.main.bypass: lets RepositoryRole 99 bypass it, which the configuration has no word for",
    "rulesets.main: has a rule workflows that the configuration has no word for",
    "rulesets.main: has a rule merge_queue that the configuration has no word for",
  ]);
});
