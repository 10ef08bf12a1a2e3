import { planRollback } from "../../components/workflows/scripts/lib/package-rollback.mjs";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Answer, Recorded, Server } from "../../test/workflows/script-room.ts";
import { packageIndex } from "../../test/workflows/verification/package-room.ts";
import type { TestIndex } from "../../test/workflows/verification/package-room.ts";

const HOSTILE = 'Broken"; $(touch pwned) `touch pwned`\n::error::forged\n@everyone <script>alert(1)</script> ünï';

/** GitHub with tags, one of them annotated, branches and releases. */
async function github({ branches = {} }: { branches?: Record<string, string> } = {}): Promise<Server & { sent: () => Pick<Recorded, "method" | "path" | "body">[] }> {
  const releases = [
    { id: 1, tag_name: "v0.2.1", name: "0.2.1", body: "News" },
    { id: 2, tag_name: "v0.1.9", name: "0.1.9", body: "" },
  ];
  const refs: Record<string, object> = {
    "tags/v0.1.9": { type: "tag", sha: "tag-object" },
    "tags/v0.2.0": { type: "commit", sha: "c020" },
    "tags/v0.2.1": { type: "commit", sha: "c021" },
    ...Object.fromEntries(Object.entries(branches).map(([name, sha]) => [`heads/${name}`, { type: "commit", sha }])),
  };
  const server = await serve(({ method, path, body }): Answer | undefined => {
    const ref = /^\/repos\/acme\/shop\/git\/ref\/(.+)$/.exec(path)?.[1];
    if (ref !== undefined) return refs[ref] && { body: { object: refs[ref] } };
    if (path === "/repos/acme/shop/git/tags/tag-object") return { body: { object: { type: "commit", sha: "c019" } } };
    const tag = /\/releases\/tags\/(.+)$/.exec(path)?.[1];
    if (tag !== undefined) return found(releases.find(({ tag_name: name }) => name === tag));
    if (method === "GET") return { body: [] };
    return { body: { ...(body as object), number: 12, html_url: "https://github.com/acme/shop/issues/12" } };
  });
  return { ...server, sent: () => server.requests.filter(({ method }) => method !== "GET").map(({ method, path, body }) => ({ method, path, body })) };
}

function found(body: object | undefined): Answer | undefined {
  return body && { body };
}

function index(...versions: string[]): Promise<TestIndex> {
  return packageIndex("my-shop", versions.map((version) => ({ version })));
}

describe("planRollback", () => {
  const releases = ["0.3.0b1", "0.2.1", "0.2.0", "0.1.9"].map((version) => ({ version, yanked: false, files: [] }));

  it("goes back by one release where no version is named", () => {
    expect(planRollback(releases, "")).toEqual({ version: "0.2.0", bad: ["0.2.1"] });
  });

  it("takes back everything that people would get instead of the named version", () => {
    expect(planRollback(releases, "0.1.9")).toEqual({ version: "0.1.9", bad: ["0.2.1", "0.2.0"] });
  });

  it("passes over what is yanked already", () => {
    const yanked = releases.map((release) => ({ ...release, yanked: release.version === "0.2.0" }));
    expect(planRollback(yanked, "")).toEqual({ version: "0.1.9", bad: ["0.2.1"] });
    expect(planRollback(yanked, "0.2.0")).toEqual({ problem: "0.2.0 is yanked itself" });
  });

  it.each([
    ["0.2.1", releases, "0.2.1 is already what people install, so there is nothing to take back"],
    ["9.9.9", releases, "9.9.9 is not in the index"],
    ["", releases.slice(3), "there is no stable release before 0.1.9"],
    ["", [], "there is no release that people install by default"],
  ])("has a problem with %j", (wanted, known, problem) => {
    expect(planRollback(known, wanted)).toEqual({ problem });
  });
});

describe("plan-package-rollback.mjs", () => {
  const env = { PROJECT: "my-shop", ACTION: "yank", REASON: "A leak", TAG_PREFIX: "v", ISSUE_LABEL: "rollback", GITHUB_TOKEN: "t", GITHUB_ACTOR: "grace" };

  it("names versions, tags and the branch, and opens the issue", async () => {
    const [{ simple }, api] = [await index("0.1.9", "0.2.0", "0.2.1"), await github()];
    const { code, outputs } = await scriptRoom().run("plan-package-rollback.mjs", { ...env, ROLLBACK_VERSION: "v0.1.9", INDEX_URL: simple, GITHUB_API_URL: api.url });
    expect([code, outputs]).toEqual([0, { version: "0.1.9", tag: "v0.1.9", branch: "hotfix/rollback-to-0.1.9", bad: '["0.2.1","0.2.0"]', bad_tags: '["v0.2.1","v0.2.0"]', issue: "12" }]);
    expect(api.sent()).toMatchObject([{ method: "POST", path: "/repos/acme/shop/issues", body: { title: "Rollback of my-shop to 0.1.9", labels: ["rollback"], body: expect.stringContaining("goes back to **0.1.9**, started by grace.\n\n> A leak\n") } }]);
  });

  it("shows a hostile reason as text and runs nothing of it", async () => {
    const [{ simple }, api, room] = [await index("0.2.0", "0.2.1"), await github(), scriptRoom()];
    const { code, stdout, outputs } = await room.run("plan-package-rollback.mjs", { ...env, REASON: HOSTILE, INDEX_URL: simple, GITHUB_API_URL: api.url });
    expect([code, outputs["version"], stdout, room.exists("pwned")]).toEqual([0, "0.2.0", "", false]);
    const [{ body } = { body: undefined }] = api.sent();
    expect(JSON.stringify(body)).not.toMatch(/@everyone|<script>|\\n::error/);
    expect(JSON.stringify(body)).toContain("ünï");
  });

  it("does nothing where there is nothing to go back to, or no reason", async () => {
    const [{ simple }, api] = [await index("0.2.1"), await github()];
    const run = (changes: Record<string, string>) => scriptRoom().run("plan-package-rollback.mjs", { ...env, INDEX_URL: simple, GITHUB_API_URL: api.url, ...changes });
    expect((await run({})).stderr).toBe("::error::my-shop cannot be rolled back: there is no stable release before 0.2.1; name another version\n");
    expect((await run({ REASON: " \n " })).stderr).toContain("REASON: is not a reason of 1 to 1000 characters");
    expect((await run({ ROLLBACK_VERSION: "0.1.9; touch pwned" })).stderr).toContain("ROLLBACK_VERSION: is not a version of a Python package");
    expect(api.sent()).toEqual([]);
  });
});

