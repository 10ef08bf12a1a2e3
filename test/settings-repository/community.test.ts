import { describe, expect, test } from "@jest/globals";
import { BASE, changed, linesOf } from "../settings/base.ts";
import type { Changes } from "../settings/base.ts";

const R = "repositories.shop";

/** A shop whose Dependabot merges by itself, with labels and teams of its own. */
const GOOD: Changes = {
  [`${R}.merge`]: { autoMerge: true },
  [`${R}.actions`]: { allowed: { kind: "selected", patterns: ["dependabot/*", "release-drafter/*"] }, approvePullRequests: true },
  [`${R}.access`]: { teams: { platform: "push", readers: "triage" } },
  [`${R}.labels`]: { named: Object.fromEntries(["breaking", "feature", "stale", "docs", "dependencies", "bug", "enhancement"].map((name) => [name, { color: "ededed" }])) },
  [`${R}.files`]: { deliver: { kind: "commit" } },
  [`${R}.rulesets.main.bypass`]: [{ kind: "role", role: "admin", mode: "always" }],
  [`${R}.visibility`]: "public",
  [`${R}.workflows`]: {
    dependabotAutoMerge: {},
    stale: {},
    releaseDrafter: { categories: [{ title: "Features", label: "feature", types: ["feat"] }] },
    labeler: { paths: { docs: ["docs/**"] } },
    prChecks: { labels: { docs: "docs" } },
  },
  [`${R}.community`]: {
    dependabot: { updates: [{ ecosystem: "npm" }] },
    codeowners: [{ path: "*", teams: ["platform"] }],
    securityPolicy: { versions: [{ version: "1.x" }] },
    issueForms: { bug: {}, feature: {} },
  },
};

function lines(changes: Changes = {}): string[] {
  return linesOf(changed(changed(BASE, GOOD), changes));
}

test("a repository that fits its community files has no problem", () => {
  expect(lines()).toEqual([]);
});

test("labels that are not managed are not asked for", () => {
  expect(lines({ [`${R}.labels`]: undefined, [`${R}.workflows.stale`]: { label: "anything" } })).toEqual([]);
});

describe("community files:", () => {
  test.each<[string, Changes, string[]]>([
    [
      "a workflow's label that is not declared",
      { [`${R}.workflows.stale`]: { label: "old", exemptLabels: ["bug", "pinned"] } },
      [
        `repositories.shop.workflows.stale.label: is not a label of this repository, got "old"; add it to labels.named, or name one that is there`,
        `repositories.shop.workflows.stale.exemptLabels[1]: is not a label of this repository, got "pinned"; add it to labels.named, or name one that is there`,
      ],
    ],
    [
      "labels of release notes, paths and titles that are not declared",
      {
        [`${R}.workflows.releaseDrafter`]: { breakingLabel: "major", skipLabel: "quiet", categories: [{ title: "Fixes", label: "fix" }] },
        [`${R}.workflows.labeler`]: { paths: { core: ["src/**"] } },
        [`${R}.workflows.prChecks`]: { labels: { fix: "repair" }, changelog: { paths: ["src/**"], skipLabel: "silent" } },
      },
      ["releaseDrafter.breakingLabel", "releaseDrafter.categories[0].label", "releaseDrafter.skipLabel", "labeler.paths.core", "prChecks.labels.fix", "prChecks.changelog.skipLabel"].map((path, index) =>
        `repositories.shop.workflows.${path}: is not a label of this repository, got "${["major", "fix", "quiet", "core", "repair", "silent"][index]}"; add it to labels.named, or name one that is there`,
      ),
    ],
    [
      "labels of Dependabot and of issue forms that are not declared",
      { [`${R}.community.dependabot`]: { updates: [{ ecosystem: "npm", labels: ["npm"] }] }, [`${R}.community.issueForms`]: { bug: { labels: ["defect"] } } },
      [
        `repositories.shop.community.dependabot.updates[0].labels[0]: is not a label of this repository, got "npm"; add it to labels.named, or name one that is there`,
        `repositories.shop.community.issueForms.bug.labels[0]: is not a label of this repository, got "defect"; add it to labels.named, or name one that is there`,
      ],
    ],
    [
      "owners of code that may not write, and a line without an owner",
      { [`${R}.community.codeowners`]: [{ path: "*", teams: ["platfrom"] }, { path: "/docs/", teams: ["readers"] }, { path: "/src/" }] },
      [
        `repositories.shop.community.codeowners[0].teams[0]: is not among the teams with access, got "platfrom"; add it to access.teams with push, or name one that is there`,
        `repositories.shop.community.codeowners[1].teams[0]: may not write, and GitHub takes no such team for an owner, got "readers"; give it push in access.teams, or name another`,
        "repositories.shop.community.codeowners[2]: names no owner; add teams or users",
      ],
    ],
    [
      "expressions of GitHub Actions in what people configure",
      { [`${R}.labels`]: undefined, [`${R}.workflows.prChecks`]: { labels: { fix: "a ${{ github.token }}" }, size: { ignore: ["${{ x }}/**"] } }, [`${R}.workflows.labeler`]: { paths: { "${{ x }}": ["docs/**"] } } },
      [
        'repositories.shop.workflows.labeler.paths["${{ x }}"]: holds an expression of GitHub Actions; write a plain text',
        'repositories.shop.workflows.prChecks.labels.fix: holds an expression of GitHub Actions, got "a ${{ github.token }}"; write a plain text',
        'repositories.shop.workflows.prChecks.size.ignore[0]: holds an expression of GitHub Actions, got "${{ x }}/**"; write a plain text',
      ],
    ],
    [
      "private reports in a private repository",
      { [`${R}.visibility`]: "private" },
      ["repositories.shop.community.securityPolicy.contact: reports privately, which GitHub offers in public repositories only, and this one is private; use { kind: email, address: … }"],
    ],
    [
      "Dependabot that may neither approve nor merge",
      { [`${R}.merge`]: {}, [`${R}.actions.approvePullRequests`]: false, [`${R}.workflows.dependabotAutoMerge`]: { method: "rebase" } },
      [
        "repositories.shop.merge.autoMerge: is off, and dependabotAutoMerge needs it, got false; set it to true",
        "repositories.shop.actions.approvePullRequests: is off, and dependabotAutoMerge approves; set it to true",
        `repositories.shop.workflows.dependabotAutoMerge.method: is not allowed in the repository, got "rebase"; use squash, or add it to merge.methods`,
      ],
    ],
    [
      "Dependabot that would merge without a test",
      { [`${R}.rulesets.main.requiredChecks`]: undefined },
      ["repositories.shop.workflows.dependabotAutoMerge: would merge without a test: no ruleset requires checks on main; add requiredChecks to a ruleset of that branch"],
    ],
  ])("refuses %s", (_, changes, expected) => {
    expect(lines(changes)).toEqual(expected);
  });
});
