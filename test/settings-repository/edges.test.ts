import { describe, expect, test } from "@jest/globals";
import { wrong } from "./wrong.ts";

const commits = { deliver: { kind: "commit" }, content: { "a.txt": "" } };
const branch = (more: object): object => ({ rulesets: { main: { target: "branch", ...more } } });
const webhook = (url: string): object => ({ webhooks: { chat: { url, events: ["push"] } } });

describe("all is well with", () => {
  test.each<[string, object]>([
    ["an author of commits that nobody asks to sign", { files: { ...commits, deliver: { kind: "commit", author: { name: "Bot", email: "bot@example.com" } } }, ...branch({ linearHistory: true }) }],
    ["files whose names begin alike", { files: { ...commits, content: { docs: "", "docs.md": "" } } }],
    ["a queue that merges where history need not be linear", { merge: { methods: ["merge"] }, ...branch({ linearHistory: false, mergeQueue: { method: "merge" } }) }],
    ["a queue that squashes onto linear history", branch({ linearHistory: true, mergeQueue: { method: "squash" } })],
    ["one check of two apps", branch({ requiredChecks: { checks: [{ context: "lint", app: 1 }, { context: "lint", app: 2 }, { context: "lint" }] } })],
    ["push protection with scanning", { security: { secretScanning: true, pushProtection: true } }],
    ["push protection alone", { security: { pushProtection: true } }],
    ["scanning and protection that are off", { security: { secretScanning: false, pushProtection: false } }],
    ["actions of GitHub alone", { actions: { allowed: { kind: "selected" } } }],
    ["a commit past a ruleset for which one may pull and another pass", {
      files: commits,
      ...branch({ pullRequest: {}, bypass: [{ kind: "role", role: "admin", mode: "pull-request" }, { kind: "role", role: "maintain" }] }),
    }],
    ["an address that only names a telling one", webhook("https://example.com/https://hooks.slack.com/services/x")],
    ["an address that only begins like a telling one", webhook("https://hooks.slack.com.example.com/services/x")],
    ["a name of another company that ends alike", webhook("https://evil!webhook.example.com/services/x")],
  ])("%s", (_, shop) => {
    expect(wrong({ shop })).toEqual([]);
  });
});

test.each([
  "https://hooks.slack.com/services/T0/B0/x", "https://discord.com/api/webhooks/1/x", "https://webhook.office.com/x", "https://acme.webhook.office.com/webhookb2/x",
])("whoever reads %s may post there", (url) => {
  expect(wrong({ shop: webhook(url) })).toEqual([
    "repositories.shop.webhooks.chat.url: lets everybody who reads it post there; replace it at its source, and write { secret: <config key> }",
  ]);
});

test("a queue is told every method that its repository allows", () => {
  expect(wrong({ shop: { merge: { methods: ["squash", "rebase"] }, ...branch({ mergeQueue: { method: "merge" } }) } })).toEqual([
    'repositories.shop.rulesets.main.mergeQueue.method: is not allowed in the repository, got "merge"; use squash or rebase, or add it to merge.methods',
  ]);
});

test("seven reviewers with one twice are told both", () => {
  expect(wrong({ shop: { environments: { production: { approvals: { teams: ["a", "b", "c", "d", "e", "f", "f"] } } } } })).toEqual([
    'repositories.shop.environments.production.approvals.teams[6]: is there twice, got "f"; remove one of them',
    "repositories.shop.environments.production.approvals: has more than 6 reviewers, got 7; name a team instead of its members",
  ]);
});