describe("create-branch.mjs", () => {
  const env = { BRANCH: "hotfix/rollback-to-0.1.9", TAG: "v0.1.9" };

  it("makes the branch at the commit behind an annotated tag", async () => {
    const api = await github();
    const { outputs } = await scriptRoom().run("create-branch.mjs", { ...env, GITHUB_API_URL: api.url });
    expect(outputs).toEqual({ branch: "hotfix/rollback-to-0.1.9" });
    expect(api.sent()).toEqual([{ method: "POST", path: "/repos/acme/shop/git/refs", body: { ref: "refs/heads/hotfix/rollback-to-0.1.9", sha: "c019" } }]);
  });

  it("takes a branch that is already there, and leaves one with work of others alone", async () => {
    const same = await github({ branches: { "hotfix/rollback-to-0.1.9": "c019" } });
    expect((await scriptRoom().run("create-branch.mjs", { ...env, GITHUB_API_URL: same.url })).outputs).toEqual({ branch: "hotfix/rollback-to-0.1.9" });
    expect(same.sent()).toEqual([]);
    const other = await github({ branches: { "hotfix/rollback-to-0.1.9": "work" } });
    expect((await scriptRoom().run("create-branch.mjs", { ...env, GITHUB_API_URL: other.url })).outputs).toEqual({ branch: "hotfix/rollback-to-0.1.9-2" });
    expect(other.sent()).toMatchObject([{ body: { ref: "refs/heads/hotfix/rollback-to-0.1.9-2", sha: "c019" } }]);
  });
});

describe("mark-releases.mjs", () => {
  const env = { TAG: "v0.1.9", BAD_TAGS: '["v0.2.1"]', REASON: HOSTILE, ISSUE: "12" };

  it("makes the restored release the latest and says on the others that they were rolled back", async () => {
    const api = await github();
    const { code } = await scriptRoom().run("mark-releases.mjs", { ...env, GITHUB_API_URL: api.url });
    expect(code).toBe(0);
    expect(api.sent()).toMatchObject([
      { method: "PATCH", path: "/repos/acme/shop/releases/2", body: { prerelease: false, make_latest: "true" } },
      { method: "PATCH", path: "/repos/acme/shop/releases/1", body: { name: "0.2.1 (rolled back)", prerelease: true, make_latest: "false", body: expect.stringMatching(/^<!-- rolled-back -->\n> \[!CAUTION\]\n> Rolled back: use v0\.1\.9\. .*\(#12\)\n\nNews$/) } },
    ]);
    expect(JSON.stringify(api.sent())).not.toMatch(/@everyone|<script>/);
  });

  it("makes a release of a tag that has none", async () => {
    const api = await github();
    await scriptRoom().run("mark-releases.mjs", { ...env, TAG: "v0.2.0", BAD_TAGS: "[]", GITHUB_API_URL: api.url });
    expect(api.sent()).toEqual([{ method: "POST", path: "/repos/acme/shop/releases", body: { tag_name: "v0.2.0", name: "v0.2.0", body: "Restored by the rollback in #12.", make_latest: "true" } }]);
  });
});

describe("package-rollback-report.mjs", () => {
  const results = { plan: { result: "success", outputs: { version: "0.1.9", bad: '["0.2.1"]' } }, withdraw: { result: "failure", outputs: {} }, "hotfix-branch": { result: "success", outputs: { branch: "hotfix/rollback-to-0.1.9" } } };
  const env = { PROJECT: "my-shop", REASON: HOSTILE, ACTION: "yank", GITHUB_ACTOR: "grace", GITHUB_RUN_ID: "7" };

  it("writes into the issue how each step ended", async () => {
    const api = await github();
    await scriptRoom().run("package-rollback-report.mjs", { ...env, NEEDS: JSON.stringify(results), GITHUB_API_URL: api.url });
    const [{ body } = { body: {} }] = api.sent();
    const text = (body as { body: string }).body;
    expect(text).toContain("| withdraw | failure |");
    expect(text).toMatch(/\[The run\]\(https:\/\/github\.com\/acme\/shop\/actions\/runs\/7\); mend it on `hotfix\/rollback-to-0\.1\.9`\.$/);
    expect(text).not.toMatch(/@everyone|<script>/);
  });

  it("says that nothing was done where no plan came about", async () => {
    const api = await github();
    const failed = { plan: { result: "failure", outputs: {} }, "hotfix-branch": { result: "skipped", outputs: {} } };
    const { code, stderr } = await scriptRoom().run("package-rollback-report.mjs", { ...env, NEEDS: JSON.stringify(failed), GITHUB_API_URL: api.url });
    expect([code, stderr, api.sent()]).toEqual([1, '::error::my-shop: the rollback was not planned, so nothing was done; see the job "Plan"\n', []]);
  });
});
