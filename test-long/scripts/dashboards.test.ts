import { baselineDashboard } from "../../components/workflows/scripts/lib/baseline-dashboard.mjs";
import { dashboardProblems } from "../../components/workflows/scripts/lib/dashboards.mjs";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Recorded } from "../../test/workflows/script-room.ts";

const good = () => JSON.parse(baselineDashboard("api", { branding: "brAInwav", job: "api" }));
const problems = (change: (dashboard: ReturnType<typeof good>) => void, branding = "brAInwav") => {
  const dashboard = good();
  change(dashboard);
  return dashboardProblems(JSON.stringify(dashboard), { branding });
};

describe("a dashboard", () => {
  it("of the baseline passes the check that it is held to", () => {
    expect(problems(() => undefined)).toEqual([]);
  });

  it.each<[string, (dashboard: ReturnType<typeof good>) => void, string]>([
    ["a title", (it) => delete it.title, "has no title"],
    ["a uid that Grafana takes", (it) => (it.uid = "a b"), "has no uid of 1 to 40 letters, digits, dashes and underscores"],
    ["a version of the schema", (it) => (it.schemaVersion = "39"), "has no schemaVersion"],
    ["a panel", (it) => (it.panels = []), "has no panel"],
    ["ids of their own", (it) => (it.panels[1].id = 1), "has more than one panel with id 1"],
    ["an id in each panel", (it) => delete it.panels[0].id, 'panel "Requests" has no id'],
    ["ids of their own inside rows too", (it) => it.panels.push({ id: 9, type: "row", title: "Row", panels: [{ ...it.panels[0] }] }), "has more than one panel with id 1"],
    ["a title on each panel", (it) => delete it.panels[0].title, "panel 1 has no title"],
    ["a place on the grid", (it) => (it.panels[0].gridPos.w = 30), 'panel "Requests" has no place of at most 24 columns'],
    ["a data source", (it) => delete it.panels[0].datasource, 'panel "Requests" has no data source for target A'],
    ["a query", (it) => (it.panels[0].targets[0].expr = " "), 'panel "Requests" has no query in target A'],
    ["something to ask for", (it) => (it.panels[0].targets = []), 'panel "Requests" asks for nothing'],
  ])("needs %s", (_, change, problem) => {
    expect(problems(change)).toContain(problem);
  });

  it("names the brand in its title or its tags, in any case", () => {
    expect(problems((it) => (it.title = "API"))).toEqual(["names brAInwav neither in its title nor in its tags"]);
    expect(problems((it) => ((it.title = "API"), (it.tags = ["BRAINWAV"])))).toEqual([]);
    expect(problems((it) => (it.title = "API"), "")).toEqual([]);
  });

  it.each(["{", "[]", "null", '"x"', ""])("is no %j", (text) => {
    expect(dashboardProblems(text, {})).toEqual([expect.stringMatching(/^is not /)]);
  });
});

describe("check-dashboards", () => {
  it("says at each file what is wrong, and reads only what git knows", async () => {
    const room = scriptRoom();
    const git = room.repository();
    const two = { ...good(), title: "Other" };
    git.commit("x", { "d/a.json": JSON.stringify(good()), "d/deep/b,c.json": JSON.stringify(two), "d/::error::x.json": "{" });
    room.write("d/untracked.json", "{");
    const { code, stdout, stderr } = await room.run("check-dashboards.mjs", { FILES: "d/**/*.json", BRANDING: "brAInwav" });
    expect(code).toBe(1);
    expect(stdout.split("\n").filter((line) => line.startsWith("::")).map((line) => line.replace(/(JSON): .*/, "$1"))).toEqual([
      "::error file=d/%3A%3Aerror%3A%3Ax.json,line=1::is not JSON",
      "::error file=d/a.json,line=1::shares the uid baseline-api with another dashboard",
      "::error file=d/deep/b%2Cc.json,line=1::names brAInwav neither in its title nor in its tags",
      "::error file=d/deep/b%2Cc.json,line=1::shares the uid baseline-api with another dashboard",
    ]);
    expect(stderr).toBe("::error::4 findings; correct the dashboards\n");
  });

  it("passes where all are good", async () => {
    const room = scriptRoom();
    room.repository().commit("x", { "d/a.json": JSON.stringify(good()) });
    expect(await room.run("check-dashboards.mjs", { FILES: "d/**/*.json", BRANDING: "brAInwav" })).toMatchObject({ code: 0, stdout: "1 dashboards: nothing found\n" });
  });
});

