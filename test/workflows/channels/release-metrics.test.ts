import {  } from "@jest/globals";
import { channels } from "../../../components/workflows/channels/index.ts";
import { channels as schemas } from "../../../settings/schema/workflows/channels.ts";
import { scriptRoom, serve } from "../script-room.ts";
import { only, shop } from "./documents.ts";
import { github } from "./github.ts";
import type { GitHub } from "./github.ts";


const metrics = (options = {}) => only(channels.releaseMetrics(schemas.releaseMetrics.parse({ package: "shop", ...options }), shop));

describe("release-metrics.yml", () => {
  it("collects every day with a token that reads runs and writes the history and the issue", () => {
    const { document } = metrics({ schedule: "30 4 * * *", threshold: 5, branch: "figures" });
    expect(document.on).toEqual({ schedule: [{ cron: "30 4 * * *" }], workflow_dispatch: null });
    expect(document.jobs.collect.permissions).toEqual({ actions: "read", contents: "write", issues: "write" });
    expect(document.jobs.collect.steps[1].env).toMatchObject({ PACKAGE: "shop", HISTORY_BRANCH: "figures", KEEP_DAYS: 730, MINIMUM_DAYS: 7, THRESHOLD: 5, LABEL: "release-metrics", DEFAULT_BRANCH: "main" });
  });
});

const settings = { PACKAGE: "shop", DEFAULT_BRANCH: "main", HISTORY_BRANCH: "metrics", KEEP_DAYS: "30", MINIMUM_DAYS: "7", THRESHOLD: "3.5", LABEL: "release-metrics", FILE: "metrics.jsonl" };
const today = new Date().toISOString().slice(0, 10);

async function downloads(answers: () => number) {
  return await serve(({ path }) => (path === "/downloads/point/last-day/shop" ? { body: { downloads: answers(), start: today, end: today, package: "shop" } } : undefined));
}

async function collect(hub: GitHub, npm: { url: string }, env = {}) {
  const room = scriptRoom();
  return { ...(await room.run("release-metrics.mjs", { ...hub.env, ...settings, NPM_DOWNLOADS_URL: npm.url, NPM_CONFIG_REGISTRY: npm.url, ...env })), room };
}

/** Puts a history of equal days on the branch, by the script's own means. */
async function withHistory(hub: GitHub, records: (object | string)[]) {
  const post = async (path: string, body: object) => (await (await fetch(`${hub.url}/repos/acme/shop${path}`, { method: "POST", body: JSON.stringify(body) })).json()) as { sha: string };
  const tree = await post("/git/trees", { tree: [{ path: "release-metrics.jsonl", content: records.map((record) => `${typeof record === "string" ? record : JSON.stringify(record)}\n`).join("") }] });
  const commit = await post("/git/commits", { tree: tree.sha, parents: [] });
  await post("/git/refs", { ref: "refs/heads/metrics", sha: commit.sha });
}

function history(npmDownloads: number): object[] {
  return Array.from({ length: 40 }, (_, at) => ({ date: new Date(Date.now() - (40 - at) * 86_400_000).toISOString().slice(0, 10), npmDownloads, githubDownloadsTotal: 1000 + at * 10 }));
}

