import { parse } from "yaml";
import { releaseDrafter } from "../../../components/workflows/community/release-drafter.ts";
import type { ReleaseDrafterOptions } from "../../../components/workflows/community/release-drafter.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";

const options: ReleaseDrafterOptions = {
  tagPrefix: "v",
  breakingLabel: "breaking",
  categories: [
    { title: "Features", label: "feature", types: ["feat"], bump: "minor" },
    { title: "Fixes", label: "fix", types: ["fix", "perf"], bump: "patch" },
    { title: "Dependencies", label: "dependencies", types: [], bump: "patch" },
  ],
};

function made(changes: Partial<ReleaseDrafterOptions> = {}) {
  const { workflows, files } = releaseDrafter({ ...options, ...changes }, repository({ defaultBranch: "trunk" }));
  const [workflow] = workflows.map((file) => parse(renderWorkflow(file)));
  return { workflow, config: parse(files?.[".github/release-drafter.yml"] ?? "") };
}

/** A regular expression as release-drafter reads it: `/…/flags`. */
function expression(text: string): RegExp {
  const [, pattern = "", flags = ""] = /^\/(.*)\/(\w*)$/.exec(text) ?? [];
  return new RegExp(pattern, flags);
}

describe("releaseDrafter", () => {
  it("drafts after a merge and by hand, and labels pull requests of the repository itself", () => {
    const { on, jobs } = made().workflow;
    expect(on).toEqual({ push: { branches: ["trunk"] }, pull_request: { types: ["opened", "reopened", "synchronize", "edited"] }, workflow_dispatch: null });
    expect(jobs.draft.if).toBe("github.event_name != 'pull_request'");
    expect(jobs.draft.permissions).toEqual({ contents: "write", "pull-requests": "read" });
    expect(jobs.label.if).toBe("github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository");
    expect(jobs.label.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(jobs.label.steps[0].uses).toMatch(/^release-drafter\/release-drafter\/autolabeler@[0-9a-f]{40}$/);
  });

  it("puts a breaking change first and alone, and any other in the first section that takes it", () => {
    expect(made().config.categories).toEqual([
      { title: "Breaking changes", "semver-increment": "major", exclusive: true, when: [{ label: "breaking" }, { conventional: { breaking: true } }] },
      { title: "Features", "semver-increment": "minor", exclusive: true, when: [{ label: "feature" }, { conventional: { types: ["feat"] } }] },
      { title: "Fixes", "semver-increment": "patch", exclusive: true, when: [{ label: "fix" }, { conventional: { types: ["fix", "perf"] } }] },
      { title: "Dependencies", "semver-increment": "patch", exclusive: true, when: [{ label: "dependencies" }] },
      { type: "version-resolver", "semver-increment": "patch" },
    ]);
  });

  it("leaves out what carries the label for it, before anything else is decided", () => {
    expect(made({ skipLabel: "skip-changelog" }).config.categories[0]).toEqual({ type: "pre-exclude", when: { label: "skip-changelog" } });
  });

  it("names the tag with the prefix", () => {
    expect(made({ tagPrefix: "mcp-server-v" }).config).toMatchObject({ "tag-template": "mcp-server-v$RESOLVED_VERSION", "name-template": "mcp-server-v$RESOLVED_VERSION" });
  });

  it.each([
    ["feat: add a door", ["feature"]],
    ["feat(api): add a door", ["feature"]],
    ["perf(core): open it faster", ["fix"]],
    ["fix!: lock the door", ["fix", "breaking"]],
    ["Refix: nothing", []],
    ["docs: describe the door", []],
    ["feat add a door", []],
  ])("labels %p as %p", (title, labels) => {
    const rules: { label: string; title: string[] }[] = made().config.autolabeler;
    expect(rules.filter((rule) => rule.title.some((text) => expression(text).test(title))).map(({ label }) => label)).toEqual(labels);
  });

  it("keeps names and numbers in titles from becoming mentions", () => {
    expect(made().config["change-title-escapes"]).toBe("\\<*_&#@");
  });
});