describe("baseline-dashboards", () => {
  const SHA = "a".repeat(40);
  const answers = (existing: { branch: boolean; pull: boolean; refused?: boolean }) => ({ method, path }: Recorded) => {
    const at = `${method} ${path.replace("/repos/acme/shop/", "")}`;
    if (at === `GET git/commits/${SHA}`) return { body: { tree: { sha: "tree0" } } };
    if (at === "POST git/trees") return { status: 201, body: { sha: "tree1" } };
    if (at === "POST git/commits") return { status: 201, body: { sha: "b".repeat(40) } };
    if (at.startsWith("GET git/matching-refs")) return { body: existing.branch ? [{ ref: "refs/heads/slipway/baseline-dashboards" }] : [{ ref: "refs/heads/slipway/baseline-dashboards-2" }] };
    if (at.startsWith("GET pulls")) return { body: existing.pull ? [{ html_url: "https://github.com/acme/shop/pull/7" }] : [] };
    if (at === "POST pulls") return existing.refused ? { status: 403, body: { message: "GitHub Actions is not permitted to create pull requests" } } : { status: 201, body: { html_url: "https://github.com/acme/shop/pull/8" } };
    return { status: 200, body: {} };
  };

  async function proposed(existing: Parameters<typeof answers>[0], present: string[] = ["api"]) {
    const github = await serve(answers(existing));
    const room = scriptRoom();
    for (const name of present) room.write(`grafana/${name}.json`, "{}");
    const ran = await room.run("baseline-dashboards.mjs", { SERVICES: "api,core", FOLDER: "grafana", BASE: "main", BRANDING: "brAInwav", GITHUB_SHA: SHA, GITHUB_API_URL: github.url, GITHUB_TOKEN: "t" });
    return { ...ran, github, sent: (path: string) => github.requests.find((request) => request.method === "POST" && request.path.endsWith(path))?.body };
  }

  it("proposes a dashboard for each service that has none, on a branch of its own", async () => {
    const { code, summary, github, sent } = await proposed({ branch: false, pull: false });
    expect([code, summary]).toEqual([0, "Proposed a dashboard: https://github.com/acme/shop/pull/8\n"]);
    expect(sent("git/trees")).toEqual({ base_tree: "tree0", tree: [{ path: "grafana/core.json", mode: "100644", type: "blob", content: baselineDashboard("core", { branding: "brAInwav", job: "core" }) }] });
    expect(sent("git/commits")).toEqual({ message: "chore(observability): add baseline dashboards\n\n- core", tree: "tree1", parents: [SHA] });
    expect(sent("git/refs")).toEqual({ ref: "refs/heads/slipway/baseline-dashboards", sha: "b".repeat(40) });
    expect(sent("pulls")).toMatchObject({ title: "chore(observability): add baseline dashboards", head: "slipway/baseline-dashboards", base: "main" });
    expect(github.requests.every(({ headers }) => headers.authorization === "Bearer t")).toBe(true);
  });

  it("renews the pull request that is open already", async () => {
    const { github, summary } = await proposed({ branch: true, pull: true });
    expect(summary).toBe("Proposed a dashboard: https://github.com/acme/shop/pull/7\n");
    expect(github.calls()).toContain("PATCH /repos/acme/shop/git/refs/heads/slipway/baseline-dashboards");
    expect(github.calls()).not.toContain("POST /repos/acme/shop/pulls");
  });

  it("asks for nothing where every service has one", async () => {
    const { github, stdout } = await proposed({ branch: false, pull: false }, ["api", "core"]);
    expect([github.calls(), stdout]).toEqual([[], "every service has a dashboard\n"]);
  });

  it("says which setting GitHub wants where it refuses the pull request", async () => {
    const { code, stderr } = await proposed({ branch: false, pull: false, refused: true });
    expect(code).toBe(1);
    expect(stderr).toContain("let Actions create pull requests (actions.approvePullRequests in the stack)");
  });
});