describe("release-metrics.mjs", () => {
  const runs = [{ conclusion: "success", run_started_at: "2026-11-20T08:00:00Z", updated_at: "2026-11-20T08:06:00Z" }];
  const releases = [{ id: 1, tag_name: "v1", body: "", assets: [{ download_count: 1300 }, { download_count: 100 }] }];

  it("begins a branch of its own with the first day, and keeps one record a day", async () => {
    const hub = await github({ runs, releases });
    const npm = await downloads(() => 321);
    const { code, room } = await collect(hub, npm);
    expect(code).toBe(0);
    const record = { date: today, npmDownloads: 321, githubDownloadsTotal: 1400, ciRuns: 1, ciSuccessPercent: 100, ciMinutes: 6 };
    expect(hub.file("metrics", "release-metrics.jsonl").map((line) => JSON.parse(line))).toEqual([record]);
    expect(room.read("metrics.jsonl")).toBe(`${JSON.stringify(record)}\n`);
    await collect(hub, npm);
    expect(hub.file("metrics", "release-metrics.jsonl").length).toBe(1);
    expect(hub.calls().filter((call) => call.startsWith("GET /repos/acme/shop/actions/runs?branch=main&status=completed&created=")).length).toBe(2);
    expect(hub.issues).toEqual([]);
  });

  it("opens one issue on an anomaly, brings it up to date, and closes it when all is usual again", async () => {
    const hub = await github({ runs, releases });
    await withHistory(hub, history(1000));
    let count = 10;
    const npm = await downloads(() => count);
    const { summary } = await collect(hub, npm);
    expect(summary).toMatch(/\| npm downloads a day \| 10 \| 1000 \| -9\.9 \| anomaly \|/);
    await collect(hub, npm);
    expect(hub.issues).toMatchObject([{ title: "Unusual release metrics of shop", labels: ["release-metrics"], state: "open", body: expect.stringContaining("npm downloads a day") }]);
    count = 1000;
    await collect(hub, npm);
    expect(hub.issues).toMatchObject([{ state: "closed", comments: [{ body: `Every figure of ${today} is usual again.` }] }]);
    expect(hub.file("metrics", "release-metrics.jsonl").length).toBe(30);
  });

  it("records what it gets and warns of what it does not, and closes nothing for lack of figures", async () => {
    const hub = await github({ runs, releases, issues: [{ body: "<!-- release metrics of shop -->" }] });
    const { code, stdout } = await collect(hub, await serve(() => ({ status: 404, body: { error: "package shop not found" } })));
    expect([code, stdout]).toEqual([0, "::warning::not recorded: npm's download counts answered 404\n"]);
    expect(JSON.parse(hub.file("metrics", "release-metrics.jsonl")[0] ?? "")).not.toHaveProperty("npmDownloads");
    expect(hub.issues[0]?.state).toBe("open");
  });

  it("records what each channel names, how it is downloaded, and how often channels moved", async () => {
    const moves: Record<string, number> = { "promote-release.yml": 3, "rollback-release.yml": 1 };
    const hub = await github({ runs, releases, before: ({ path }) => {
      const [, workflow = ""] = /\/actions\/workflows\/([\w.-]+)\/runs\?status=success&created=/.exec(path) ?? [];
      return moves[workflow] === undefined ? undefined : { body: { total_count: moves[workflow], workflow_runs: [] } };
    } });
    const npm = await serve(({ path }) => {
      if (path === "/versions/shop/last-week") return { body: { package: "shop", downloads: { "1.2.0": 30, "1.1.0": 60, "1.3.0-canary.4.abc1234": 6 } } };
      if (path !== "/shop") return undefined;
      return { body: { "dist-tags": { latest: "1.2.0", canary: "1.3.0-canary.4.abc1234", beta: "1.3.0-beta.1", "v1-lts": "1.1.0" }, time: { "1.2.0": "2026-05-20T00:00:00Z", "1.3.0-beta.1": "2026-06-01T00:00:00Z" } } };
    });
    await collect(hub, npm);
    expect(JSON.parse(hub.file("metrics", "release-metrics.jsonl")[0] ?? "")).toMatchObject({
      channels: {
        canary: { version: "1.3.0-canary.4.abc1234", downloads: 6, share: 0.0625 },
        beta: { version: "1.3.0-beta.1", publishedAt: "2026-06-01T00:00:00Z", downloads: 0, share: 0 },
        latest: { version: "1.2.0", publishedAt: "2026-05-20T00:00:00Z", downloads: 30, share: 0.3125 },
      },
      promotions: 3,
      rollbacks: 1,
    });
    expect(Object.keys(JSON.parse(hub.file("metrics", "release-metrics.jsonl")[0] ?? "").channels)).toEqual(["canary", "beta", "latest"]);
  });

  it("records a channel's version also where its downloads are not counted", async () => {
    const hub = await github({ runs, releases });
    const npm = await serve(({ path }) => (path === "/shop" ? { body: { "dist-tags": { latest: "1.2.0" }, time: {} } } : path.startsWith("/versions/") ? { body: { downloads: 7 } } : undefined));
    const { stdout } = await collect(hub, npm);
    expect(stdout).toContain("::warning::not recorded: npm's download counts of versions have no numbers in them\n");
    expect(JSON.parse(hub.file("metrics", "release-metrics.jsonl")[0] ?? "")).toMatchObject({ channels: { latest: { version: "1.2.0" } } });
  });

  it("keeps another file of the branch, and writes again when somebody was quicker", async () => {
    let refusals = 1;
    const hub = await github({ runs, releases, before: ({ method }) => (method === "PATCH" && refusals-- > 0 ? { status: 422, body: { message: "Update is not a fast forward" } } : undefined) });
    await withHistory(hub, history(1000));
    expect((await collect(hub, await downloads(() => 1000))).code).toBe(0);
    expect(hub.calls().filter((call) => call === "POST /repos/acme/shop/git/commits").length).toBe(3);
    expect(JSON.parse(hub.file("metrics", "release-metrics.jsonl").at(-1) ?? "")).toMatchObject({ date: today, npmDownloads: 1000 });
  });

  it("skips lines of the history that are no record", async () => {
    const hub = await github({ runs, releases });
    await withHistory(hub, ["<<<<<<< ours", ...history(1000)]);
    expect((await collect(hub, await downloads(() => 1000))).code).toBe(0);
    expect(hub.issues).toEqual([]);
  });

  it("refuses settings that are none", async () => {
    const hub = await github();
    const { code, stderr } = await collect(hub, await downloads(() => 1), { HISTORY_BRANCH: '$(touch pwned)"' });
    expect([code, stderr, hub.requests.length]).toEqual([1, '::error::HISTORY_BRANCH: is not the name of a branch, got "$(touch pwned)\\""; correct it and run again\n', 0]);
  });
});
