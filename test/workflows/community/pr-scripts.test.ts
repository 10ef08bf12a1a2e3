import { scriptRoom, serve } from "../script-room.ts";
import type { Ran, Server } from "../script-room.ts";

const room = scriptRoom();
const TYPES = "feat,fix,docs,chore";

/** A pull request on GitHub: its commits, its files, its labels, and the comments that it has. */
interface Pull {
  commits?: { message: string; merge?: boolean }[];
  files?: { filename: string; additions: number; deletions: number; status?: string }[];
  labels?: string[];
  comments?: { id: number; body: string }[];
}

async function github({ commits = [], files = [], labels = [], comments = [] }: Pull): Promise<Server> {
  return await serve(({ method, path }) => {
    switch (`${method} ${path.replace(/\?.*/, "")}`) {
      case "GET /repos/acme/shop/pulls/7":
        return { body: { labels: labels.map((name) => ({ name })) } };
      case "GET /repos/acme/shop/pulls/7/commits":
        return { body: commits.map(({ message, merge = false }, index) => ({ sha: String(index).padStart(40, "a"), commit: { message }, parents: merge ? [{}, {}] : [{}] })) };
      case "GET /repos/acme/shop/pulls/7/files":
        return { body: files };
      case "GET /repos/acme/shop/issues/7/comments":
        return { body: comments };
      case "POST /repos/acme/shop/issues/7/comments":
      case "PATCH /repos/acme/shop/issues/comments/42":
      case "POST /repos/acme/shop/issues/7/labels":
        return { body: {} };
      default:
        return undefined;
    }
  });
}

async function run(script: string, pull: Pull, env: Record<string, string>): Promise<Ran & { server: Server }> {
  const server = await github(pull);
  return { ...(await room.run(script, { GITHUB_API_URL: server.url, GITHUB_TOKEN: "t", PULL_REQUEST: "7", ...env })), server };
}

function findings({ outputs }: Ran): unknown {
  return JSON.parse(outputs["findings"] ?? "null");
}

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

describe("pr-report", () => {
  const finding = (check: string, level: string, text: string) => ({ result: level === "fail" ? "failure" : "success", outputs: { findings: JSON.stringify([{ check, level, text }]) } });
  const LABELS = JSON.stringify({ feat: "enhancement", fix: "bug" });
  const report = (checks: object, pull: Pull = {}, TITLE = "fix: lock") => run("pr-report.mjs", pull, { CHECKS: JSON.stringify(checks), LABELS, TITLE });

  it("sums the checks up in one comment and labels the pull request by its title", async () => {
    const { server, code } = await report({ conventions: finding("Title", "pass", "follows the convention"), coverage: finding("Coverage", "fail", "60.00 % is below 70 %"), changes: finding("Size", "warn", "900 lines"), benchmarks: { result: "skipped", outputs: {} } });
    expect(code).toBe(0);
    expect(server.calls()).toEqual(["POST /repos/acme/shop/issues/7/labels", "GET /repos/acme/shop/issues/7/comments?per_page=100", "POST /repos/acme/shop/issues/7/comments"]);
    expect(server.requests[0]?.body).toEqual({ labels: ["bug"] });
    expect(server.requests[2]?.body).toEqual({
      body: [
        "<!-- pr-checks -->",
        "**1 of 4 checks ask for a change.**",
        "",
        "| Check | Result |",
        "|---|---|",
        "| ✅ Title | follows the convention |",
        "| ❌ Coverage | 60.00 % is below 70 % |",
        "| ⚠️ Size | 900 lines |",
        "| ✅ Benchmarks | waits until the pull request is no draft |",
      ].join("\n"),
    });
  });

  it("replaces its own comment instead of adding another", async () => {
    const comments = [{ id: 41, body: "unrelated" }, { id: 42, body: "<!-- pr-checks -->\nold" }];
    const { server } = await report({ changes: finding("Size", "warn", "900 lines") }, { comments });
    expect(server.calls().at(-1)).toBe("PATCH /repos/acme/shop/issues/comments/42");
    expect(server.requests.at(-1)?.body).toMatchObject({ body: expect.stringContaining("**All checks pass; see the warnings.**") });
  });

  it("says that a job came to no result", async () => {
    const { server } = await report({ coverage: { result: "failure", outputs: {} } });
    expect(server.requests.at(-1)?.body).toMatchObject({ body: expect.stringContaining("| ❌ Coverage | did not come to a result; see the job's log |") });
  });

  it.each(["docs: explain", "nothing of the kind", "__proto__: x", "constructor: x"])("gives the title %p no label", async (title) => {
    const { server } = await report({ changes: finding("Size", "pass", "1 line") }, {}, title);
    expect(server.calls().filter((call) => call.endsWith("/labels"))).toEqual([]);
  });

  it("lets no text of others become markup, a mention or another row", async () => {
    const { server } = await report({ conventions: finding("Title", "fail", "<script>alert(1)</script> @everyone | x |\n| forged | row | <!-- pr-checks -->") });
    const { body } = server.requests.at(-1)?.body as { body: string };
    expect(body.split("\n")).toHaveLength(6);
    expect(body.slice("<!-- pr-checks -->".length)).not.toMatch(/<|@everyone|\| forged \|/);
  });
});
