import { findings, pullRequestRoom } from "./pull-request.ts";
import type { Pull } from "./pull-request.ts";

const { room, run } = pullRequestRoom();
const TYPES = "feat,fix,docs,chore";

describe("pr-conventions", () => {
  it("is content with a title and commits that follow the convention, and passes merges over", async () => {
    const ran = await run("pr-conventions.mjs", { commits: [{ message: "feat(api)!: open the door\n\nbody" }, { message: "Merge branch 'main'", merge: true }] }, { TITLE: "feat(api)!: open the door", TYPES });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(findings(ran)).toEqual([
      { check: "Title", level: "pass", text: "follows the convention" },
      { check: "Commits", level: "pass", text: "1 commit, it follows the convention" },
    ]);
    expect(ran.server.calls()).toEqual(["GET /repos/acme/shop/pulls/7/commits?per_page=100"]);
    expect(ran.server.requests[0]?.headers.authorization).toBe("Bearer t");
  });

  it("names the title and every commit that does not, and says what to do", async () => {
    const ran = await run("pr-conventions.mjs", { commits: [{ message: "wip" }, { message: "fix: lock" }, { message: "feature: open" }] }, { TITLE: "Open the door", TYPES });
    expect(ran.code).toBe(1);
    expect(findings(ran)).toEqual([
      { check: "Title", level: "fail", text: '"Open the door" is not "type: subject"; write one such as "feat: say what changes"' },
      { check: "Commits", level: "fail", text: 'aaaaaaa "wip" is not "type: subject"; aaaaaaa "feature: open" is of type feature, which is none of feat, fix, docs, chore; reword them with git rebase --interactive' },
    ]);
    expect(ran.stderr).toContain('::error::Title: "Open the door"');
  });

  it("shows five bad commits and counts the rest", async () => {
    const ran = await run("pr-conventions.mjs", { commits: Array.from({ length: 8 }, () => ({ message: "wip" })) }, { TITLE: "fix: lock", TYPES });
    expect(ran.stderr).toContain("; and 3 more; reword");
  });

  it.each(["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "::error::forged%0A::set-output name=a::b", "<script>alert(1)</script> @everyone", "feat: ok | **bold** [x](javascript:alert(1))", "naïve 船 😀"])(
    "takes the hostile title %p for a title and nothing else",
    async (title) => {
      const ran = await run("pr-conventions.mjs", { commits: [{ message: `${title}\n::error::forged` }] }, { TITLE: title, TYPES });
      expect(ran.code).toBe(title.startsWith("feat: ") ? 0 : 1);
      expect(room.exists("pwned")).toBe(false);
      expect(Object.keys(ran.outputs)).toEqual(["findings"]);
      expect(`${ran.stdout}${ran.stderr}`.split("\n").filter((line) => line.startsWith("::")).every((line) => line.startsWith("::error::Title: ") || line.startsWith("::error::Commits: "))).toBe(true);
      expect(ran.summary).not.toMatch(/<script>|@everyone|\*\*bold|\]\(javascript/);
    },
  );
});

describe("pr-changes", () => {
  const env = { WARN_LINES: "100", IGNORE: "**/package-lock.json\ndocs/**" };

  it("counts changed lines without those that are ignored", async () => {
    const files = [{ filename: "src/a.ts", additions: 60, deletions: 40 }, { filename: "web/package-lock.json", additions: 9000, deletions: 1 }, { filename: "package-lock.json", additions: 500, deletions: 0 }, { filename: "docs/a/b.md", additions: 900, deletions: 0 }];
    expect(findings(await run("pr-changes.mjs", { files }, env))).toEqual([{ check: "Size", level: "pass", text: "100 lines in 1 file" }]);
  });

  it("warns about a large change and lets it pass", async () => {
    const ran = await run("pr-changes.mjs", { files: [{ filename: "a", additions: 101, deletions: 0 }] }, env);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("::warning::Size: 101 lines in 1 file, more than 100; smaller ones are reviewed sooner and better");
  });

  const changelog = { ...env, CHANGELOG: "CHANGELOG.md", CHANGELOG_PATHS: "src/**\n!src/**/*.test.ts", CHANGELOG_SKIP_LABEL: "skip-changelog" };
  const source = { filename: "src/a/b.ts", additions: 1, deletions: 0 };

  it.each<[string, Pull, number, string]>([
    ["asks for an entry", { files: [source] }, 1, "CHANGELOG.md has no entry, and src/a/b.ts is changed; add one"],
    ["is content with an entry", { files: [source, { filename: "CHANGELOG.md", additions: 1, deletions: 0 }] }, 0, "has an entry"],
    ["takes a removed changelog for none", { files: [source, { filename: "CHANGELOG.md", additions: 0, deletions: 9, status: "removed" }] }, 1, "CHANGELOG.md has no entry, and src/a/b.ts is changed; add one"],
    ["asks for none where nobody would notice", { files: [{ ...source, filename: "src/a/b.test.ts" }] }, 0, "needs no entry"],
    ["asks for none where a label says so", { files: [source], labels: ["bug", "skip-changelog"] }, 0, "needs no entry, says a label"],
  ])("%s in the changelog", async (_, pull, code, text) => {
    const ran = await run("pr-changes.mjs", pull, changelog);
    expect(ran.code).toBe(code);
    expect(findings(ran)).toEqual([expect.objectContaining({ check: "Size" }), { check: "Changelog", level: code === 0 ? "pass" : "fail", text }]);
  });

  it("refuses a limit that is no number, in one line", async () => {
    const ran = await run("pr-changes.mjs", {}, { WARN_LINES: "many\n::error::forged" });
    expect(ran).toMatchObject({ code: 1, stderr: '::error::WARN_LINES: is not a number of lines, got "many\\n::error::forged"; correct it and run again\n' });
  });
});
