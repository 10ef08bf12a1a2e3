import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Ran, Server } from "../../test/workflows/script-room.ts";
import { LOCK, MANIFEST, room } from "../../test/workflows/npm/versioned-room.ts";

describe("the next version", () => {
  it.each([
    [["fix: a"], "auto", "1.2.4"],
    [["fix: a", "feat(ui): b"], "auto", "1.3.0"],
    [["feat!: b"], "auto", "2.0.0"],
    [["fix: a\n\nBREAKING CHANGE: b"], "auto", "2.0.0"],
    [["docs: a"], "patch", "1.2.4"],
    [["docs: a"], "major", "2.0.0"],
    [["feat: $(touch pwned) `touch pwned`\n\n::set-output name=version::9.9.9"], "auto", "1.3.0"],
  ])("after %j with %s is %s", async (messages, BUMP_TYPE, version) => {
    const { made } = room(...messages);
    const { code, outputs } = await made.run("next-version.mjs", { BUMP_TYPE, DIRECTORY: "." });
    expect({ code, outputs }).toMatchObject({ code: 0, outputs: { version, files: "package.json\npackage-lock.json" } });
    expect(made.read("package.json")).toBe(MANIFEST.replace("1.0.0", version));
    expect(JSON.parse(made.read("package-lock.json"))).toEqual({ ...LOCK, version, packages: { ...LOCK.packages, "": { name: "tool", version } } });
    expect(made.exists("pwned")).toBe(false);
  });

  it("is none where no commit asks for one, and changes nothing", async () => {
    const { made } = room("docs: a", "chore(feat): b");
    const { outputs } = await made.run("next-version.mjs", { BUMP_TYPE: "auto", DIRECTORY: "." });
    expect(outputs).toEqual({ version: "", bump: "none" });
    expect(made.read("package.json")).toBe(MANIFEST);
  });

  it("of a repository without a version is its first", async () => {
    const made = scriptRoom();
    made.repository().commit("feat: begin", { "npm/package.json": MANIFEST });
    expect((await made.run("next-version.mjs", { BUMP_TYPE: "auto", DIRECTORY: "npm" })).outputs).toEqual({ version: "0.1.0", bump: "minor", files: "npm/package.json" });
  });

  it.each([["major;id"], [""], ["Auto"]])("is not asked for by %p", async (BUMP_TYPE) => {
    const { code, stderr } = await room("fix: a").made.run("next-version.mjs", { BUMP_TYPE, DIRECTORY: "." });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^::error::BUMP_TYPE: is not auto, major, minor or patch/);
  });
});

/** GitHub's git database: every object that is made has a name of its own. */
async function publish(script: string, env: Record<string, string>, refs: readonly string[] = [], pulls: { number: number }[] = []): Promise<Ran & { github: Server; head: string }> {
  const { made, git } = room();
  const github = await serve(({ method, path }) => {
    if (method === "GET" && path.includes("/git/ref/")) return refs.some((ref) => path.endsWith(`/git/ref/${ref}`)) ? { body: { object: { sha: "e".repeat(40) } } } : undefined;
    if (method === "GET" && path.includes("/git/commits/")) return { body: { tree: { sha: "base-tree" } } };
    if (method === "GET" && path.includes("/pulls?")) return { body: pulls };
    if (path.endsWith("/git/trees")) return { status: 201, body: { sha: "tree" } };
    if (path.endsWith("/git/commits")) return { status: 201, body: { sha: "commit" } };
    return { body: { number: 12 } };
  });
  const ran = await made.run(script, { GITHUB_API_URL: github.url, GITHUB_TOKEN: "t0ken", ...env });
  return { ...ran, github, head: git.git("rev-parse", "HEAD") };
}

describe("publishing a version", () => {
  const env = { VERSION: "1.3.0", FILES: "package.json\npackage-lock.json", BRANCH: "main" };

  it("proposes it on a branch of its own, as one commit on what was looked at", async () => {
    const { code, outputs, github, head } = await publish("publish-version.mjs", { ...env, DELIVER: "pull-request" });
    expect({ code, outputs }).toEqual({ code: 0, outputs: { branch: "release/v1.3.0" } });
    const [tree, commit, ref, , pull] = github.requests.filter(({ method, path }) => method !== "GET" || path.includes("pulls"));
    expect(tree?.body).toMatchObject({ base_tree: "base-tree", tree: [{ path: "package.json", mode: "100644", type: "blob", content: MANIFEST }, { path: "package-lock.json" }] });
    expect(commit?.body).toEqual({ message: "chore(release): v1.3.0", tree: "tree", parents: [head] });
    expect(ref).toMatchObject({ method: "POST", body: { ref: "refs/heads/release/v1.3.0", sha: "commit" } });
    expect(pull).toMatchObject({ method: "POST", path: "/repos/acme/shop/pulls", body: { head: "release/v1.3.0", base: "main", title: "chore(release): v1.3.0" } });
  });

  it("renews the pull request that is open", async () => {
    const { github } = await publish("publish-version.mjs", { ...env, DELIVER: "pull-request" }, ["heads/release/v1.3.0"], [{ number: 4 }]);
    expect(github.requests.at(-3)).toMatchObject({ method: "PATCH", path: "/repos/acme/shop/git/refs/heads/release/v1.3.0", body: { sha: "commit", force: true } });
    expect(github.calls().at(-1)).toBe("PATCH /repos/acme/shop/pulls/4");
  });

  it("commits to the branch without force, and tags that commit", async () => {
    const { github } = await publish("publish-version.mjs", { ...env, DELIVER: "commit" });
    expect(github.requests.slice(-2)).toMatchObject([
      { method: "PATCH", path: "/repos/acme/shop/git/refs/heads/main", body: { sha: "commit", force: false } },
      { method: "POST", path: "/repos/acme/shop/git/refs", body: { ref: "refs/tags/v1.3.0", sha: "commit" } },
    ]);
  });

  it("makes nothing for a version that is tagged", async () => {
    const { code, stderr, github } = await publish("publish-version.mjs", { ...env, DELIVER: "commit" }, ["tags/v1.3.0"]);
    expect({ code, calls: github.requests.length }).toEqual({ code: 1, calls: 1 });
    expect(stderr).toBe("::error::v1.3.0 is there already; fetch the tags, or choose another bump_type\n");
  });

  it("tags the merged version once", async () => {
    const COMMIT = "a".repeat(40);
    const tagged = await publish("tag-version.mjs", { DIRECTORY: ".", COMMIT });
    expect(tagged.outputs).toEqual({ tag: "v1.0.0" });
    expect(tagged.github.requests.at(-1)).toMatchObject({ method: "POST", path: "/repos/acme/shop/git/refs", body: { ref: "refs/tags/v1.0.0", sha: COMMIT } });
    const again = await publish("tag-version.mjs", { DIRECTORY: ".", COMMIT }, ["tags/v1.0.0"]);
    expect({ outputs: again.outputs, calls: again.github.requests.length }).toEqual({ outputs: {}, calls: 1 });
  });
});
